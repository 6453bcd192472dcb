"""What the watchdog reads and keeps: its own arithmetic, each finding told once, silence noticed."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import AsyncMock

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.orm import Session

from domain.audience.watch import Trouble
from domain.contract.clauses import Kind
from domain.people.actors import Actor, Role
from domain.ticket.obligations import Alarm, State
from domain.ticket.stages import Stage
from gateway import runs, watching
from gateway.runs import Run
from gateway.watching import Watch
from store.models import BeatRow, FindingRow, NotificationRow, ObligationRow, TicketRow
from store.paging import Window
from store.projections import project
from store.queries.inbox import inbox
from store.watch.beats import EXPECTED, ages, beat, silent
from store.watch.findings import Look, health, open_subjects, settle, standstills
from store.watch.reading import open_tickets, overdue, suspect, suspects
from tests.store.samples import RECEIVED, first_batch, obligation, summary

LATER = timedelta(days=30 * 365)  # what is due then is not overdue


@pytest.fixture(autouse=True)
def _nothing_found(engine: Engine) -> Iterator[None]:
    yield
    with engine.begin() as connection:
        for table in (FindingRow, BeatRow):
            connection.execute(delete(table))
        connection.execute(delete(NotificationRow).where(NotificationRow.happening.is_(None)))


def messages(engine: Engine) -> list[NotificationRow]:
    """What the watchdog told, in order."""
    with Session(engine) as session:
        asked = select(NotificationRow).where(NotificationRow.happening.is_(None))
        return list(session.scalars(asked.order_by(NotificationRow.created_at)))


class TestAPromise:
    def late(self, engine: Engine, number: str, promise: Any = None, **fields: Any) -> str | None:
        project(engine, first_batch(number, obligations=(promise or obligation(),), **fields))
        return overdue(engine).get(number)

    def test_that_was_due_without_an_alarm_is_found(self, engine: Engine):
        """By its own row, whatever the workflow means to do about it."""
        found = self.late(engine, "LATE2222")
        assert found is not None
        assert found.startswith("respond, ")

    def test_whose_alarm_stands_is_none(self, engine: Engine):
        """Neither is one that is only warned of; the breach is what was promised to ring."""
        warned = Alarm(50, RECEIVED, RECEIVED, 0)
        assert self.late(engine, "LATE3333", obligation(alarms=(warned,)))
        rung = Alarm(100, RECEIVED, RECEIVED, 0)
        assert self.late(engine, "LATE4444", obligation(alarms=(warned, rung))) is None

    @pytest.mark.parametrize("state", [state for state in State if state is not State.RUNNING])
    def test_that_does_not_run_is_none(self, engine: Engine, state: State):
        assert self.late(engine, f"LA{state.value.upper()}", obligation(state=state)) is None

    def test_that_is_due_within_the_last_minute_is_none(self, engine: Engine):
        """Its alarm may be on the way."""
        assert self.late(engine, "LATE5555", obligation(due_at=datetime.now(UTC) - timedelta(seconds=20))) is None

    def test_of_a_drill_is_none(self, engine: Engine):
        """Its time is not ours."""
        assert self.late(engine, "LATE6666", drill=True) is None

    def test_is_found_beside_a_row_that_nobody_can_read(self, engine: Engine):
        """One bad row hides no other."""
        self.late(engine, "LATE7777")
        self.late(engine, "LATE8888")
        with engine.begin() as connection:
            bad = update(ObligationRow).where(ObligationRow.ticket == "LATE7777")
            connection.execute(bad.values(due_at=text("'-infinity'"), alarms=text("'\"x\"'::jsonb")))
        assert "LATE8888" in overdue(engine)


class TestATicket:
    def test_that_is_open_must_run(self, engine: Engine):
        project(engine, first_batch("OPEN2222"))
        project(engine, first_batch("OPEN3333", drill=True))
        closed = summary(stage=Stage.CLOSED, closed_at=RECEIVED)
        project(engine, first_batch("OPEN4444", summary=closed))
        project(engine, first_batch("OPEN5555", summary=closed, obligations=(obligation(Kind.SURVEY),)))
        among = [f"OPEN{digit * 4}" for digit in "2345"]
        assert open_tickets(engine, among) == {"OPEN2222", "OPEN5555"}
        assert "OPEN2222" in open_tickets(engine)

    def test_that_is_suspect_is_so_for_a_while(self, engine: Engine):
        suspect(engine, "SUSP2222")
        suspect(engine, "SUSP2222")
        assert "SUSP2222" in suspects(engine)


class TestAFinding:
    def look(self, *found: str, among: frozenset[str] | None = None) -> Look:
        return Look(Trouble.NO_RUN, dict.fromkeys(found, "no running workflow"), among)

    def test_is_told_once_and_once_more_when_it_is_over(self, engine: Engine):
        """To both managers and the administrator, by number and reason."""
        project(engine, first_batch("FIND2222"))
        now = datetime.now(UTC)
        for _ in range(3):
            settle(engine, self.look("FIND2222"), now)
        assert sorted(row.recipient for row in messages(engine)) == ["admin", "duty", "pm"]
        assert {row.ticket for row in messages(engine)} == {"FIND2222"}
        (found,) = standstills(engine, "FIND2222")
        assert (found.trouble, found.reason) == (Trouble.NO_RUN, "no running workflow")
        for _ in range(2):
            settle(engine, self.look(), now + timedelta(minutes=1))
        assert standstills(engine) == []
        assert [row.title["en"][:4] for row in messages(engine)[3:]] == ["Over"] * 3

    def test_that_comes_again_is_told_again(self, engine: Engine):
        now = datetime.now(UTC)
        for look in (self.look("AGAIN222"), self.look(), self.look("AGAIN222")):
            settle(engine, look, now)
        assert len([row for row in messages(engine) if row.recipient == "duty"]) == 3

    def test_stays_where_nobody_looked(self, engine: Engine):
        """A look at some says nothing of the others."""
        now = datetime.now(UTC)
        settle(engine, self.look("LOOK2222", "LOOK3333"), now)
        settle(engine, self.look(among=frozenset({"LOOK2222"})), now)
        assert open_subjects(engine, Trouble.NO_RUN) == {"LOOK3333"}

    def test_among_very_many_is_kept_and_told_by_their_number(self, engine: Engine):
        """A flood of messages would be read by nobody."""
        settle(engine, self.look(*(f"MANY{one:04}" for one in range(100))), datetime.now(UTC))
        assert health(engine).findings == {Trouble.NO_RUN: 100}
        to_duty = [row for row in messages(engine) if row.recipient == "duty"]
        assert len(to_duty) == 21
        assert "80" in "".join(row.title["zh"] for row in to_duty)

    def test_is_read_in_the_inbox_by_those_who_were_told(self, engine: Engine):
        """Also of what is no ticket of the read model; nobody else has it."""
        settle(engine, Look(Trouble.SILENT, {"worker": "99 s"}), datetime.now(UTC))
        for person, role, told in (
            ("duty", Role.DUTY_MANAGER, 1), ("admin", Role.ADMINISTRATOR, 1), ("engineer", Role.ENGINEER, 0),
        ):  # fmt: skip
            found = inbox(engine, Actor(person, role), Window(limit=100)).items
            assert len([row for row in found if row.happening is None]) == told


class TestAPart:
    def test_that_was_expected_and_never_heard_is_silent(self, engine: Engine):
        assert silent(ages(engine)) == sorted(EXPECTED)
        for name in EXPECTED:
            beat(engine, name)
        assert silent(ages(engine)) == []

    def test_that_has_beaten_once_is_missed_from_then_on(self, engine: Engine):
        """A sender or a sweep registers by its first beat; a slow one has longer."""
        for name, every_s in (("sender", 10), ("sweep", 3600)):
            beat(engine, name, every_s)
        with engine.begin() as connection:
            connection.execute(update(BeatRow).values(at=datetime.now(UTC) - timedelta(seconds=90)))
        heard = {name: age for name, age in ages(engine).items() if name not in EXPECTED}
        assert set(silent(heard)) - set(EXPECTED) == {"sender"}


def test_rows_of_tickets_are_left_alone(engine: Engine):
    """The watchdog only looks."""
    project(engine, first_batch("ALONE222"))
    with Session(engine) as session:
        before = session.scalars(select(TicketRow.changed_in).where(TicketRow.number == "ALONE222")).one()
    overdue(engine), open_tickets(engine), suspects(engine), health(engine)
    with Session(engine) as session:
        assert session.scalars(select(TicketRow.changed_in).where(TicketRow.number == "ALONE222")).one() == before


class TestABuildThatStandsBack:
    def test_is_told_until_it_decides_or_is_gone(self, engine: Engine, monkeypatch: pytest.MonkeyPatch):
        """One look alone may meet it while it tries."""
        monkeypatch.setattr(runs, "running", AsyncMock(return_value={}))
        monkeypatch.setattr(runs, "reported", AsyncMock(return_value=set()))
        monkeypatch.setattr(runs, "run", AsyncMock(return_value=Run(is_running=True)))
        back = AsyncMock(return_value={"0.1.0+new": "0.1.0+old decides"})
        monkeypatch.setattr(watching, "standing_back", back)
        watch, told = Watch(engine, AsyncMock(), "none"), list[set[str]]()

        async def look() -> None:
            await watch.look_at_runs()
            told.append(await asyncio.to_thread(open_subjects, engine, Trouble.STANDS_BACK))

        async def looks() -> None:
            await look()
            await look()
            back.return_value = {}
            await look()

        asyncio.run(looks())
        assert told == [set(), {"0.1.0+new"}, set()]
