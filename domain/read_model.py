"""The read model: a ticket as it is told of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.audience.notices.notice import Owed, Standing
from domain.contract.clauses import Arming, Counting, FactValue, Kind, Origin, budget_text
from domain.contract.explain import explain
from domain.contract.promises import running_segments
from domain.contract.terms import EDITION_5
from domain.matters.calls import current
from domain.matters.index import questions
from domain.matters.ladder import proposed
from domain.matters.major import is_candidate, is_major
from domain.matters.matter import Asked
from domain.ticket import clocks
from domain.ticket.deadlines import Deadline
from domain.ticket.obligations import OUTLIVE_THE_WORK, Alarm, Obligation, State
from domain.ticket.opening import Contact, Customer, Opening, Party
from domain.ticket.records import End
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Entry
from domain.ticket.work import Work, waiting_work
from domain.timekeeping import deadlines
from domain.words.label import Label

#: Entries in a batch: 20 commands that came together, and what else they say. A server ends a workflow that sends more
#: than 2 MB at once, and one command may have 64 KiB.
MOST_AT_ONCE = 24
#: The same before edition 5.
MOST_AT_FIRST = 20


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation as the read model shows it. Stored in histories.

    Attributes:
        position: place among the ticket's obligations, for listing.
        segments: the stretches in which its clock ran; an open one ends with None.
    """

    key: str
    position: int
    kind: Kind
    clause: str
    superseded: tuple[str, ...]
    state: State
    reason: str | None
    due_at: datetime | None
    budget: str | int  # ISO 8601 duration, or days
    counting: Counting
    calendar: str
    origin: Origin
    armed: tuple[Arming, ...]
    provisional: bool
    default: bool
    met_at: datetime | None
    reported_late: bool
    next_rung_at: datetime | None
    segments: tuple[tuple[datetime, datetime | None], ...]
    alarms: tuple[Alarm, ...]
    explanation: dict[str, str] = field(default_factory=dict)  # zh, en


@dataclass(frozen=True, slots=True)
class Summary:
    """A ticket's changing columns in the read model, as of its last entry. Stored in histories."""

    stage: Stage
    level: str | None
    facts: dict[str, FactValue]
    assignee: str | None
    received_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    paused: str | None  # the reason, while a person's pause stands
    proposed: Stage | None  # the stage that the pack's route has next
    waits_for: tuple[Asked, ...]  # answers of the customer
    title: str
    customer: Customer
    contact: Contact
    level_name: Label | None = None  # what the contract calls the level
    owed: Owed | None = None
    vendors: tuple[str, ...] = ()
    booked_at: datetime | None = None  # the appointment
    ended_as: End | None = None  # where nobody resolved it
    service: str | None = None  # the pack's service code (001-10), and its category (000-06)
    category: str | None = None
    contract: str = ""  # as it was named
    merged_into: str | None = None  # the ticket in which it ended
    other_contacts: tuple[Contact, ...] = ()  # of reports that ended in it
    major: bool = False  # a major incident, or a candidate that nobody has judged
    kind_names: dict[str, Label] = field(default_factory=dict)  # what the contract's document calls a kind of promise
    gravity: int | None = None  # the place of its level in the contract's scale; 0: the gravest
    paused_until: datetime | None = None  # when a person's pause ends by itself
    waits_since: datetime | None = None  # the oldest question that the customer has not answered
    work: tuple[Work, ...] = ()  # what waits for others of ours
    call: int | None = None  # by which somebody is to answer for it, and since when
    called_since: datetime | None = None
    answered_by: str | None = None  # who has it; None: nobody yet

    @property
    def party(self) -> Party:
        """Whose report it is."""
        return Party(self.customer, self.contact, self.contract)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one projection writes: the entries after ``after_seq``, and how the ticket stands behind the last.

    Stored in histories.

    Attributes:
        opening: the report itself, in a ticket's first batch only.
        obligations: those that changed.
    """

    number: str
    drill: bool
    after_seq: int
    entries: tuple[Entry, ...]
    summary: Summary
    obligations: tuple[ObligationView, ...]
    opening: Opening | None = None

    @property
    def seq(self) -> int:
        """The entry that the read model stands at afterwards."""
        return self.entries[-1].seq if self.entries else self.after_seq


#: An obligation together with whether its clock stands still: what of it a reader can see change.
Shown = dict[str, tuple[Obligation, bool]]


def as_shown(ticket: Ticket) -> Shown:
    """What the read model knows of the obligations once it has been told of this ticket."""
    return {each.key: (each, clocks.stands_still(ticket, each)) for each in ticket.obligations}


def batch(ticket: Ticket, before: Shown, now: datetime) -> Batch:
    """The first of the fresh entries, and the obligations that changed since the read model was last told."""
    after = as_shown(ticket)
    changed = [each for each in enumerate(ticket.obligations) if before.get(each[1].key) != after[each[1].key]]
    following = deadlines(ticket) if changed else {}
    first = ticket.fresh[0].seq if ticket.fresh else ticket.seq + 1
    return Batch(
        number=ticket.opening.number,
        drill=ticket.opening.drill,
        after_seq=first - 1,
        entries=ticket.fresh[: MOST_AT_ONCE if ticket.terms.edition >= EDITION_5 else MOST_AT_FIRST],
        summary=summary_of(ticket),
        obligations=tuple(_view(ticket, each, position, following.get(each.key), now) for position, each in changed),
        opening=ticket.opening if first == 1 else None,
    )


def summary_of(ticket: Ticket) -> Summary:
    """How the ticket stands."""
    asked, call = questions(ticket), current(ticket)
    return replace(
        _stands(ticket),
        gravity=_gravity(ticket),
        paused_until=ticket.pause.until if ticket.pause else None,
        waits_for=tuple(dict.fromkeys(question.asked for question in asked)),
        waits_since=min((question.since for question in asked if question.since), default=None),
        work=waiting_work(ticket),
        call=call.id if call else None,
        called_since=call.since if call else None,
        answered_by=call.by if call else None,
    )


def _stands(ticket: Ticket) -> Summary:
    """But for how grave it is and what waits."""
    return Summary(
        stage=ticket.stage,
        level=ticket.level,
        facts=ticket.facts,
        assignee=ticket.assignee,
        received_at=ticket.opening.received_at,
        resolved_at=ticket.resolution.at if ticket.resolution else None,
        closed_at=ticket.closed_at,
        paused=ticket.pause.reason if ticket.pause else None,
        proposed=proposed(ticket),
        booked_at=ticket.moments.get(Origin.BOOKED),
        ended_as=ticket.ended_as,
        service=ticket.service,
        category=ticket.category,
        merged_into=ticket.merged_into,
        other_contacts=tuple(each.contact for each in ticket.merged),
        major=is_major(ticket) or is_candidate(ticket),
        waits_for=(),
        title=ticket.title,
        customer=ticket.customer,
        contact=ticket.contact,
        contract=ticket.contract,
        level_name=ticket.terms.level_names.get(ticket.level or ""),
        owed=_owed(ticket),
        vendors=ticket.vendors,
        kind_names=ticket.terms.kind_names,
    )


def _gravity(ticket: Ticket) -> int | None:
    """The place of its level in the contract's scale; None: nobody has classified it."""
    levels = ticket.terms.levels
    return levels.index(ticket.level) if ticket.level in levels else None


