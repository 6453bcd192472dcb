"""The way to the database: one engine a process, one transaction a unit of work."""

from typing import Any

from pydantic_core import to_json
from sqlalchemy import Engine, create_engine, make_url


def connect(database_url: str, *, pool_size: int = 10, statement_timeout_ms: int = 0) -> Engine:
    """An engine that notices a restarted server and never waits for ever.

    Args:
        statement_timeout_ms: what a statement may take at most; 0: as long as it needs.
    """
    return create_engine(
        make_url(database_url).set(drivername="postgresql+psycopg2"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=2,
        pool_pre_ping=True,
        json_serializer=_json,
        connect_args={
            "connect_timeout": 2,
            "options": f"-c timezone=UTC -c statement_timeout={statement_timeout_ms}",
        },
    )


def _json(value: Any) -> str:  # noqa: ANN401  # whatever a JSON column holds
    """Instants and enums as the payloads of the workflow have them."""
    return to_json(value).decode()


def reader(engine: Engine) -> Engine:
    """The same connections for single questions, without the round trips of a transaction."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")
