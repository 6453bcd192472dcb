"""What the database refuses of a ticket is set aside: the ticket lives on, and its alarms reach their people."""

import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from domain.people.actors import SYSTEM, Actor, Role
from domain.ticket.opening import Contact, Customer
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from store.decisions import decision
from store.models import EntryRow, NotificationRow, ObligationRow, PersonRow, SetAsideRow, TicketRow
from store.projections import SequenceGapError, project
from store.projections.refused import is_for_the_data
from store.rebuilding import Rebuilt, rebuild, scratch
from store.watch.aside import set_aside, settle
from tests.store.samples import RECEIVED, entry, first_batch, next_batch, obligation, opening, summary

#: No index takes it, and no compression shortens it.
TOO_LONG = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9F00), k=20_000)))  # no secret
NUL = "关机\0重启"
HALF_A_CHARACTER = "\ud83d"
ENDLESS: dict[str, Any] = {}
for _ in range(500):
    ENDLESS = {"a": ENDLESS}
FAR_EAST = timezone(timedelta(hours=16))
ALARM = {"alarm": "unowned", "roles": ["duty_manager"]}


def alarm(seq: int, **data: Any) -> Entry:
    return entry(seq, Happening.ALARM_RAISED, actor=SYSTEM, data=ALARM | data)


def rows(engine: Engine, model: Any, number: str) -> list[Any]:
    column = TicketRow.number if model is TicketRow else model.ticket
    with Session(engine) as session:
        return list(session.scalars(select(model).where(column == number).order_by(*model.__table__.primary_key)))


def told(engine: Engine, number: str, seq: int) -> set[str]:
    return {row.recipient for row in rows(engine, NotificationRow, number) if row.seq == seq}


def lives_on(engine: Engine, number: str, seq: int) -> None:
    """The next alarm is on the timeline, and its people are told."""
    assert project(engine, next_batch(number, alarm(seq))) == seq
    assert [row.seq for row in rows(engine, EntryRow, number)] == list(range(1, seq + 1))
    assert rows(engine, TicketRow, number)[0].seq == seq
    assert "duty" in told(engine, number, seq)


@pytest.fixture
def number(request: pytest.FixtureRequest) -> str:
    return f"AS{zlib.crc32(request.node.name.encode()):08X}"


class TestAnEntry:
    @pytest.mark.parametrize(
        "bad",
        [
            {"data": {"text": NUL}},
            {"data": {NUL: "x"}},
            {"data": {"text": HALF_A_CHARACTER}},
            {"data": ENDLESS},
            {"actor": Actor(NUL, Role.ENGINEER)},
            {"command_id": TOO_LONG},
            {"command_id": "twice"},
            {"command_id": NUL, "digest": NUL},
            {"at": datetime(1, 1, 1, tzinfo=FAR_EAST)},
            {"claimed_at": datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=16)))},
        ],
        ids="-".join,
    )
    def test_that_is_refused_says_so_and_all_others_stand(self, engine: Engine, number: str, bad: dict[str, Any]):
        """Seq and instant stay, what it said is kept for an operator, who is told, and the alarm goes out."""
        project(engine, first_batch(number, entry(3, command_id="twice")))
        assert project(engine, next_batch(number, entry(4, **bad), alarm(5))) == 5
        found = rows(engine, EntryRow, number)
        assert [row.happening for row in found[2:]] == [
            Happening.NOTED, Happening.SET_ASIDE, Happening.ALARM_RAISED,
        ]  # fmt: skip
        assert found[3].data["happening"] == Happening.NOTED
        assert found[3].recorded_at == entry(4).recorded_at
        (kept,) = rows(engine, SetAsideRow, number)
        assert (kept.part, kept.seq, kept.settled_at) == ("entry", 4, None)
        assert kept.raw.isascii()
        assert {"duty", "admin"} <= told(engine, number, 5)
        lives_on(engine, number, 6)

    def test_is_kept_to_the_letter(self, engine: Engine, number: str):
        """Nothing of it is lost."""
        project(engine, first_batch(number, entry(3, data={"text": NUL + HALF_A_CHARACTER})))
        (kept,) = rows(engine, SetAsideRow, number)
        assert json.loads(kept.raw)["data"]["text"] == NUL + HALF_A_CHARACTER

    def test_that_answers_a_command_answers_it_still(self, engine: Engine, number: str):
        """Its sender waits: accepted or refused, and why."""
        no = {"kind": "note", "reason": "wrong_stage", "detail": {"zh": "否", "en": "no"}, "data": {"text": NUL}}
        refused = entry(3, Happening.COMMAND_REFUSED, command_id="no", data=no)
        project(engine, first_batch(number, refused, entry(4, command_id="yes", data={"text": NUL})))
        no_, yes = map(decision, rows(engine, EntryRow, number)[2:])
        assert (no_.accepted, no_.reason, no_.detail) == (False, "wrong_stage", {"zh": "否", "en": "no"})
        assert (yes.accepted, yes.happening) == (True, "noted")

    def test_in_any_offset_is_written_in_utc(self, engine: Engine, number: str):
        """Nothing is refused that can be put right."""
        far = RECEIVED.astimezone(FAR_EAST)
        project(engine, first_batch(number, entry(3, at=far, claimed_at=far), opening=opening(number, booked_at=far)))
        assert rows(engine, EntryRow, number)[2].at == RECEIVED
        assert rows(engine, SetAsideRow, number) == []


