"""Substitute devices: delivered to the customer, and fetched again (001-32, 002-05)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind
from domain.contract.promises import rung_at
from domain.matters.matter import AFTERWARDS, TEXT, Matter, Row, Several
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.obligations import Obligation
from domain.ticket.records import Substitute
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NONE_OUT = Refusal("no_substitute", Label("没有借出在外的设备。", "No substitute device is out."))

_SUBSTITUTE = Field("substitute", Type.WORD, required=False, among="substitutes")


def _may_return(device: Substitute, _: Command) -> Refusal | None:
    """A device comes back once."""
    return NONE_OUT if device.returned_at else None


_SEVERAL: Several[Substitute] = Several("substitutes", _SUBSTITUTE, NONE_OUT, steps={C.RETURN_SUBSTITUTE: _may_return})


_TIMER = "substitute"


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """That a substitute is promised now, and before that, half of the way to it; each once."""
    for each in ticket.obligations if ticket.stage.is_work else ():
        if each.kind is not Kind.SUBSTITUTE or each.let_go or each.met_at:
            continue
        if each.armed_at is not None:
            if Event.SUBSTITUTE_PROMISED not in ticket.substitute_told:
                yield Deadline(_TIMER, each.armed_at, Event.SUBSTITUTE_PROMISED, each.key)
        elif Event.SUBSTITUTE_SOON not in ticket.substitute_told:
            yield from _half_way(ticket, each)


def _half_way(ticket: Ticket, substitute: Obligation) -> Iterator[Deadline]:
    """Half of what has to be spent of the time to resolve; not where that is behind already."""
    shares = [share for share, arming in clocks.SHARE_ARMS.items() if arming in substitute.promise.armed]
    resolving = next((each for each in ticket.obligations if each.kind is Kind.RESOLVE and each.counts), None)
    if not shares or resolving is None or resolving.set_at is None:
        return
    case, promise = clocks.without_pauses(ticket, resolving)
    at = rung_at(ticket.terms, case, promise, min(shares) // 2)
    if at is not None and at > resolving.set_at:
        yield Deadline(_TIMER, at, Event.SUBSTITUTE_SOON, substitute.key)


def tell_the_stock(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Whoever has the devices learns that one is, or may soon be, promised (001-32, 002-05)."""
    promise = next(each.promise for each in ticket.obligations if each.key == deadline.key)
    due_at = promise.due_at
    return raise_alarm(
        replace(ticket, substitute_told=(*ticket.substitute_told, deadline.event)),
        deadline,
        now,
        obligation=deadline.key,
        kind=promise.kind,
        clause=promise.clause.id,
        due_at=due_at and due_at.isoformat(),
        lateness_ms=lateness_ms(now, deadline.at),
    )


def deliver(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """A device is at the customer's."""
    return replace(ticket, substitutes=(*ticket.substitutes, Substitute(f"S{len(ticket.substitutes) + 1}", at)))


def fetch_back(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """It is back."""
    return _SEVERAL.changed(ticket, command, lambda device: replace(device, returned_at=at))


MATTER = Matter(
    rows=(
        Row(
            C.DELIVER_SUBSTITUTE,
            Happening.SUBSTITUTE_DELIVERED,
            (TEXT,),
            does=deliver,
            says=_SEVERAL.newest,
            meets=frozenset({Kind.SUBSTITUTE}),
        ),
        Row(
            C.RETURN_SUBSTITUTE,
            Happening.SUBSTITUTE_RETURNED,
            (TEXT, _SUBSTITUTE),
            needs=_SEVERAL.fits,
            does=fetch_back,
            says=_SEVERAL.which,
            during=AFTERWARDS,
        ),
    ),
    waits=waits,
    brings={Event.SUBSTITUTE_SOON: tell_the_stock, Event.SUBSTITUTE_PROMISED: tell_the_stock},
)
