"""Clauses: the timed promises of a contract pack, one object a cell of the table in the contract."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

FactValue = str | bool


class Kind(StrEnum):
    """What is promised. The order is that in which screens show obligations. Stored in histories."""

    RESPOND = "respond"
    CONTACT = "contact"
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
    DEFERRED = "deferred"  # as wall time; a result outside the windows moves to the next opening
    WORKDAY_END = "workday_end"  # closing time of the n-th working day after the origin's day
    DAY_END = "day_end"  # 24:00 of the n-th calendar day after the origin's day


class Origin(StrEnum):
    """The instant a budget is counted from. Stored in histories."""

    RECEIVED = "received"
    FAULT = "fault"  # received, where nobody knows when the fault occurred
    BOOKED = "booked"  # received, where nothing was booked
    DISPATCHED = "dispatched"
    ONSITE = "onsite"
    VISIT_END = "visit_end"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Arming(StrEnum):
    """What makes an obligation count. Stored in histories."""

    NOW = "now"
    DISPATCHED = "dispatched"
    ONSITE = "onsite"
    VISIT_END = "visit_end"
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
        calendar_fact: the fact that names another calendar, where it is known (000-25).
        levels: level ids it applies to; empty: every level.
        when: for each fact named, the values under which it applies.
        consent: applies only once this consent is recorded (001-06).
        unless_consent: applies only until this consent is recorded.
        instead: silences the clauses of its kind that are not marked so.
        default: the document gives no number; this one is ours.
        calendar_default: only the calendar is ours, as long as ``calendar_fact`` is not known.
        met_by_opening: channels through which a person's opening already meets it (004-07).
        met_also_by: command kinds that meet it besides those of its kind (004-07).
        line: where it stands in the source document; 0 where no document says it.
    """

    id: str
    kind: Kind
    budget: timedelta | int
    counting: Counting
    calendar: str
    origin: Origin
    armed: tuple[Arming, ...] = (Arming.NOW,)
    calendar_fact: str | None = None
    levels: tuple[str, ...] = ()
    when: dict[str, tuple[FactValue, ...]] = field(default_factory=dict)
    consent: str | None = None
    unless_consent: str | None = None
    instead: bool = False
    default: bool = False
    met_by_opening: tuple[str, ...] = ()
    met_also_by: tuple[str, ...] = ()
    calendar_default: bool = False
    line: int = 0


def budget_text(budget: timedelta | int) -> str | int:
    """The budget as it travels: an ISO 8601 duration such as ``PT10M``, ``PT24H``, or the number of days."""
    if isinstance(budget, int):
        return budget
    hours, minutes = divmod(budget // timedelta(minutes=1), 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
