"""Faults: what is wrong with a change of the registry, field by field, in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.words.label import Label, one_of


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field, and what would be right."""

    field: str
    message: Label

    def __str__(self) -> str:
        """For the command line."""
        return f"{self.field}: {self.message.zh} / {self.message.en}"


class FaultyError(ValueError):
    """A change that is not made."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


class InvalidError(FaultyError):
    """The fields are wrong by themselves, or name what does not exist."""


class ConflictError(FaultyError):
    """The fields are right, but something stands already that contradicts them."""


class UnknownError(LookupError):
    """There is nothing of that id."""


def refuse(faults: Iterable[Fault]) -> None:
    """Raise what is wrong, all of it, if anything is."""
    if found := tuple(faults):
        raise InvalidError(*found)


def not_among(field: str, known: Iterable[str]) -> Fault:
    """The value is none of those that there are."""
    valid = sorted(known)
    if not valid:
        return Fault(field, Label("尚无可选值，请先登记", "there is none yet; register it first"))
    return Fault(field, one_of(valid))


def already_taken(field: str) -> ConflictError:
    """An id that somebody or something has already."""
    return ConflictError(Fault(field, Label("已被使用，请换一个", "is taken already; choose another")))
