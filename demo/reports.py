"""Reports of the demo's week, as its files tell them."""

import hashlib
import re
from datetime import datetime, time, timedelta

from pydantic import BaseModel, ConfigDict

from domain.contract.calendars import CHINA, DAY, ticks, working_days
from domain.contract.clauses import FactValue
from domain.ticket.commands import CommandKind
from domain.ticket.numbers import numbers
from policies.loader import load_schedule

_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1)}
_ON_A_DAY = re.compile(r"(\d) (\d\d:\d\d)")
_WEEK_DAYS = 7


class ActRow(BaseModel):
    """Somebody's act, so long after the report; the rest is the command's data."""

    model_config = ConfigDict(extra="allow")

    who: str
    kind: CommandKind
    after: str


class ReportRow(BaseModel):
    """A report of the week.

    Attributes:
        received: how long before now, such as ``1 h 5 min``; or how many days before today and at what o'clock in
            China, such as ``5 14:20``.
        any_day: of the second kind, it may have come on a day when offices are closed.
        registered: we learnt of it only now.
        follows: the key of the closed ticket that this one goes on from.
    """

    model_config = ConfigDict(extra="forbid")

    key: str
    contract: str
    level: str
    title: str
    description: str
    channel: str
    contact: str
    received: str
    acts: list[ActRow]
    facts: dict[str, FactValue] = {}
    any_day: bool = False
    registered: bool = False
    follows: str | None = None

    @property
    def key_hash(self) -> str:
        """What its number is taken from."""
        return _hash(self.key)

    @property
    def number(self) -> str:
        """The same in every installation, so that nothing is opened twice."""
        return next(numbers(self.key_hash))

    @property
    def followed(self) -> str | None:
        """The number of the ticket that it follows."""
        return self.follows and next(numbers(_hash(self.follows)))

    def received_at(self, now: datetime) -> datetime:
        """When it reached us. An office calls on working days, in a week that has some."""
        match = _ON_A_DAY.fullmatch(self.received)
        if match is None:
            return now - duration(self.received)
        clock = time.fromisoformat(match[2])
        today = datetime.combine(now.astimezone(CHINA).date(), clock, CHINA)
        days = (today - timedelta(days=back) for back in range(int(match[1]), int(match[1]) + _WEEK_DAYS))
        past = [day for day in days if day <= now]
        return next((day for day in past if self.any_day or _is_worked(day)), past[0])


def _hash(key: str) -> str:
    return hashlib.sha256(f"demo week {key}".encode()).hexdigest()


def duration(text: str) -> timedelta:
    """Such as ``5 d 6 h`` or ``1 h 40 min``."""
    return sum((int(amount) * _UNITS[unit] for amount, unit in re.findall(r"(\d+) (d|h|min)", text)), timedelta())


def _is_worked(day: datetime) -> bool:
    return working_days(load_schedule()).place(ticks(day) // DAY)[1]
