"""Newcomers: what had been asked before somebody became one of those who answer it, so that they hear of it, too."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.matters.matter import Asked
from domain.ticket.timeline import Entry, Happening


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question as a timeline has it: what asks it, what answers it, and the field that tells several apart."""

    asked: Happening
    answers: frozenset[Happening] = frozenset()
    field: str = ""


_ASKING: dict[Asked, _Asking] = {
    # Each department answers by itself, see ``departments_heard``.
    Asked.APPROVAL: _Asking(Happening.MAJOR_APPLIED),
    Asked.REMOTE_GRANT: _Asking(Happening.REMOTE_REQUESTED),
    Asked.PART_AGREEMENT: _Asking(
        Happening.PART_REQUESTED, frozenset({Happening.PART_AGREED, Happening.PART_REFUSED}), "part"
    ),
    Asked.CHANGE_AGREEMENT: _Asking(
        Happening.CHANGE_PROPOSED, frozenset({Happening.CHANGE_AGREED, Happening.CHANGE_REFUSED}), "change"
    ),
    Asked.CHANGE_ACCEPTANCE: _Asking(
        Happening.CHANGE_MADE, frozenset({Happening.CHANGE_ACCEPTED, Happening.CHANGE_REFUSED}), "change"
    ),
    Asked.CONFIRMATION: _Asking(Happening.RESOLVED),
}

#: All that says of a ticket what its customer is still asked.
TOLD_BY = frozenset({each.asked for each in _ASKING.values()}).union(
    {Happening.APPROVED}, *(each.answers for each in _ASKING.values())
)


def still_asked(waits_for: Iterable[str], entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries that ask what the ticket still waits for, of its entries in their order."""
    for one in waits_for:
        yield from _asking(Asked(one), entries).values()


def asks(asked: Asked, about: str | None, entries: Sequence[Entry]) -> Entry | None:
    """The entry that asks this, of one of several, and that nothing has answered since."""
    return _asking(asked, entries).get(about)


def asked_by(entry: Entry) -> tuple[Asked, str | None] | None:
    """What an entry asks, and about which one of several; None: nothing."""
    for asked, asking in _ASKING.items():
        if entry.happening is asking.asked:
            return asked, entry.data.get(asking.field)
    return None


def _asking(asked: Asked, entries: Sequence[Entry]) -> dict[object, Entry]:
    """Of one of several each, the entry that asks, unless one behind it answers."""
    asking, open_ = _ASKING[asked], dict[object, Entry]()
    for entry in entries:
        about = entry.data.get(asking.field)
        if entry.happening is asking.asked:
            open_[about] = entry
        elif entry.happening in asking.answers:
            open_.pop(about, None)
    return open_


def departments_heard(application: Entry, entries: Sequence[Entry]) -> frozenset[str]:
    """The departments that have approved an application already."""
    since = (entry for entry in entries if entry.seq > application.seq and entry.happening is Happening.APPROVED)
    said = (entry.data.get("department") or entry.actor.department for entry in since)
    return frozenset(str(each) for each in said if each)