class TestAnAlarm:
    @pytest.mark.parametrize("bad", [{"text": NUL}, {"people": [NUL]}, {"due_at": "no instant"}, {"kind": ["x"]}])
    def test_reaches_its_people_whatever_else_it_says(self, engine: Engine, number: str, bad: dict[str, Any]):
        """By its roles; a sentence that cannot be made gives way to a plainer one."""
        project(engine, first_batch(number, alarm(3, **bad)))
        assert "duty" in told(engine, number, 3)
        lives_on(engine, number, 4)

    @pytest.mark.parametrize(
        "bad",
        [
            {"title": NUL},
            {"customer": Customer("demo-sitech", NUL)},
            {"contact": Contact(HALF_A_CHARACTER, "1")},
            {"assignee": TOO_LONG},
            {"facts": {"down": NUL}},
            {"received_at": datetime(1, 1, 1, tzinfo=FAR_EAST)},
            {"paused": NUL, "waits_for": (NUL,)},
        ],
        ids="-".join,
    )
    def test_does_not_depend_on_how_the_ticket_stands(self, engine: Engine, number: str, bad: dict[str, Any]):
        """What is refused of the standing is written without what is wrong with it."""
        project(engine, first_batch(number, alarm(3), summary=summary(**bad)))
        assert rows(engine, TicketRow, number)[0].stage is Stage.TRIAGE
        assert "duty" in told(engine, number, 3)
        lives_on(engine, number, 4)

    def test_does_not_depend_on_a_vendor_of_another_kind(self, engine: Engine, number: str):
        """A name that is none."""
        opened = entry(3, Happening.VENDOR_CASE_OPENED, data={"vendor": {"a": 1}})
        project(engine, first_batch(number, opened, alarm(4)))
        assert "duty" in told(engine, number, 4)
        lives_on(engine, number, 5)

    @pytest.mark.parametrize(
        "bad",
        [{"title": NUL}, {"follows": TOO_LONG}, {"asset": HALF_A_CHARACTER}, {"key_hash": NUL}],
        ids="-".join,
    )
    def test_does_not_depend_on_the_report(self, engine: Engine, number: str, bad: dict[str, Any]):
        """A ticket is there from its first batch on, as far as it can be shown."""
        project(engine, first_batch(number, alarm(3), opening=opening(number, **bad)))
        assert rows(engine, SetAsideRow, number)[0].part == "ticket"
        assert "duty" in told(engine, number, 3)
        lives_on(engine, number, 4)

    def test_does_not_depend_on_a_promise(self, engine: Engine, number: str):
        """The promise stands as well, without what is wrong with it."""
        bad = obligation(reason=NUL, due_at=datetime(1, 1, 1, tzinfo=FAR_EAST))
        project(engine, first_batch(number, alarm(3), obligations=(bad,)))
        assert [row.part for row in rows(engine, SetAsideRow, number)] == ["obligation"]
        assert rows(engine, ObligationRow, number)[0].reason == "关机\N{REPLACEMENT CHARACTER}重启"
        assert "duty" in told(engine, number, 3)
        lives_on(engine, number, 4)

    def test_of_a_drill_stays_in_it(self, engine: Engine, number: str):
        """A rehearsal wakes nobody, whatever is wrong with it."""
        project(engine, first_batch(number, entry(3, data={"text": NUL}), alarm(4), drill=True))
        assert rows(engine, NotificationRow, number) == []
        assert len(rows(engine, SetAsideRow, number)) == 1


