"""Who is told of what: the customer of what is asked of them, those who wait for their answer of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from domain.people.actors import Actor, Role
from domain.ticket.obligations import State
from domain.ticket.records import End
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from store.models import NotificationRow, PersonRow
from store.paging import Window
from store.projections import project
from store.queries.inbox import inbox
from tests.duty import everybody_on_duty
from tests.people import PEOPLE
from tests.store.samples import HOTLINE, entry, first_batch, next_batch, obligation, opening, summary

AT = datetime(2026, 3, 4, 2, tzinfo=UTC)
APPLICATION = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断十分钟"}
TECH = Actor("tech", Role.CUSTOMER_APPROVER, ("demo-sitech",), "technical")
WAITING = summary(waits_for=("approval",), assignee="engineer")
SETTLED = summary(assignee="engineer")
UNOWNED = {"alarm": "unowned", "clause": "000-03", "unowned_since": AT.isoformat(), "lateness_ms": 0}


@pytest.fixture(scope="module", autouse=True)
def duty(engine: Engine) -> None:
    """At the demo's lunch another engineer would be told too."""
    everybody_on_duty(engine)


@pytest.fixture(scope="module")
def others(engine: Engine) -> None:
    """People whom nobody may tell by mistake: another customer's, one of no department, one who has left."""
    approver = Role.CUSTOMER_APPROVER
    with Session(engine) as session, session.begin():
        people: dict[str, dict[str, Any]] = {
            "foreign-tech": {"role": approver, "department": "technical", "customers": ("another",)},
            "foreign-contact": {"role": Role.CUSTOMER_CONTACT, "customers": ("another",)},
            "undecided": {"role": approver, "customers": ("demo-sitech",)},
            "left": {"role": approver, "department": "technical", "customers": ("demo-sitech",), "active": False},
        }
        session.add_all(PersonRow(id=id_, name=id_, **fields) for id_, fields in people.items())


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def told(engine: Engine, number: str) -> dict[tuple[int, str], dict[str, Any]]:
    """Entry and recipient of each message about a ticket after its opening, and the fields that it has."""
    with Session(engine) as session:
        rows = session.scalars(
            select(NotificationRow).where(
                NotificationRow.ticket == number, NotificationRow.seq > 2, ~NotificationRow.grounds.has_key("gap")
            )
        )
        return {(row.seq or 0, row.recipient): row.data for row in rows}


@pytest.mark.usefixtures("others")
class TestTheCustomer:
    def tell(self, engine: Engine, number: str, *entries: Entry, **fields: Any) -> dict[tuple[int, str], Any]:
        project(engine, first_batch(number, *entries, **fields))
        return told(engine, number)

    def test_is_told_of_an_application_in_the_departments_that_have_to_speak(self, engine: Engine):
        """What, how and at which risk; nobody without a department, of another customer, or who has left."""
        applied = entry(3, Happening.MAJOR_APPLIED, data=APPLICATION | {"cost": "内部"})
        sent = self.tell(engine, "ASKS2222", applied, summary=WAITING)
        assert {who: data for (_, who), data in sent.items() if "cost" not in data} == {
            "tech": APPLICATION,
            "business": APPLICATION,
        }
        assert {who for _, who in sent} == {"tech", "business", "pm", "duty"}

    def test_is_reminded_in_the_departments_that_are_silent(self, engine: Engine):
        """And the project manager with it, who alone learns how late it is."""
        alarm = {
            "alarm": "approval_reminder",
            "departments": ["business"],
            "version": 1,
            "clause": "000-11",
            "lateness_ms": 12,
            "roles": ["customer_approver", "project_manager"],
            "people": [],
        }
        sent = self.tell(engine, "ASKS3333", entry(3, Happening.ALARM_RAISED, data=alarm), summary=WAITING)
        assert sent[3, "business"] == {"alarm": "approval_reminder", "version": 1}
        assert sent[3, "pm"]["lateness_ms"] == 12
        assert set(sent) == {(3, "business"), (3, "pm")}

    def test_finds_the_reminder_in_the_inbox(self, engine: Engine):
        """Alarms are hidden from outsiders, but not the one that was sent to them."""
        alarm = {"alarm": "approval_reminder", "departments": ["technical"], "version": 2, "roles": []}
        self.tell(engine, "ASKS4444", entry(3, Happening.ALARM_RAISED, data=alarm), summary=WAITING)
        (row,), _ = inbox(engine, TECH, Window(1))
        assert (row.ticket, row.happening) == ("ASKS4444", Happening.ALARM_RAISED)

    @pytest.mark.parametrize(
        ("happening", "data", "shown"),
        [
            (Happening.REMOTE_REQUESTED, {"scope": "数据库", "text": "查看日志"}, {"scope", "text"}),
            (Happening.PART_REQUESTED, {"text": "电源", "price": 900}, {"text"}),
            (
                Happening.CHANGE_PROPOSED,
                {"text": "升级", "size": "large", "documents": "方案"},
                {"text", "size", "documents"},
            ),
            (Happening.CHANGE_MADE, {"text": "已升级", "backup": "已备份"}, {"text", "backup"}),
            (Happening.RESOLVED, {"summary": "更换电源后恢复", "hours": 3}, {"summary"}),
        ],
    )
    def test_is_told_what_the_contact_is_asked(
        self, engine: Engine, happening: Happening, data: dict[str, Any], shown: set[str]
    ):
        """Of the entry's fields those that are for customers, and no others."""
        number = f"ASK{happening[:3].upper()}{happening[-4:].upper()}"
        sent = self.tell(engine, number, entry(3, happening, data=data))
        assert sent[3, "customer"] == {name: data[name] for name in shown}

    def test_is_told_of_an_emergency(self, engine: Engine):
        """In a sentence; why, is ours."""
        advanced = entry(3, Happening.ADVANCED, data={"stage": "emergency", "reason": "004-10"})
        assert self.tell(engine, "ASKS5555", advanced)[3, "customer"] == {"stage": "emergency"}

    def test_of_a_caller_not_known_yet_is_nobody(self, engine: Engine):
        """There is no customer whose people could be told."""
        report = opening("ASKS7777")
        anonymous = type(report.customer)(None, "新客户")
        unknown = opening("ASKS7777", customer=anonymous)
        sent = self.tell(engine, "ASKS7777", entry(3, Happening.RESOLVED), opening=unknown)
        assert sent == {}

    def test_is_told_of_nothing_else(self, engine: Engine):
        """No other alarm, no note of ours, no refusal; whatever they name."""
        named = {"roles": ["customer_contact", "customer_approver"], "alarm": "rung", "departments": ["technical"]}
        others = (entry(3, Happening.ALARM_RAISED, data=named), entry(4), entry(5, Happening.COMMAND_REFUSED))
        assert not {"customer", "tech", "business"} & {person for _, person in self.tell(engine, "ASKS8888", *others)}


