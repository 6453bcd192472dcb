"""Lowering: a promise is not put down in silence. What drops or postpones one says why, and an entry names each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.contract.labels import KINDS
from domain.matters.matter import NO_REASON, REASON, Matter
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.obligations import Obligation
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, in_a_row
from domain.words.refusals import Refusal

_DROPS = Label("此操作会取消或推迟下列时限：{kinds}", "It drops or postpones: {kinds}")


def says_why(ticket: Ticket, after: Ticket, command: Command) -> Refusal | None:
    """Whatever drops or postpones an open promise needs a reason; the first level given does not."""
    put_down = list(_put_down(_measured(ticket, after, command.accepted_at), after))
    if not put_down or REASON.of(command):
        return None
    names = ticket.terms.kind_names
    kinds = dict.fromkeys(was.kind for was, _ in put_down)
    return NO_REASON.adding(_DROPS.filled(kinds=in_a_row(names.get(each, KINDS[each]) for each in kinds)))


def on_record(before: Ticket, after: Ticket, at: datetime) -> Ticket:
    """With one entry that names every open promise that was put down, with its due time before and after."""
    changed = [_told(was, now) for was, now in _put_down(_measured(before, after, at), after)]
    if not changed:
        return after
    return after.write(Happening.PROMISES_CHANGED, at=at, recorded_at=at, data={"changed": changed})


def react(before: Ticket, after: Ticket, _: Happening, at: datetime) -> Ticket:
    """Whichever act stated another level, other facts or another contract."""
    same = (before.level, before.facts, before.terms.contract) == (after.level, after.facts, after.terms.contract)
    return after if same else on_record(before, after, at)


def _measured(before: Ticket, after: Ticket, at: datetime) -> Ticket:
    """What the ticket is measured by: as it stood, or where it gets its first level, as that alone makes it stand.

    The levels of another pack say nothing of how it stood.
    """
    if before.level is not None or after.level is None or before.terms.pack != after.terms.pack:
        return before
    return clocks.derive(replace(before, level=after.level), at)


def _put_down(before: Ticket, after: Ticket) -> Iterator[tuple[Obligation, Obligation | None]]:
    """What was open, armed or not, and is promised no more, or later; with what stands in its place."""
    for was in before.obligations:
        if was.settled or was.let_go is not None:
            continue
        now = _in_its_place(was, after)
        if now is None or _is_later(was, now):
            yield was, now


def _in_its_place(was: Obligation, after: Ticket) -> Obligation | None:
    """The same promise, else of those of its kind the one that is due first."""
    rivals = [each for each in after.obligations if each.kind is was.kind and each.let_go is None]
    known = [each for each in rivals if each.promise.due_at is not None]
    first = min(known, key=lambda each: each.promise.due_at, default=None)  # type: ignore[arg-type,return-value]  # each has one
    return next((each for each in rivals if each.key == was.key), first)


def _is_later(was: Obligation, now: Obligation) -> bool:
    """Whether it is due later; of what has not begun to count, whether it has a longer budget."""
    before, after = was.promise.due_at, now.promise.due_at
    if now.settled or (before is None and after is not None):
        return False
    if before is not None:
        return after is None or after > before
    mine, other = was.promise.clause, now.promise.clause
    return type(mine.budget) is not type(other.budget) or other.budget > mine.budget  # type: ignore[operator]  # alike


def _told(was: Obligation, now: Obligation | None) -> dict[str, Any]:
    """One promise as the entry names it; without ``after`` it is dropped, or waits for something else to happen."""
    due_at = now.promise.due_at if now else None
    return {
        "obligation": was.key,
        "kind": was.kind,
        "clause": was.promise.clause.id,
        "before": was.promise.due_at and was.promise.due_at.isoformat(),
        "after": due_at and due_at.isoformat(),
        "dropped": now is None,
    }


MATTER = Matter(reacts=react)
