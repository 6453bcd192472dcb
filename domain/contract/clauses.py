"""Clauses: the timed promises of a contract pack, one object a cell of the table in the contract."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

FactValue = str | bool


class Kind(StrEnum):
    """What is promised. The order is that in which screens show obligations. Stored in histories."""

    RESPOND = "respond"
    CONTACT = "contact"
    HANDOVER = "handover"  # to an engineer or expert (004-07)
    CENTRE = "centre"  # the emergency support centre (004-14)
    PLAN = "plan"
    DEPART = "depart"
    ARRIVE = "arrive"
    DIAGNOSE = "diagnose"
    RESTORE = "restore"
    RESOLVE = "resolve"
    SUBSTITUTE = "substitute"
    REPORT = "report"
    SURVEY = "survey"


class Counting(StrEnum):
    """How a budget is counted. Stored in histories."""

    WALL = "wall"  # always
    SERVICE = "service"  # only inside the calendar's windows
    OPENING = "opening"  # from the calendar's next opening on always
    DEFERRED = "deferred"  # as wall time; a result outside the windows moves to the next opening
    WORKDAY_END = "workday_end"  # closing time of the n-th working day after the origin's day
    DAY_END = "day_end"  # 24:00 of the n-th calendar day after the origin's day


class Origin(StrEnum):
    """The instant a budget is counted from. Stored in histories."""

    RECEIVED = "received"
    FAULT = "fault"  # received, where nobody knows when the fault occurred
    BOOKED = "booked"  # received, where nothing was booked
    DISPATCHED = "dispatched"  # the appointment, where that is later
    ONSITE = "onsite"
    EMERGENCY = "emergency"
    VISIT_END = "visit_end"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Arming(StrEnum):
    """What makes an obligation count. Stored in histories."""

    NOW = "now"
    DISPATCHED = "dispatched"
    ONSITE = "onsite"
    EMERGENCY = "emergency"
    VISIT_END = "visit_end"  # once the fault is resolved (002-07)
    BREACH_RESOLVE = "breach:resolve"
    BREACH_RESTORE = "breach:restore"
    HALF_RESOLVE = "half:resolve"
    DECLARED = "declared"
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise for the levels and facts it names. Stored in histories.

    Attributes:
        id: requirement id, such as ``003-18``.
        budget: a duration, or a number of days for ``workday_end`` and ``day_end``.
        calendar: id of the calendar it is counted in; ``7*24`` where it counts always.
        remote: counted in the contract's hours of remote service, where it sets any (000-25).
        levels: level ids it applies to; empty: every level.
        when: for each fact named, the values under which it applies.
        consent: applies only once this consent is recorded (001-06).
        instead: silences the clauses of its kind that are not marked so.
        default: the document gives no number; this one is ours.
        met_by_opening: the opening meets it where somebody of the service side opens (004-07).
        until_restored: a restoration cancels it while it is open (003-16).
        unit: only an act of this unit meets it (003-16); empty: whoever acts.
        line: where it stands in the source document; 0 where no document says it.
    """

    id: str
    kind: Kind
    budget: timedelta | int
    counting: Counting
    calendar: str
    origin: Origin
    armed: tuple[Arming, ...] = (Arming.NOW,)
    remote: bool = False
    levels: tuple[str, ...] = ()
    when: dict[str, tuple[FactValue, ...]] = field(default_factory=dict)
    consent: str | None = None
    instead: bool = False
    default: bool = False
    met_by_opening: bool = False
    until_restored: bool = False
    unit: str = ""
    line: int = 0


def budget_text(budget: timedelta | int) -> str | int:
    """The budget as it travels: an ISO 8601 duration such as ``PT10M``, ``PT24H``, or the number of days."""
    if isinstance(budget, int):
        return budget
    hours, minutes = divmod(budget // timedelta(minutes=1), 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