#: Who hears the answer to an application, as entry 5.
ANSWERED = {(5, "pm"), (5, "duty"), (5, "engineer"), (5, "customer")}


class TestWhoWaitsForTheAnswer:
    def answered(self, engine: Engine, number: str, *entries: Entry, **fields: Any) -> set[tuple[int, str]]:
        """Who is told of the approvers' words."""
        applied = entry(3, Happening.MAJOR_APPLIED, data=APPLICATION)
        project(engine, first_batch(number, applied, summary=WAITING))
        before = set(told(engine, number))
        project(engine, next_batch(number, *entries, **fields))
        return set(told(engine, number)) - before

    def said(self, seq: int, happening: Happening, user: str) -> Entry:
        settled = {} if (happening, user) == (Happening.APPROVED, "tech") else {"settled": True}
        return entry(seq, happening, actor=PEOPLE[user], data={"opinion": "好"} | settled)

    def test_is_told_when_all_have_agreed(self, engine: Engine):
        """The managers, who is in charge, the contact; of the first department's word alone nobody."""
        tech, business = self.said(4, Happening.APPROVED, "tech"), self.said(5, Happening.APPROVED, "business")
        assert self.answered(engine, "SAYS2222", tech, summary=WAITING) == set()
        project(engine, next_batch("SAYS2222", business, summary=SETTLED))
        assert {key for key in told(engine, "SAYS2222") if key[0] > 3} == ANSWERED

    def test_is_told_once_when_both_words_come_at_once(self, engine: Engine):
        """However entries are gathered, the last word settles it."""
        both = (self.said(4, Happening.APPROVED, "tech"), self.said(5, Happening.APPROVED, "business"))
        assert self.answered(engine, "SAYS3333", *both, summary=SETTLED) == ANSWERED

    def test_is_told_of_any_refusal(self, engine: Engine):
        """It settles the application by itself, also when the next one follows on its heels."""
        refused = self.said(4, Happening.REFUSED, "tech")
        again = entry(5, Happening.MAJOR_APPLIED, data=APPLICATION)
        sent = self.answered(engine, "SAYS4444", refused, again, summary=WAITING)
        whoever = {(4, user) for _, user in ANSWERED}
        assert sent == whoever | {(5, user) for user in ("tech", "business", "pm", "duty")}


class TestTelling:
    def test_nobody_costs_nothing(self, engine: Engine):
        """A batch of entries that are for nobody asks the database who there is in no statement."""
        project(engine, first_batch("COST2222"))
        with statements(engine) as asked:
            project(engine, next_batch("COST2222", entry(3), entry(4, Happening.RESPONDED)))
        assert not [statement for statement in asked if "person" in statement or "notification" in statement]

    def test_somebody_costs_five_statements(self, engine: Engine):
        """However many entries and people it takes: the roster, the people, the messages, the word to their pages, and
        the links that were handed over for what is asked anew.
        """
        project(engine, first_batch("COST3333"))
        quiet = (entry(3), entry(4))
        loud = (entry(5, Happening.RESOLVED), entry(6, Happening.REMOTE_REQUESTED))
        with statements(engine) as before:
            project(engine, next_batch("COST3333", *quiet))
        with statements(engine) as after:
            project(engine, next_batch("COST3333", *loud))
        assert len(after) == len(before) + 5


