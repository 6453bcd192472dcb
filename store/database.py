"""The way to the database: for changes a transaction each, for questions no more than the question."""

from typing import Any

from pydantic_core import to_json
from sqlalchemy import URL, Engine, create_engine, event, make_url

from store import acting

#: Of a line that is dead, where a machine has lost its power or a router has forgotten it, nobody is told: the kernel
#: asks whether anybody is there, and gives the line up after 20 s. A server that only is slow answers that, and so goes
#: on, unless for so long it takes nothing of what it is sent.
NOTICES_A_DEAD_LINE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 5,
    "tcp_user_timeout": 20_000,  # ms
}


def connect(
    database_url: str, *, pool_size: int = 10, statement_timeout_ms: int = 0, program: str = "zhishou"
) -> Engine:
    """An engine for units of work; it notices a restarted server, and one that is gone, and never waits for ever.

    Args:
        statement_timeout_ms: what a statement may take at most; 0: as long as it needs.
        program: who changes the registry where nobody does who signs in.
    """
    engine = create_engine(
        _url(database_url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2,
        pool_pre_ping=True,
        json_serializer=_json,
        connect_args=_arguments(statement_timeout_ms) | {"application_name": program},
    )
    event.listen(engine, "begin", acting.begin)
    return engine


def connect_for_questions(database_url: str, *, pool_size: int, statement_timeout_ms: int) -> Engine:
    """An engine for single statements, without the round trips of a transaction and of a check before it.

    After a restart of the server the first question fails; it is its asker's to repeat.
    """
    return create_engine(
        _url(database_url),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2,
        isolation_level="AUTOCOMMIT",
        connect_args=_arguments(statement_timeout_ms),
    )


def _url(database_url: str) -> URL:
    return make_url(database_url).set(drivername="postgresql+psycopg2")


def _arguments(statement_timeout_ms: int) -> dict[str, Any]:
    said = f"-c timezone=UTC -c statement_timeout={statement_timeout_ms}"
    return {"connect_timeout": 2, "options": said, **NOTICES_A_DEAD_LINE}


def _json(value: Any) -> str:  # noqa: ANN401  # whatever a JSON column holds
    """Instants and enums as the payloads of the workflow have them."""
    return to_json(value).decode()
