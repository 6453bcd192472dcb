"""What the tickets tell the read model: each entry once, in order, whole or not at all."""

import json
from dataclasses import replace
from datetime import timedelta
from select import select as wait
from typing import Any

import psycopg2
import pytest
from sqlalchemy import Engine, func, make_url, select
from sqlalchemy.orm import Session

from domain.contract.clauses import Kind
from domain.people.actors import CUSTOMER_SIDE, SYSTEM
from domain.ticket.obligations import Alarm, State
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from store.decisions import CHANNEL
from store.models import EntryRow, NotificationRow, ObligationRow, PersonRow, TicketRow
from store.projections import SequenceGapError, project
from store.projections.notifications import notification_id
from tests.patience import PATIENCE_S
from tests.store.samples import (
    RECEIVED,
    entry,
    first_batch,
    next_batch,
    obligation,
    opening,
    summary,
)


def rows(engine: Engine, model: Any, number: str) -> list[Any]:
    """A ticket's rows of a table, in the order of their keys."""
    column = TicketRow.number if model is TicketRow else model.ticket
    with Session(engine) as session:
        return list(session.scalars(select(model).where(column == number).order_by(*model.__table__.primary_key)))


def contents(engine: Engine, number: str) -> list[dict[str, Any]]:
    """All that the read model knows of a ticket."""
    models = (TicketRow, EntryRow, ObligationRow, NotificationRow)
    found = [row for model in models for row in rows(engine, model, number)]
    return [{column.key: getattr(row, column.key) for column in row.__table__.columns} for row in found]


class TestABatch:
    def test_makes_the_ticket_its_timeline_and_its_obligations(self, engine: Engine):
        """One transaction writes all that there is to read."""
        assert project(engine, first_batch("BATCH222")) == 2
        (ticket,) = rows(engine, TicketRow, "BATCH222")
        assert (ticket.seq, ticket.stage, ticket.pack) == (2, Stage.TRIAGE, "sitech")
        assert ticket.agreed_contract == "demo-sitech-2026"
        assert [row.seq for row in rows(engine, EntryRow, "BATCH222")] == [1, 2]
        (promise,) = rows(engine, ObligationRow, "BATCH222")
        assert (promise.kind, promise.state, promise.budget) == (Kind.RESPOND, State.RUNNING, "PT10M")

    def test_changes_nothing_when_it_comes_again(self, engine: Engine):
        """An activity may run twice, also after the first attempt has succeeded."""
        batch = first_batch("BATCH333", entry(3, Happening.ALARM_RAISED, data={"roles": ["duty_manager"]}))
        project(engine, batch)
        before = contents(engine, "BATCH333")
        assert project(engine, batch) == 3
        assert contents(engine, "BATCH333") == before

    def test_that_is_old_news_leaves_what_is_newer(self, engine: Engine):
        """A forgotten attempt that wakes up late must not turn the ticket back."""
        project(engine, first_batch("BATCH444"))
        project(engine, next_batch("BATCH444", entry(3), summary=summary(stage=Stage.PHONE)))
        assert project(engine, first_batch("BATCH444")) == 3
        assert rows(engine, TicketRow, "BATCH444")[0].stage is Stage.PHONE

    def test_that_begins_too_early_adds_only_what_is_new(self, engine: Engine):
        """The same first batch, gathered again with more behind it."""
        project(engine, first_batch("BATCH555"))
        assert project(engine, first_batch("BATCH555", entry(3), entry(4))) == 4
        assert [row.seq for row in rows(engine, EntryRow, "BATCH555")] == [1, 2, 3, 4]

    def test_behind_a_gap_is_refused_whole(self, engine: Engine):
        """Nothing is written over entries that never arrived."""
        project(engine, first_batch("BATCH666"))
        with pytest.raises(SequenceGapError, match="entries 3 to 3 are missing"):
            project(engine, next_batch("BATCH666", entry(4)))
        assert [row.seq for row in rows(engine, EntryRow, "BATCH666")] == [1, 2]

    def test_of_an_unknown_ticket_needs_the_beginning(self, engine: Engine):
        """A ticket without its report cannot be shown."""
        with pytest.raises(SequenceGapError):
            project(engine, next_batch("BATCH777", entry(2)))
        assert rows(engine, TicketRow, "BATCH777") == []