def _owed(ticket: Ticket) -> Owed | None:
    """The open promise that falls, or fell, due first."""
    still_open = [
        Owed(each.kind, each.promise.due_at)
        for each in ticket.obligations
        if each.counts and each.promise.due_at and (ticket.stage.is_work or each.kind in OUTLIVE_THE_WORK)
    ]
    return min(still_open, key=lambda owed: owed.due_at, default=None)


def standing(number: str, summary: Summary) -> Standing:
    """How the ticket stands for those who are told of it."""
    return Standing(
        number=number,
        customer=summary.customer,
        contact=summary.contact,
        title=summary.title,
        stage=summary.stage,
        received_at=summary.received_at,
        level=summary.level,
        level_name=summary.level_name,
        owner=summary.assignee,
        owed=summary.owed,
        waits_for=summary.waits_for,
        vendors=summary.vendors,
        other_contacts=summary.other_contacts,
        kind_names=summary.kind_names,
    )


def _view(
    ticket: Ticket, obligation: Obligation, position: int, following: Deadline | None, now: datetime
) -> ObligationView:
    promise, clause = obligation.promise, obligation.promise.clause
    still = clocks.stands_still(ticket, obligation)
    explanation = explain(ticket.terms, ticket.case, promise)
    return ObligationView(
        key=obligation.key,
        position=position,
        kind=obligation.kind,
        clause=clause.id,
        superseded=promise.superseded,
        state=obligation.state(paused=still),
        reason=obligation.reason,
        due_at=promise.due_at,
        budget=budget_text(clause.budget),
        counting=promise.counting,
        calendar=promise.calendar,
        origin=promise.origin,
        armed=clause.armed,
        provisional=promise.provisional,
        default=promise.default,
        met_at=obligation.met_at,
        reported_late=obligation.reported_late,
        next_rung_at=following.at if following else None,
        segments=_segments(ticket, obligation, now),
        alarms=obligation.alarms,
        explanation=explanation.as_json(),
    )


def _segments(ticket: Ticket, obligation: Obligation, now: datetime) -> tuple[tuple[datetime, datetime | None], ...]:
    """The stretches in which its clock ran; the one that still runs is open."""
    if obligation.armed_at is None and obligation.met_at is None:
        return ()
    ran = running_segments(ticket.terms, ticket.case, obligation.promise, obligation.met_at or now)
    running = obligation.state(paused=clocks.stands_still(ticket, obligation)) in {
        State.RUNNING,
        State.BREACHED,
    }
    if ran and running and obligation.met_at is None and not clocks.stands_still(ticket, obligation):
        return (*ran[:-1], (ran[-1][0], None))
    return ran