class TestAGap:
    def test_is_written_over_when_it_lasts(self, engine: Engine, number: str):
        """What is missing says so, and who looks after it is told."""
        project(engine, first_batch(number))
        later = next_batch(number, alarm(6))
        with pytest.raises(SequenceGapError):
            project(engine, later)
        assert project(engine, later, over_gaps=True) == 6
        assert [row.data["why"] for row in rows(engine, EntryRow, number)[2:5]] == ["missing"] * 3
        assert {"duty", "admin"} <= told(engine, number, 6)
        lives_on(engine, number, 7)

    def test_of_a_whole_ticket_leaves_its_alarms(self, engine: Engine, number: str):
        """Of the report what the standing tells is there."""
        assert project(engine, next_batch(number, alarm(4)), over_gaps=True) == 4
        (ticket,) = rows(engine, TicketRow, number)
        assert (ticket.title, ticket.customer_id) == ("核心交换机宕机", "demo-sitech")
        assert "duty" in told(engine, number, 4)
        lives_on(engine, number, 5)


class TestARebuild:
    @pytest.fixture
    def aside(self, engine: Engine) -> Iterator[Engine]:
        with scratch(engine) as beside:
            yield beside

    def test_sets_the_same_aside(self, engine: Engine, aside: Engine, number: str):
        """There is no difference, and nothing is kept twice."""
        batches = [
            first_batch(number, entry(3, data={"text": NUL}), opening=opening(number, title=NUL)),
            next_batch(number, alarm(4), obligations=(obligation(reason=NUL),), summary=summary(title=NUL)),
        ]
        for batch in batches:
            project(engine, batch)
        before = len(rows(engine, SetAsideRow, number))
        assert rebuild(engine, aside, number, batches, repair=False) == Rebuilt(0)
        assert len(rows(engine, SetAsideRow, number)) == before

    def test_brings_back_what_a_gap_left_out(self, engine: Engine, aside: Engine, number: str):
        """The history has it."""
        batches = [first_batch(number), next_batch(number, entry(3)), next_batch(number, alarm(4))]
        project(engine, batches[0])
        project(engine, batches[2], over_gaps=True)
        assert rebuild(engine, aside, number, batches, repair=True).differences > 0
        assert rows(engine, EntryRow, number)[2].happening is Happening.NOTED


class _CodeError(Exception):
    def __init__(self, pgcode: str | None) -> None:
        super().__init__(pgcode)
        self.pgcode = pgcode


class TestWhatIsTriedAgain:
    """Who waits gets it in the end: what comes right by itself or by an operator is never set aside."""

    @pytest.mark.parametrize("code", [None, "08006", "57P01", "57014", "53100", "53200", "53300", "40P01", "40001"])
    def test_is_a_database_out_of_reach(self, code: str | None):
        assert not is_for_the_data(OperationalError("", {}, _CodeError(code)))

    @pytest.mark.parametrize("code", ["42P01", "42501", "42703"])
    def test_is_a_database_that_is_not_ready(self, code: str):
        """Tables that are of another version, a role that may not."""
        assert not is_for_the_data(ProgrammingError("", {}, _CodeError(code)))

    @pytest.mark.parametrize("error", [PoolTimeoutError(), OSError(), MemoryError(), SequenceGapError("A", 1, 2)])
    def test_is_what_says_nothing_of_the_data(self, error: Exception):
        assert not is_for_the_data(error)

    @pytest.mark.parametrize("code", ["22P05", "22003", "23502", "23505", "21000", "54000", "54001"])
    def test_is_not_what_the_data_is_refused_for(self, code: str):
        assert is_for_the_data(IntegrityError("", {}, _CodeError(code)))


def test_a_batch_is_refused_once(engine: Engine, number: str):
    """What comes again finds all of it written."""
    batch = first_batch(number, entry(3, data={"text": NUL}))
    assert project(engine, batch) == project(engine, replace(batch)) == 3
    assert len(rows(engine, SetAsideRow, number)) == 1


def test_with_nobody_left_to_tell_the_ticket_lives_on(engine: Engine, number: str):
    with Session(engine) as session, session.begin():
        session.execute(update(PersonRow).values(active=False))
    try:
        assert project(engine, first_batch(number, entry(3, data={"text": NUL}), alarm(4))) == 4
    finally:
        with Session(engine) as session, session.begin():
            session.execute(update(PersonRow).values(active=True))
            session.execute(delete(NotificationRow).where(NotificationRow.ticket == number))


def test_what_was_seen_to_is_settled(engine: Engine, number: str):
    """It stays, and is counted no more."""
    project(engine, first_batch(number, entry(3, data={"text": NUL})))
    (row,) = [each for each in set_aside(engine) if each.ticket == number]
    assert settle(engine, [row.id], RECEIVED) == 1
    assert settle(engine, [row.id], RECEIVED) == 0
    assert not [each for each in set_aside(engine) if each.ticket == number]
    assert rows(engine, SetAsideRow, number)[0].settled_at == RECEIVED
