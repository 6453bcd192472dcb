"""Findings: what lint has to say about a pack, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.contract.clauses import Clause, Counting
from domain.contract.labels import KINDS
from domain.contract.phrases import CHINESE, ENGLISH, Phrases
from domain.words.label import Label


class FindingKind(StrEnum):
    """What was found."""

    RIVALS = "rivals"  # clauses of one kind that apply in the same case
    SCALES = "scales"  # several scales of gravity in one document
    ORDER = "order"  # what must come first is promised no earlier
    REPAIR = "repair"  # two numbers for one repair
    DEFAULT = "default"  # a value that the customer did not give us


@dataclass(frozen=True, slots=True)
class Finding:
    """A conflict or a default, by clause id. No levels: it is about all of them."""

    pack: str
    finding: FindingKind
    clauses: tuple[str, ...]
    levels: tuple[str, ...]
    zh: str
    en: str


def told(text: Callable[[Phrases], str]) -> Label:
    """The same sentence in both languages."""
    return Label(text(CHINESE), text(ENGLISH))


def promise_text(clause: Clause, words: Phrases) -> str:
    """A clause in few words: id, kind, budget, and where it counts."""
    return f"{clause.id} {words.label(KINDS[clause.kind])} {_budget(clause, words)}"


def _budget(clause: Clause, words: Phrases) -> str:
    if isinstance(clause.budget, int):
        return f"{clause.counting} {clause.budget}"
    hours = "" if clause.counting is Counting.WALL else f" {clause.calendar}"
    return f"{words.duration(clause.budget)}{hours}"


def no_shorter(one: timedelta | int, other: timedelta | int) -> bool:
    """Whether a budget is as long as another or longer; days and durations do not compare."""
    return isinstance(one, timedelta) and isinstance(other, timedelta) and one >= other
