"""Presence: who has a ticket open, for their colleagues alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from threading import Event
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.audience.presence import LASTS, Doing
from domain.people.actors import Actor, Role
from runtime.sign_in_settings import Way
from store.access import sessions
from store.access.sessions import Browser, Lives
from store.acting import Acting
from store.models import PresenceRow
from store.presence import be_present, present
from tests.api.test_events import told
from tests.patience import PATIENCE_S
from tests.served import Served


@pytest.fixture
def number(desk: Served) -> str:
    """A ticket of its own."""
    return str(desk.open()["number"])


def there(desk: Served, user: str, number: str, doing: str = "reading") -> httpx2.Response:
    return desk.as_user(user).put(f"/api/tickets/{number}/presence", json={"doing": doing})


def others(desk: Served, user: str, number: str, doing: str = "reading") -> list[tuple[str, str, str]]:
    """Who else somebody hears to be there."""
    answer = there(desk, user, number, doing)
    assert answer.status_code == 200, answer.text
    return [(one["id"], one["name"], one["doing"]) for one in answer.json()["items"]]


class TestSomebodyWhoIsThere:
    def test_hears_who_else_is_and_what_they_do(self, desk: Served, number: str):
        assert others(desk, "engineer", number) == []
        assert others(desk, "hotline", number) == [("engineer", "李建国", "reading")]
        assert others(desk, "engineer", number, "writing") == [("hotline", "周晓雯", "reading")]
        assert others(desk, "hotline", number) == [("engineer", "李建国", "writing")]
        assert others(desk, "hotline", str(desk.open()["number"])) == []

    def test_counts_as_gone_when_nothing_is_heard_of_them(self, desk: Served, number: str):
        """45 seconds, and no longer than that."""
        there(desk, "engineer", number)
        (heard,) = there(desk, "hotline", number).json()["items"]
        left = datetime.fromisoformat(heard["until"]) - datetime.now(UTC)
        assert timedelta() < left <= LASTS
        with Session(desk.engine) as session, session.begin():
            past = datetime.now(UTC) - timedelta(seconds=1)
            session.execute(update(PresenceRow).where(PresenceRow.person == "engineer").values(until=past))
        assert others(desk, "hotline", number) == []

    def test_is_told_of_at_once_to_those_who_listen(self, desk: Served, number: str):
        """Also that they begin to write; that they are still there is no news."""
        for said, heard in ((["reading"], "reading"), (["reading", "writing"], "writing")):
            listening = Event()
            with ThreadPoolExecutor(1) as aside:
                first = aside.submit(news, desk, "hotline", number, listening)
                assert listening.wait(PATIENCE_S)
                for doing in said:
                    there(desk, "engineer", number, doing)
                assert [(one["id"], one["doing"]) for one in first.result(PATIENCE_S)] == [("engineer", heard)]

    def test_says_what_they_do_in_one_of_two_words(self, desk: Served, number: str):
        assert there(desk, "engineer", number, "sleeping").json()["errors"][0]["field"] == "doing"


class TestOutsiders:
    @pytest.mark.parametrize("user", ["customer", "tech", "vendor", "auditor", "admin"])
    def test_neither_tell_nor_hear(self, desk: Served, number: str, user: str):
        """Who of ours looks at what is no business of theirs; the auditor looks on unseen."""
        there(desk, "engineer", number)
        assert there(desk, user, number).status_code == 403
        assert others(desk, "hotline", number) == [("engineer", "李建国", "reading")]

    def test_are_not_told_on_the_stream(self, desk: Served, number: str):
        """Before the change that they may know of nothing comes of it."""
        listening = Event()
        with ThreadPoolExecutor(1) as aside:
            heard = aside.submit(until_a_change, desk, "customer", listening)
            assert listening.wait(PATIENCE_S)
            there(desk, "engineer", number)
            desk.command("engineer", number, "respond", text="已联系")
            assert heard.result(PATIENCE_S) <= {"ready", "inbox"}


class TestSomebodyWhoseSessionEnds:
    def test_is_gone_at_once(self, desk: Served, number: str):
        """Whatever else they are let in by; a colleague's page says it without being asked."""
        now, actor = datetime.now(UTC), Actor("engineer", Role.ENGINEER)
        opened = sessions.begin(desk.engine, actor, Browser("x", "127.0.0.1", Way.PASSWORD), Lives(), now)
        be_present(desk.engine, Acting(actor, session=opened.id), number, Doing.WRITING, now)
        assert [one.id for one in present(desk.engine, [number], now)[number]] == ["engineer"]
        listening = Event()
        with ThreadPoolExecutor(1) as aside:
            heard = aside.submit(news, desk, "hotline", number, listening)
            assert listening.wait(PATIENCE_S)
            assert sessions.end(desk.engine, "engineer", opened.id, now)
            assert heard.result(PATIENCE_S) == []
        with Session(desk.engine) as session:
            assert session.scalar(select(PresenceRow.person).where(PresenceRow.ticket == number)) is None


def news(desk: Served, user: str, number: str, listening: Event) -> list[Any]:
    """What somebody hears first of who is on the ticket."""
    heard = (data for name, data in told(desk, user, listening) if name == "presence" and number in data)
    there: list[Any] = next(heard)[number]
    return there


def until_a_change(desk: Served, user: str, listening: Event) -> set[str]:
    """The names of the events that somebody hears before a ticket of theirs changes."""
    names = (name for name, _ in told(desk, user, listening))
    return set(takewhile(lambda name: name != "changed", names))