class TestAnObligation:
    def test_is_replaced_by_how_it_stands_now(self, engine: Engine):
        """Rows of obligations follow their keys."""
        project(engine, first_batch("DUE22222"))
        alarm = Alarm(100, RECEIVED, RECEIVED + timedelta(seconds=1), 1000)
        late = obligation(state=State.BREACHED, alarms=(alarm,))
        project(engine, next_batch("DUE22222", entry(3), obligations=(late,)))
        (row,) = rows(engine, ObligationRow, "DUE22222")
        assert row.state is State.BREACHED
        assert row.alarms[0]["lateness_ms"] == 1000

    def test_that_is_due_first_stands_on_the_ticket(self, engine: Engine):
        """Lists sort by it without looking at the obligations."""
        later = obligation(Kind.ARRIVE, due_at=RECEIVED + timedelta(hours=1))
        project(engine, first_batch("DUE33333", obligations=(obligation(), later)))
        (ticket,) = rows(engine, TicketRow, "DUE33333")
        assert (ticket.next_due_key, ticket.next_due_at) == ("respond", RECEIVED + timedelta(minutes=10))
        met = obligation(state=State.MET, met_at=RECEIVED)
        project(engine, next_batch("DUE33333", entry(3), obligations=(met,)))
        assert rows(engine, TicketRow, "DUE33333")[0].next_due_key == "arrive"

    def test_that_is_broken_and_still_open_is_due_first(self, engine: Engine):
        """What is overdue is more urgent than what is not."""
        broken = obligation(state=State.BREACHED)
        project(engine, first_batch("DUE44444", obligations=(broken,)))
        assert rows(engine, TicketRow, "DUE44444")[0].next_due_key == "respond"

    def test_that_was_never_kept_is_no_work_once_the_fault_is_gone(self, engine: Engine):
        """It stays broken, and nobody can do anything about it; a report or a survey is owed all the same."""
        broken = obligation(state=State.BREACHED)
        closed = summary(stage=Stage.CLOSED, closed_at=RECEIVED)
        project(engine, first_batch("DUE55555", obligations=(broken,), summary=closed))
        assert rows(engine, TicketRow, "DUE55555")[0].next_due_at is None
        owed = obligation(Kind.SURVEY, state=State.BREACHED)
        project(engine, next_batch("DUE55555", entry(3), obligations=(owed,), summary=closed))
        assert rows(engine, TicketRow, "DUE55555")[0].next_due_key == "survey"


def messages(engine: Engine, number: str) -> list[NotificationRow]:
    """The messages about a ticket after its opening, without those about the roster."""
    return [row for row in rows(engine, NotificationRow, number) if row.seq > 2 and "gap" not in row.grounds]


class TestANotification:
    def alarm(self, engine: Engine, number: str, *, drill: bool = False, **data: Any) -> list[NotificationRow]:
        """The messages that an alarm makes."""
        alarm = entry(3, Happening.ALARM_RAISED, actor=SYSTEM, data={"alarm": "rung", "rung": 100, **data})
        project(engine, first_batch(number, alarm, drill=drill))
        return messages(engine, number)

    def test_goes_to_the_people_of_the_alarms_roles(self, engine: Engine):
        """An alarm names roles; the people are those who are on duty now."""
        sent = self.alarm(engine, "TELL2222", roles=["project_manager", "duty_manager"])
        assert sorted(row.recipient for row in sent) == ["duty", "pm"]
        assert all(row.data == {"alarm": "rung", "rung": 100} for row in sent)

    def test_goes_once_to_somebody_who_is_meant_twice(self, engine: Engine):
        """By role and by name."""
        sent = self.alarm(engine, "TELL3333", roles=["project_manager"], people=["pm", "engineer", "nobody"])
        assert sorted(row.recipient for row in sent) == ["engineer", "pm"]

    def test_has_the_same_id_however_often_it_is_made(self, engine: Engine):
        """So that a receiver can drop a repeat."""
        (row,) = self.alarm(engine, "TELL4444", people=["engineer"])
        assert row.id == notification_id("TELL4444", 3, "engineer")

    def test_never_leaves_a_drill(self, engine: Engine):
        """A rehearsal wakes nobody."""
        assert self.alarm(engine, "TELL5555", drill=True, roles=["project_manager"]) == []

    def test_of_an_alarm_stays_in_the_service_company(self, engine: Engine):
        """Roles of the customer's side are not for alarms."""
        assert self.alarm(engine, "TELL6666", roles=sorted(CUSTOMER_SIDE)) == []

    def test_never_reaches_people_whom_the_ticket_does_not_concern(self, engine: Engine):
        """Somebody of another customer, or who reads no tickets, is not told even when named."""
        with Session(engine) as session, session.begin():
            stranger = PersonRow(id="stranger", name="外人", role="customer_contact", customers=("another",))
            session.add(stranger)
        assert self.alarm(engine, "TELL7777", people=["stranger", "admin", "vendor"]) == []

    @pytest.mark.parametrize("happening", [Happening.REASSIGNED, Happening.DISPATCHED])
    def test_tells_somebody_of_his_work(self, engine: Engine, happening: Happening):
        """Who is sent, or given a ticket, finds it in the inbox."""
        number = f"TELL{happening[:4].upper()}"
        project(engine, first_batch(number, entry(3, happening, data={"to": "engineer2"})))
        assert "engineer2" in {row.recipient for row in messages(engine, number)}


