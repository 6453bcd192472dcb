"""Findings: what lint has to say about a pack, in both languages."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.contract.calendars import Calendar
from domain.contract.clauses import Clause, Counting
from domain.contract.labels import COUNTINGS, KINDS
from domain.contract.phrases import Phrases, in_both
from domain.words.label import Label
from policies.expand import calendar_of
from policies.pack import Pack


class FindingKind(StrEnum):
    """What was found."""

    RIVALS = "rivals"  # clauses of one kind that apply in the same case
    SCALES = "scales"  # several scales of gravity in one document
    ORDER = "order"  # what must come first is promised no earlier
    REPAIR = "repair"  # two numbers for one repair
    DEFAULT = "default"  # a value that the customer did not give us


_DAYS = Label("{days} 天（{counting}）", "{days} days ({counting})")


@dataclass(frozen=True, slots=True)
class Finding:
    """A conflict or a default, by clause id. No levels: it is about all of them."""

    pack: str
    finding: FindingKind
    clauses: tuple[str, ...]
    levels: tuple[str, ...]
    message: Label

    def as_json(self) -> dict[str, object]:
        """As it is printed for programs."""
        return {
            "pack": self.pack,
            "finding": self.finding,
            "clauses": self.clauses,
            "levels": self.levels,
            **self.message.as_json(),
        }


def promise_text(pack: Pack, clause: Clause) -> Label:
    """A clause in few words: id, kind, budget, and where it counts."""
    return in_both(lambda words: f"{clause.id} {KINDS[clause.kind].to(words.language)} {_budget(pack, clause, words)}")


def hours_text(calendar: Calendar) -> Label:
    """When a calendar is open."""
    return in_both(lambda words: words.hours(calendar))


def _budget(pack: Pack, clause: Clause, words: Phrases) -> str:
    if isinstance(clause.budget, int):
        return _DAYS.filled(days=clause.budget, counting=COUNTINGS[clause.counting]).to(words.language)
    if clause.counting is Counting.WALL:
        return words.duration(clause.budget)
    return f"{words.duration(clause.budget)} {_hours_of(pack, clause.calendar, words)}"


def _hours_of(pack: Pack, calendar: str, words: Phrases) -> str:
    """`5*8` as people say it; what only the pack calls so, by when it is open."""
    return calendar if "*" in calendar else words.hours(calendar_of(pack.hours[calendar]))


def no_shorter(one: timedelta | int, other: timedelta | int) -> bool:
    """Whether a budget is as long as another or longer; days and durations do not compare."""
    return isinstance(one, timedelta) and isinstance(other, timedelta) and one >= other
