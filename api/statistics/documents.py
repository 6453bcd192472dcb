"""Statistics as managers, supervisors and auditors get them."""

from datetime import datetime
from typing import Generic, TypeVar

from api.http.documents import Document
from api.http.instants import Shown
from domain.statistics import Outcome
from store.statistics.asking import Age, Lengths, Load, Promises

Item = TypeVar("Item", bound=Document)


class Statistics(Document, Generic[Item]):
    """``as_of``: each month is counted as of then or later; absent where one has not been counted yet."""

    as_of: Shown | None = None
    items: list[Item]

    @classmethod
    def counted(cls, items: list[Item], as_of: datetime | None) -> "Statistics[Item]":
        """What was counted, since when."""
        return cls(items=items) if as_of is None else cls(items=items, as_of=as_of)


class PromisesOfAMonth(Document):
    """Of the reports received in the month: how many promises of the group have which outcome.

    ``kind``: of a clause what it promises. ``late``: kept after it was broken; ``breached``: broken and not kept yet.
    """

    month: str
    group: str
    kind: str | None = None
    met: int
    late: int
    breached: int
    open: int
    waived: int

    @classmethod
    def of(cls, one: Promises) -> "PromisesOfAMonth":
        """Outcomes that nobody had are 0."""
        kind = {} if one.kind is None else {"kind": one.kind}
        counts = {outcome.value: one.outcomes.get(outcome, 0) for outcome in Outcome}
        return cls(month=f"{one.month:%Y-%m}", group=one.group, **kind, **counts)


class ReportsOfAMonth(Document):
    """What became of the reports that were received in the month."""

    month: str
    open: int
    closed: int
    discarded: int
    merged: int


class AgeOfTickets(Document):
    """Open tickets of a pack's level. ``below_hours``: younger than this, and than no smaller one; absent: older."""

    pack: str | None = None
    level: str | None = None
    below_hours: int | None = None
    tickets: int

    @classmethod
    def of(cls, one: Age) -> "AgeOfTickets":
        """What is not known of them is not there."""
        known = {"pack": one.pack, "level": one.level, "below_hours": one.below_h}
        return cls(**{name: value for name, value in known.items() if value is not None}, tickets=one.tickets)


class LoadOfAPerson(Document):
    """What somebody has in charge now, and closed of the reports of the months; ``late``: with a broken promise."""

    person: str
    name: str
    open: int
    open_late: int
    closed: int
    closed_late: int

    @classmethod
    def of(cls, one: Load, name: str) -> "LoadOfAPerson":
        """With the name that people know."""
        return cls(name=name, **one._asdict())


class StageDurations(Document):
    """How long closed tickets were in a stage, in seconds, within a hundredth. ``month``: absent for all together."""

    month: str | None = None
    stage: str
    tickets: int
    p50_s: float
    p90_s: float

    @classmethod
    def of(cls, one: Lengths) -> "StageDurations":
        """Of one month, or of all."""
        p50, p90 = one.percentiles
        return cls(**_month(one), stage=one.group, tickets=one.number, p50_s=round(p50, 1), p90_s=round(p90, 1))


class AlarmLateness(Document):
    """By how much alarms of a rung (percent of the budget) came late, in milliseconds. ``month``: as of stages."""

    month: str | None = None
    rung: int
    alarms: int
    p50_ms: float
    p99_ms: float
    max_ms: int

    @classmethod
    def of(cls, one: Lengths, latest: int) -> "AlarmLateness":
        """Of one month, or of all; the latest exactly."""
        p50, p99 = (min(round(each, 1), latest) for each in one.percentiles)
        return cls(**_month(one), rung=int(one.group), alarms=one.number, p50_ms=p50, p99_ms=p99, max_ms=latest)


def _month(one: Lengths) -> dict[str, str]:
    return {} if one.month is None else {"month": f"{one.month:%Y-%m}"}