#: What is told after all that is looked for; Postgres keeps the order.
_END = "the end"


class TestTheNews:
    def heard(self, database_url: str, engine: Engine, *batches: Any) -> list[dict[str, Any]]:
        """What a listener hears of the tickets of these batches."""
        dsn = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        listener = psycopg2.connect(dsn)
        try:
            listener.autocommit = True
            listener.cursor().execute(f"LISTEN {CHANNEL}")
            for batch in batches:
                project(engine, batch)
            with engine.begin() as connection:
                connection.execute(select(func.pg_notify(CHANNEL, _END)))
            while not listener.notifies or listener.notifies[-1].payload != _END:
                assert wait([listener], [], [], PATIENCE_S)[0], "the database tells nothing"
                listener.poll()
            news = [json.loads(told.payload) for told in listener.notifies[:-1]]
            return [each for each in news if "number" in each]
        finally:
            listener.close()

    def test_carries_the_decisions_of_the_batch(self, database_url: str, engine: Engine):
        """Whoever waits for a decision needs no question."""
        refused = entry(
            4,
            Happening.COMMAND_REFUSED,
            command_id="b",
            data={"kind": "confirm", "reason": "wrong_stage", "detail": {"zh": "否", "en": "no"}, "allowed": ["note"]},
        )
        batch = first_batch("NEWS2222", entry(3, command_id="a"), refused)
        (news,) = self.heard(database_url, engine, batch)
        assert (news["number"], news["seq"]) == ("NEWS2222", 4)
        first, second = news["decisions"]
        assert (first["command_id"], first["accepted"], first["seq"]) == ("a", True, 3)
        assert (second["accepted"], second["reason"], second["allowed"]) == (False, "wrong_stage", ["note"])

    def test_that_is_too_long_to_be_told_sends_listeners_to_the_rows(self, database_url: str, engine: Engine):
        """Postgres takes 8,000 bytes."""
        many = [entry(seq, command_id=f"{seq:036}") for seq in range(3, 103)]
        (news,) = self.heard(database_url, engine, first_batch("NEWS3333", *many))
        assert news == {"number": "NEWS3333", "seq": 102}

    def test_is_not_told_of_a_batch_that_was_known(self, database_url: str, engine: Engine):
        """Nothing has changed."""
        batch = first_batch("NEWS4444")
        assert len(self.heard(database_url, engine, batch, replace(batch))) == 1


class TestAVendor:
    def test_stays_on_the_ticket_of_his_case(self, engine: Engine):
        """It decides which tickets exist for them."""
        opened = entry(3, Happening.VENDOR_CASE_OPENED, data={"vendor": "vendor"})
        project(engine, first_batch("VEND2222", opened, opening=opening("VEND2222")))
        unnamed = entry(4, Happening.VENDOR_CASE_OPENED, data={"vendor": None})
        project(engine, next_batch("VEND2222", unnamed))
        assert rows(engine, TicketRow, "VEND2222")[0].vendors == ("vendor",)
        assert "vendor" in {row.recipient for row in messages(engine, "VEND2222")}
