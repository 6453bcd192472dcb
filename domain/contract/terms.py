"""Terms: what was agreed for one ticket, fixed when it was opened. Editing a pack changes none of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.contract.calendars import CHINA, Calendar, Schedule
from domain.contract.clauses import Clause, FactValue
from domain.words.label import Label


@dataclass(frozen=True, slots=True)
class Terms:
    """The contract as it stood when the ticket was opened. Stored in histories.

    Attributes:
        levels: level ids, gravest first; ``level_names``: what the contract calls them.
        kind_names: what the document calls a kind of promise, where it has a word of its own.
        services: the pack's kinds of service, by their codes (001-10); ``categories``: of support (000-06).
        fact_defaults: what is assumed of a fact that nobody has stated.
        clauses: in the order of the document.
        remote_calendar: hours of remote service that the contract sets (000-25); None: none.
        source: file name of the document that the clauses' lines count in.
        route: stages that the pack proposes, in order.
        detours: a fact, its value, and the route proposed instead where it holds; the first that does counts.
        pause_caps: working days after which a pause of this reason ends by itself; None: no cap.
        pause_reasons: those for which a person may pause.
        confirmation_days: working days after which silence confirms a resolution.
        reported_times: whether an engineer's own statement of when they acted counts.
        major_needs_approval: whether a major incident waits for the customer's departments.
        approval_pauses: whether the clock to resolve stands still meanwhile (000-11).
        approval_reminders_min: minutes after which the departments are reminded.
        remote_silence_min: minutes after which an unanswered request for remote access is reported (000-24).
        vendor_reminders_min: minutes after which a vendor who has a case and says nothing is reminded.
        call_ladder: the roles that are called one after the other while nobody answers for what is grave, broken or
            nobody's; the last again and again. Empty: nobody is.
        call_every_min: minutes between them.
        heartbeat_min: minutes after which silence from the site is reported (003-08); None: never.
        vendor_leg: whether the stage vendor, or on site with the cause unknown, opens a vendor's case (003-07).
        expert_at_half: whether half of the budget to resolve moves the work to the experts (004-09).
        emergency_on_breach: whether a missed resolve moves it on to the emergency (004-10).
        plan_one_after_min: minutes after which plan one starts without objection; None: only by hand.
        consultation_levels: levels at which half of resolve, or a missed plan, opens a consultation (000-28).
        rungs: percent of a budget at which an alarm is raised, and whom it reaches: roles, or ``owner``
            (the engineer in charge, or the hotline).
        follow_up: whether the five steps of 004-04 must be done or waived before closing.
        log_asks: what a resolution must say beside its summary: cause, measures, prevention (001-30, 002-07).
        departments: the customer's departments that must all approve a major incident (000-09).
        expert_levels: levels at which the experts are called at the opening (003-16, 004-15).
        major_levels: levels at which a report is a candidate for a major incident (000-08).
        paid_causes: causes of a fault whose work is charged (001-08).
        begins_on: the first day of the contract, in China; ``ends_on``: the last. None: open.
        covered: whether a contract was in force when the report came, or the caller is not known yet; else only
            respond counts and work is charged (002-19).
        without_onsite: levels that have no on-site service (001-07).
        customer_severity: whether the severity that the customer set is lowered only by consent (001-19).
        vendor_needs_authorisation: whether calling a vendor needs the customer's standing authorisation (004-05),
            which holds until ``authorised_until``.
        agreed: false where the contract that the report names was not found: then these are the terms of a pack.
        edition: of the rules that are law and no terms; a ticket keeps the one it was opened under.
        signers: public keys, by their ids, whose signature vouches for the sender of a command; empty: the ticket
            is older than signatures.
    """

    contract: str
    pack: str
    version: str
    levels: tuple[str, ...]
    clauses: tuple[Clause, ...]
    calendars: tuple[Calendar, ...]
    schedule: Schedule
    level_names: dict[str, Label] = field(default_factory=dict)
    kind_names: dict[str, Label] = field(default_factory=dict)
    services: dict[str, Label] = field(default_factory=dict)
    categories: dict[str, Label] = field(default_factory=dict)
    fact_defaults: dict[str, FactValue] = field(default_factory=dict)
    source: str = ""
    remote_calendar: str | None = None
    route: tuple[str, ...] = ("phone", "remote", "onsite")
    detours: tuple[tuple[str, FactValue, tuple[str, ...]], ...] = ()
    pause_caps: dict[str, int | None] = field(default_factory=dict)
    pause_reasons: tuple[str, ...] = ("customer",)
    confirmation_days: int = 3
    reported_times: bool = True
    major_needs_approval: bool = False
    approval_pauses: bool = True
    approval_reminders_min: tuple[int, ...] = (5, 10, 15)
    remote_silence_min: int = 15
    vendor_reminders_min: tuple[int, ...] = (60, 120, 240)
    call_ladder: tuple[str, ...] = ()
    call_every_min: int = 5
    heartbeat_min: int | None = None
    vendor_leg: bool = False
    expert_at_half: bool = False
    emergency_on_breach: bool = False
    plan_one_after_min: int | None = None
    consultation_levels: tuple[str, ...] = ()
    rungs: dict[int, tuple[str, ...]] = field(default_factory=dict)
    follow_up: bool = False
    log_asks: tuple[str, ...] = ()
    departments: tuple[str, ...] = ("technical", "business")
    expert_levels: tuple[str, ...] = ()
    major_levels: tuple[str, ...] = ()
    paid_causes: tuple[str, ...] = ()
    begins_on: date | None = None
    ends_on: date | None = None
    covered: bool = True
    without_onsite: tuple[str, ...] = ()
    customer_severity: bool = False
    vendor_needs_authorisation: bool = False
    authorised_until: datetime | None = None
    agreed: bool = True
    edition: int = 1
    signers: dict[str, str] = field(default_factory=dict)


#: From this edition on nobody resolves on the acceptance of a change, nor sends anybody on a consent to pay, that they
#: recorded themselves; and nothing that has its place behind the close counts as told late before it.
EDITION_2 = 2
#: From this edition on whoever worked on a ticket neither approves nor surveys it, and nobody grants what they ever
#: asked for.
EDITION_3 = 3
#: From this edition on whoever identifies or classifies states something, and another customer brings their contact and
#: takes no reports along that ended in the ticket; and a visit has its order, person by person.
EDITION_4 = 4
#: From this edition on a command is believed by the keys that the worker trusts when it comes, and no others; and the
#: read model is told of 24 entries at once instead of 20.
EDITION_5 = 5
#: From this edition on nobody is put in charge who is; engineers and experts hand over what they are in charge of; a
#: vendor who has a case and says nothing is reminded; and no part is ordered for what is or may be major before that is
#: approved, as none is reserved.
EDITION_6 = 6
#: From this edition on nobody is sent who has set out already, and a survey is made once.
EDITION_7 = 7
#: From this edition on somebody who is called has to answer, or the next ones are called; and nobody agrees to wait for
#: what is owed no more.
EDITION_8 = 8
#: From this edition on whoever agrees to the later arrival that a clause itself names does so in writing; and what is
#: confirmed is told of each working day until it is closed, when nothing is missing for it, too;
#: and who was too late to decide reads who has decided so that their name can stand beside it.
EDITION_9 = 9
#: The edition of a ticket that is opened today.
EDITION = 9


def in_force(begins_on: date | None, ends_on: date | None, at: datetime) -> bool:
    """Whether a contract of these days is in force at an instant; its first and last day, China's, included."""
    day = at.astimezone(CHINA).date()
    return (begins_on is None or begins_on <= day) and (ends_on is None or day <= ends_on)


def which_counts(
    contracts: Iterable[tuple[bool, date | None, date | None]], at: datetime
) -> tuple[date | None, date | None]:
    """The days of the contract that counts at an instant, of one and of those that follow it: its own while it is in
    force, else those of another that is, else of the next to begin, else its own.

    ``contracts``: whether it is the one itself, and its first and last day.
    """
    day = at.astimezone(CHINA).date()

    def rank(contract: tuple[bool, date | None, date | None]) -> tuple[bool, bool, date, bool]:
        is_itself, begins_on, ends_on = contract
        to_come = begins_on if begins_on is not None and begins_on > day else None
        return not in_force(begins_on, ends_on, at), to_come is None, to_come or date.min, not is_itself

    _, begins_on, ends_on = min(contracts, key=rank)
    return begins_on, ends_on


_KNOWN: dict[tuple[str, str], Terms] = {}


def shared(terms: Terms) -> Terms:
    """Equal terms as one object for all tickets of a process: they are by far the largest part of a ticket."""
    known = _KNOWN.get((terms.contract, terms.version))
    if known == terms:
        return known
    _KNOWN[terms.contract, terms.version] = terms
    return terms
