"""The event stream."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from queue import Queue
from threading import Event
from typing import Any

import pytest

from domain.audience.desk import How
from domain.audience.saying import Sentence
from domain.people.actors import Role
from domain.words.label import Label
from store.registry.people import change_person
from store.telephone import CallEvent, Heard, hear
from store.telling import tell
from tests.patience import PATIENCE_S
from tests.served import Served

#: A stream ends after five minutes by itself; at once is a second, on a machine that is busy with other things some.
AT_ONCE_S = 10


def told(desk: Served, user: str, listening: Event) -> Iterator[tuple[str, Any]]:
    """The events that somebody gets, by name and data."""
    with desk.as_user(user).stream("GET", "/api/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in stream.iter_lines():
            field, _, value = line.partition(": ")
            if field == "event":
                name = value
                listening.set()
            elif field == "data":
                yield name, json.loads(value)


def events(desk: Served, last: str | None) -> Iterator[tuple[str, str, Any]]:
    """The events of one stream: id, name, data."""
    headers = {"Last-Event-ID": last} if last else {}
    with desk.as_user("engineer").stream("GET", "/api/events", headers=headers) as stream:
        fields: dict[str, str] = {}
        for line in stream.iter_lines():
            if line:
                field, _, value = line.partition(": ")
                fields[field] = value
            elif "data" in fields:
                yield fields.get("id", ""), fields["event"], json.loads(fields["data"])
                fields = {}


class TestTheStream:
    def test_resumes_after_the_last_event_that_the_client_saw(self, desk: Served):
        """What changed while nobody listened is told first."""
        last, name, _ = next(events(desk, None))
        assert name == "ready"
        number = desk.open()["number"]
        _, name, changed = next(events(desk, last))
        assert name == "changed"
        assert number in changed

    def test_an_id_that_is_none_of_ours_begins_anew(self, desk: Served):
        """Nobody is refused a stream for a stale header."""
        assert next(events(desk, "no number"))[1] == "ready"

    def test_tells_of_tickets_that_change_and_only_of_those_that_concern_the_listener(self, desk: Served):
        """A customer hears nothing of other people's tickets."""
        listening = Event()

        def first_change(user: str) -> dict[str, int]:
            return next(data for name, data in told(desk, user, listening) if name == "changed")

        with ThreadPoolExecutor(1) as people:
            change = people.submit(first_change, "customer")
            assert listening.wait(PATIENCE_S)
            desk.open(customer={"name": "别家单位"})
            number = desk.open()["number"]
            assert set(change.result(PATIENCE_S)) == {number}

    def test_tells_how_many_messages_are_unread_at_first_and_whenever_that_changes(self, desk: Served):
        """Of what happens on tickets, and of what they read in another tab."""
        unread: Queue[int] = Queue()

        def hear() -> None:
            for name, data in told(desk, "engineer2", Event()):
                if name == "inbox":
                    unread.put(data["unread"])
                    if data["unread"] == 0:
                        return

        me = desk.as_user("engineer2")
        number = desk.open()["number"]
        assert desk.command("duty", number, "reassign", to="engineer2", reason="接手").status_code == 200
        with ThreadPoolExecutor(1) as people:
            people.submit(hear)
            there = unread.get(timeout=PATIENCE_S)
            page = me.get("/api/inbox?unread=true").json()
            assert there == page["unread"] == len(page["items"]) > 0
            assert me.post("/api/inbox/read", json={"up_to": page["items"][0]["id"]}).status_code == 204
            assert unread.get(timeout=PATIENCE_S) == 0
        assert me.get("/api/inbox?unread=true").json() == {"items": [], "unread": 0}
        assert me.post("/api/inbox/read", json={"up_to": "nobodys"}).json()["errors"][0]["field"] == "up_to"

    def test_tells_an_administrator_of_their_inbox_and_of_no_ticket(self, desk: Served):
        """Who may read no ticket hears of none."""
        listening, heard = Event(), list[str]()

        def hear() -> None:
            for name, data in told(desk, "admin", listening):
                heard.append(name)
                if data.get("unread", 0) > 0:
                    return

        with ThreadPoolExecutor(1) as people:
            listened = people.submit(hear)
            assert listening.wait(PATIENCE_S)
            desk.open()
            with desk.engine.begin() as connection:
                sentence = Sentence(Label("标题", "title"), Label("正文", "text"))
                tell(connection, ["admin"], sentence, datetime.now(UTC), whom="administrator", how=How.OF_THE_ROLE)
            listened.result(PATIENCE_S)
        assert set(heard) == {"ready", "inbox"}

    def test_tells_who_takes_reports_of_calls_and_nobody_outside(self, desk: Served):
        """The customer hears of their own ticket, which is told after the call, and of nothing between."""
        listening, listening_too = Event(), Event()

        def names_until(user: str, last: str, begun: Event) -> list[str]:
            heard = []
            for name, _ in told(desk, user, begun):
                heard.append(name)
                if name == last:
                    break
            return heard

        with ThreadPoolExecutor(2) as people:
            ours = people.submit(names_until, "hotline", "calls", listening)
            theirs = people.submit(names_until, "customer", "changed", listening_too)
            assert listening.wait(PATIENCE_S)
            assert listening_too.wait(PATIENCE_S)
            now = datetime.now(UTC)
            hear(desk.engine, Heard("streamed", CallEvent.RINGING, "13800000000", now), now)
            assert "calls" in ours.result(PATIENCE_S)
            desk.open()
            assert "calls" not in theirs.result(PATIENCE_S)

    @pytest.mark.parametrize("change", [{"active": False}, {"role": Role.SUPERVISOR}])
    def test_ends_when_its_listener_leaves_or_gets_other_rights(self, desk: Served, change: dict[str, Any]):
        """By notification: nothing else happens that could wake it, and it would last minutes."""
        listening = Event()
        with ThreadPoolExecutor(1) as people:
            heard = people.submit(lambda: list(told(desk, "expert", listening)))
            assert listening.wait(PATIENCE_S)
            began = time.monotonic()
            change_person(desk.engine, "expert", change)
            heard.result(PATIENCE_S)
            assert time.monotonic() - began < AT_ONCE_S
        change_person(desk.engine, "expert", {"active": True, "role": Role.EXPERT})
        desk.clients.pop("expert").close()  # with a token that opens nothing any more
