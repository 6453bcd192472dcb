"""The way to the database."""

from collections.abc import Callable
from contextlib import closing

import pytest
from sqlalchemy import Engine

from store.database import NOTICES_A_DEAD_LINE, connect, connect_for_questions


@pytest.mark.parametrize(
    "engine_of", [connect, lambda url: connect_for_questions(url, pool_size=1, statement_timeout_ms=0)]
)
def test_every_connection_has_the_kernel_ask_whether_the_server_is_still_there(
    database_url: str, engine_of: Callable[[str], Engine]
):
    engine = engine_of(database_url)
    with closing(engine.raw_connection()) as connection:
        assert connection.driver_connection is not None
        told = connection.driver_connection.info.dsn_parameters
    engine.dispose()
    assert {name: told[name] for name in NOTICES_A_DEAD_LINE} == {k: str(v) for k, v in NOTICES_A_DEAD_LINE.items()}
