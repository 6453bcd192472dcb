"""S15: who records a customer's word never acts on it, nor records a yes to their own work (000-24, 001-29, 002-14).

Who has handed over the link by which it came could have opened it themselves, so they stand to it as if they had.
"""

from collections.abc import Callable, Iterator, Sequence

from tests.separation import record
from tests.separation.laws import KEPT, Contract, live_grant
from tests.separation.record import Line

#: Of the customer's words, one line for each, those on which an act rests: where there are several, one is enough.
_Words = Callable[[Contract, Sequence[Line], Line], Iterator[Line | None]]


def s15(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """Of the words on which somebody acts, one at least came from the customer, or another person recorded it."""
    own = _own_work(past, line) or _own_acceptance(past, line)
    if own is not None:
        return own
    words = [word for word in _RESTS_ON.get(line.did, _on_nothing)(contract, past, line) if word is not None]
    if not words or line.role == "system":
        return None
    if all(_was_recorded_by(line.who, word) for word in words):
        alone = line.did == "remote_started" and words[0].data.get("recorded_alone") and line.data.get("recorded_alone")
        return KEPT if alone else f"{line.did} by {line.who}, who recorded that the customer agrees"
    return KEPT


def _own_acceptance(past: Sequence[Line], line: Line) -> str | None:
    """Whoever resolves has recorded none of the acceptances that large changes are owed."""
    changes = [change for change in record.changes(past) if change.made and change.large and change.accepted]
    if line.did != "resolved" or not changes:
        return None
    spoken = (_said_last(past, "change_accepted", "change", change.id) for change in changes if not change.refused)
    own = [word for word in spoken if word and _was_recorded_by(line.who, word)]
    return f"resolved by {line.who}, who recorded an acceptance" if own else KEPT


def _own_work(past: Sequence[Line], line: Line) -> str | None:
    """A recorded yes is none to the work of who records it."""
    recorder = _recorder(line)
    if recorder is None or line.did not in {"confirmed", "change_accepted"}:
        return None
    done = (
        record.last(past, "resolved")
        if line.did == "confirmed"
        else _said_last(past, "change_made", "change", line.data.get("change"))
    )
    return f"{line.did}: recorded by {recorder}, whose work it is" if done and done.who == recorder else KEPT


def _was_recorded_by(who: str, word: Line) -> bool:
    return _recorder(word) == who


def _recorder(word: Line) -> str | None:
    """Who of ours took the customer's word down, or handed over the link to it."""
    handed_by: str | None = word.data.get("handed_by")
    return word.who if word.data.get("on_behalf") else handed_by


def _said_last(past: Sequence[Line], did: str, field: str, name: object) -> Line | None:
    """The latest line of that kind about the one of that name; no name: about any."""
    about = (each for each in reversed(past) if each.did == did and name in {None, each.data.get(field)})
    return next(about, None)


def _on_nothing(_: Contract, __: Sequence[Line], ___: Line) -> Iterator[Line | None]:
    yield from ()


def _on_the_grant(_: Contract, past: Sequence[Line], line: Line) -> Iterator[Line | None]:
    yield live_grant(past, line.at)


def _on_the_part(_: Contract, past: Sequence[Line], line: Line) -> Iterator[Line | None]:
    yield _said_last(past, "part_agreed", "part", line.data.get("part"))


def _on_the_change(_: Contract, past: Sequence[Line], line: Line) -> Iterator[Line | None]:
    yield _said_last(past, "change_agreed", "change", line.data.get("change"))


def _on_the_confirmation(_: Contract, past: Sequence[Line], __: Line) -> Iterator[Line | None]:
    word = record.last(past, "confirmed", "silence_confirmed")
    yield word if word and word.did == "confirmed" else None


def _on_the_price(contract: Contract, past: Sequence[Line], _: Line) -> Iterator[Line | None]:
    if record.facts(past).get("cause") in contract.paid_causes:
        yield from _consents(past, "paid_work", "001-08")


def _on_the_lowering(contract: Contract, past: Sequence[Line], line: Line) -> Iterator[Line | None]:
    scale = ("disastrous", "serious", "general")
    stated, wanted = record.facts(past).get("severity"), (line.data.get("facts") or {}).get("severity")
    if contract.severity_is_the_customers and stated and wanted and scale.index(wanted) > scale.index(stated):
        yield from _consents(past, "level_lowering", "001-19")


def _on_the_leave(contract: Contract, past: Sequence[Line], line: Line) -> Iterator[Line | None]:
    if contract.vendors_need_leave and line.data.get("vendor"):
        yield from _consents(past, "standing_authorisation", "004-05")


def _consents(past: Sequence[Line], *subjects: str) -> Iterator[Line | None]:
    given = record.consents(past)
    yield from (_said_last(past, "consented", "subject", subject) for subject in subjects if subject in given)


#: Act by act, the words on which it rests.
_RESTS_ON: dict[str, _Words] = {
    "remote_started": _on_the_grant,
    "part_reserved": _on_the_part,
    "part_ordered": _on_the_part,
    "change_made": _on_the_change,
    "closed": _on_the_confirmation,
    "dispatched": _on_the_price,
    "departed": _on_the_price,
    "arrived": _on_the_price,
    "classified": _on_the_lowering,
    "vendor_case_opened": _on_the_leave,
}