class TestWhoeverGoesOn:
    def test_learns_of_a_note_on_the_merged_report_that_its_own_workflow_still_refused(self, engine: Engine):
        """It came in the moment between the merging and the end, along with it; the ticket had been merged before."""
        project(engine, first_batch("LAST2222", summary=summary(assignee="engineer2")))
        project(engine, first_batch("NEXT2222", summary=summary(assignee="engineer", merged_into="LAST2222")))
        merged = entry(3, Happening.MERGED, actor=HOTLINE, data={"into": "NEXT2222"})
        note = {"kind": "note", "reason": "closed", "data": {"text": "又断了"}, "into": "NEXT2222"}
        refused = entry(4, Happening.COMMAND_REFUSED, actor=PEOPLE["customer"], data=note)
        ended = summary(stage=Stage.CLOSED, merged_into="NEXT2222")
        project(engine, first_batch("ONCE2222", merged, refused, summary=ended))
        heard = {who for seq, who in told(engine, "ONCE2222") if seq == 4}
        assert {"engineer2", "hotline"} <= heard
        assert "engineer" not in heard


class TestWhatIsAsked:
    @pytest.fixture
    def asked(self, engine: Engine) -> str:
        """A ticket of nobody, late: the duty manager is asked for both."""
        late = {"alarm": "rung", "obligation": "respond", "kind": "respond", "rung": 100, "roles": ["duty_manager"]}
        alarms = (entry(3, Happening.ALARM_RAISED, data=late), entry(4, Happening.ALARM_RAISED, data=UNOWNED))
        number = f"DONE{next(self._numbers)}"
        project(engine, first_batch(number, *alarms))
        return number

    _numbers = iter(range(2222, 9999))

    def overtaken(self, engine: Engine, number: str) -> dict[int, str | None]:
        items = inbox(engine, PEOPLE["duty"], Window()).items
        return {row.seq or 0: row.overtaken for row in items if row.ticket == number}

    def test_is_asked_as_long_as_it_is_not_done(self, engine: Engine, asked: str):
        assert self.overtaken(engine, asked) == {3: None, 4: None}
        breached = (obligation(state=State.BREACHED),)
        project(engine, next_batch(asked, entry(5), obligations=breached))
        assert self.overtaken(engine, asked) == {3: None, 4: None}

    @pytest.mark.parametrize(
        ("promise", "word"),
        [({"state": State.BREACHED, "met_at": AT}, "met"), ({"state": State.CANCELLED}, "dropped")],
    )
    def test_is_asked_no_more_once_it_is(self, engine: Engine, asked: str, promise: dict[str, Any], word: str):
        """The promise is met, be it late, or is one no more; somebody is in charge."""
        project(engine, next_batch(asked, entry(5), summary=SETTLED, obligations=(obligation(**promise),)))
        assert self.overtaken(engine, asked) == {3: word, 4: "taken"}

    @pytest.mark.parametrize(
        ("stands", "word"),
        [
            ({"call": 3, "called_since": AT}, None),
            ({"call": 3, "called_since": AT, "answered_by": "engineer"}, "answered"),
            ({}, "called_off"),  # the promise was met, and nobody has answered
            ({"call": 5, "called_since": AT}, "called_off"),
            ({"call": 5, "called_since": AT, "answered_by": "engineer"}, "called_off"),
        ],
    )
    def test_by_a_call_is_asked_no_more_once_somebody_has_it_or_it_is_over(
        self, engine: Engine, stands: dict[str, Any], word: str | None
    ):
        """Which of the two it is, is not said otherwise than it is."""
        calls = {"alarm": "unanswered", "call": 3, "step": 1, "called_since": AT.isoformat(), "people": []}
        calls |= {"causes": [{"why": "gravest"}], "roles": ["duty_manager"], "lateness_ms": 0}
        number = f"DONE{next(self._numbers)}"
        alarm = entry(4, Happening.ALARM_RAISED, data=calls)
        project(engine, first_batch(number, entry(3), alarm, summary=summary(call=3, called_since=AT)))
        project(engine, next_batch(number, entry(5), summary=summary(**stands)))
        assert self.overtaken(engine, number).get(4) == word

    def test_is_asked_no_more_of_a_ticket_that_ended_since(self, engine: Engine, asked: str):
        ended = summary(stage=Stage.CLOSED, closed_at=datetime.now(UTC) + timedelta(minutes=1), ended_as=End.DISCARDED)
        project(engine, next_batch(asked, entry(5), summary=ended))
        assert self.overtaken(engine, asked) == {3: "discarded", 4: "discarded"}
