"""A server out of reach: a clean answer within two seconds, and everything works again afterwards."""

import time
from collections.abc import Callable, Iterator

import httpx2
import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import DatabaseError
from starlette.requests import Request

from api.http import errors
from runtime.settings import Settings
from tests.line import Line, State
from tests.patience import eventually
from tests.served import Served, report, served

#: Two seconds, and what a busy machine adds. Where only each attempt has a limit, an answer takes longer.
WITHIN_S = 9


@pytest.fixture(scope="module")
def line(settings: Settings) -> Iterator[Line]:
    with Line(settings.temporal_address).running() as line:
        yield line


@pytest.fixture(scope="module")
def distant(desk: Served, settings: Settings, line: Line) -> Iterator[Served]:
    """An API whose way to Temporal is the line; the worker has its own."""
    with served(settings.model_copy(update={"temporal_address": line.address}), working=False) as running:
        assert running.post_ticket(report()).status_code == 201
        yield running
        line.becomes(State.CARRIES)


def refused_in_time(desk: Served, number: str) -> None:
    """Whatever needs Temporal says so soon, and says when to come back."""
    asks: list[Callable[[], httpx2.Response]] = [
        lambda: desk.post_ticket(report()),
        lambda: desk.command("engineer", number, "note", text="x"),
        lambda: desk.as_user("engineer").get("/api/tickets/22222222"),
    ]
    for ask in asks:
        began = time.monotonic()
        answer = ask()
        assert time.monotonic() - began < WITHIN_S
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.headers["content-type"] == "application/problem+json"


class TestTemporal:
    @pytest.mark.parametrize("state", [State.REFUSES, State.SWALLOWS])
    def test_out_of_reach_is_told_within_two_seconds(self, distant: Served, line: Line, state: State):
        """Dead or cut off; what the read model knows can still be read."""
        number = distant.open()["number"]
        line.becomes(state)
        refused_in_time(distant, number)
        assert distant.stranger.get("/readyz").status_code == 503
        assert distant.stranger.get("/healthz").status_code == 200
        assert distant.as_user("engineer").get(f"/api/tickets/{number}").status_code == 200
        line.becomes(State.CARRIES)
        eventually(lambda: distant.stranger.get("/readyz").status_code == 200, "it is ready again")
        assert distant.post_ticket(report()).status_code in {200, 201}

    def test_that_never_was_there_does_not_keep_the_api_from_starting(self, settings: Settings):
        """It says what is missing."""
        nowhere = settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
        with served(nowhere, working=False) as desk:
            refused_in_time(desk, "22222222")


class TestPostgres:
    @pytest.fixture
    def outside(self, demo_database_url: str) -> Iterator[Engine]:
        """A way in that is not the database's own."""
        engine = create_engine(make_url(demo_database_url).set(database="postgres"), isolation_level="AUTOCOMMIT")
        yield engine
        engine.dispose()

    def test_out_of_reach_is_told_and_forgiven(self, desk: Served, outside: Engine, demo_database_url: str):
        """Also the news come back."""
        number = desk.open()["number"]
        assert desk.command("engineer", number, "note", text="还在").status_code == 200
        name, engineer = make_url(demo_database_url).database, desk.as_user("engineer")
        with outside.connect() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
            kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
            connection.execute(text(kill), {"name": name})
            left = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
            eventually(lambda: connection.scalar(left, {"name": name}) == 0, "the end of all that were told to end")
            answer = engineer.get(f"/api/tickets/{number}")
            assert answer.status_code == 503
            assert "SQL" not in answer.text
            assert desk.stranger.get("/readyz").status_code == 503
            assert desk.stranger.get("/healthz").status_code == 200
            connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
        eventually(lambda: desk.stranger.get("/readyz").status_code == 200, "it is ready again")
        answers = [desk.command("engineer", number, "note", text="回来了") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 5

    async def test_that_breaks_off_in_the_middle_of_an_answer_is_out_of_reach(self):
        """The driver then says so in its most general error."""
        request = Request({"type": "http", "path": "/", "headers": []})
        broken_off = DatabaseError("SELECT 1", {}, Exception("closed"), connection_invalidated=True)
        assert (await errors.perhaps_out_of_reach(request, broken_off)).status_code == 503
        mistaken = DatabaseError("SELECT 1", {}, Exception("no such column"))
        with pytest.raises(DatabaseError):
            await errors.perhaps_out_of_reach(request, mistaken)
