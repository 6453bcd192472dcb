"""Clocks: what every change of a ticket does to its obligations. The one place where they are derived."""

from dataclasses import replace
from datetime import datetime
from itertools import groupby

from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.promises import Promise, Stop, moment_of, promises
from domain.ticket.obligations import Obligation, State
from domain.ticket.records import Act
from domain.ticket.ticket import Ticket

#: What a pause for lack of somebody's contribution stops, and what the wait for a confirmation stops.
FIXING = frozenset({Kind.RESTORE, Kind.RESOLVE, Kind.SUBSTITUTE})
WORKING = frozenset(Kind) - {Kind.REPORT, Kind.SURVEY}

#: On resolve these become cancelled unless they are settled.
POINTLESS_ONCE_RESOLVED = frozenset({Kind.PLAN, Kind.DEPART, Kind.ARRIVE, Kind.DIAGNOSE, Kind.SUBSTITUTE})

#: What the breach of a kind arms.
BREACH_ARMS = {Kind.RESOLVE: Arming.BREACH_RESOLVE, Kind.RESTORE: Arming.BREACH_RESTORE}

RESOLVED = "resolved"
STRICTER = "stricter"
NO_CLAUSE = "no_clause"
NOT_BREACHED = "not_breached"


def derive(ticket: Ticket, at: datetime) -> Ticket:
    """With every open obligation derived anew from the facts, which are as they are known at ``at``."""
    made = {promise.key: promise for promise in promises(ticket.terms, ticket.case)}
    kept = [_followed(known, made.pop(known.key, None), at) for known in ticket.obligations]
    new = [Obligation(promise) for promise in made.values()]
    done = [_met(ticket, _armed(ticket, obligation, at)) for obligation in (*kept, *new)]
    return _without_false_breaches(replace(ticket, obligations=_strictest_rule(done)))


def perform(ticket: Ticket, kinds: frozenset[Kind], act: Act) -> Ticket:
    """With an act that meets the obligations of these kinds; the first act of a kind counts."""
    first = {kind: act for kind in sorted(kinds) if kind not in ticket.acts}
    return derive(replace(ticket, acts=ticket.acts | first), act.accepted_at)


def arm(ticket: Ticket, arming: Arming, at: datetime, origin: Origin | None = None) -> Ticket:
    """With what this event arms counting. An event arms once, and an origin happens once."""
    moments = ticket.moments if origin is None else {origin: at} | ticket.moments
    return replace(ticket, armings={arming: at} | ticket.armings, moments=moments)


def stop(ticket: Ticket, kinds: frozenset[Kind], since: datetime, reason: str) -> Ticket:
    """With the clocks of these kinds standing still from ``since`` on."""
    return replace(ticket, stops=(*ticket.stops, Stop(kinds, since, reason=reason)))


def go_on(ticket: Ticket, reason: str, at: datetime) -> Ticket:
    """With the stop of this reason, where one stands, ended at ``at``."""
    ended = (
        replace(each, until=max(at, each.since)) if each.until is None and each.reason == reason else each
        for each in ticket.stops
    )
    return replace(ticket, stops=tuple(ended))


def cancel_pointless(ticket: Ticket) -> Ticket:
    """With what a resolution makes pointless cancelled; what is met, breached or let go stays."""
    return replace(
        ticket,
        obligations=tuple(
            each.dropped(State.CANCELLED, RESOLVED)
            if each.kind in POINTLESS_ONCE_RESOLVED and not each.settled and each.let_go is None
            else each
            for each in ticket.obligations
        ),
    )


def take_up_again(ticket: Ticket, at: datetime) -> Ticket:
    """With what the resolution cancelled back, and what it met by itself open again."""
    reopened = ticket.resolution.kinds if ticket.resolution else ()
    back = (
        replace(each.taken_up(), set_at=at)
        if each.reason == RESOLVED
        else replace(each, met_at=None, reported_late=False, set_at=at)
        if each.kind in reopened
        else each
        for each in ticket.obligations
    )
    acts = {kind: act for kind, act in ticket.acts.items() if kind not in reopened}
    return replace(ticket, obligations=tuple(back), acts=acts)


def stands_still(ticket: Ticket, obligation: Obligation) -> bool:
    """Whether a stop holds its clock at present."""
    return any(each.until is None and obligation.kind in each.kinds for each in ticket.stops)


def _followed(known: Obligation, promise: Promise | None, at: datetime) -> Obligation:
    """A known obligation under what the facts now promise; superseded where they promise nothing of the kind."""
    if promise is None:
        return known if known.settled or known.let_go else known.dropped(State.SUPERSEDED, NO_CLAUSE)
    if known.let_go is State.SUPERSEDED:
        known = replace(known.taken_up(), set_at=at if known.reason == NO_CLAUSE else known.set_at)
    return known.under(promise, at)


def _armed(ticket: Ticket, obligation: Obligation, at: datetime) -> Obligation:
    """Counting, where something that arms it has happened."""
    happened = [ticket.armings[arming] for arming in obligation.promise.armed if arming in ticket.armings]
    if not happened or obligation.armed_at is not None:
        return obligation
    if obligation.reason == NOT_BREACHED:
        obligation = obligation.taken_up()
    return replace(obligation, armed_at=min(happened), set_at=at)


def _met(ticket: Ticket, obligation: Obligation) -> Obligation:
    """Met, where somebody has done what it promises, armed or not."""
    act = ticket.acts.get(obligation.kind)
    if act is None or obligation.met_at is not None:
        return obligation
    if obligation.reason == RESOLVED:  # told late: it was done before the resolution made it pointless
        obligation = obligation.taken_up()
    began = moment_of(ticket.case, obligation.promise.origin)
    if began is None or began > act.accepted_at:
        began = ticket.moments[Origin.RECEIVED]
    return obligation.met(act.effective(began), act.accepted_at)


def _strictest_rule(obligations: list[Obligation]) -> tuple[Obligation, ...]:
    """Of one kind armed on different events the one due earlier rules; what is breached stays breached."""
    ruling: dict[Kind, Obligation] = {}
    armed = (each for each in obligations if each.armed_at is not None and each.let_go is None)
    for kind, rivals in groupby(sorted(armed, key=_rank), key=lambda each: each.kind):
        ruling[kind] = next(rivals)
    return tuple(
        each.dropped(State.SUPERSEDED, STRICTER)
        if each.armed_at and not each.let_go and not each.breached and ruling[each.kind] is not each
        else each
        for each in obligations
    )


def _rank(obligation: Obligation) -> tuple[str, bool, float]:
    due = obligation.promise.due_at
    return obligation.kind, due is None, due.timestamp() if due else 0.0


def _without_false_breaches(ticket: Ticket) -> Ticket:
    """With what was armed by a breach alone cancelled, once an act reported late shows that there was none."""
    breached = {each.kind for each in ticket.obligations if each.breached}
    false = {arming for kind, arming in BREACH_ARMS.items() if arming in ticket.armings and kind not in breached}
    if not false:
        return ticket
    armings = {arming: at for arming, at in ticket.armings.items() if arming not in false}
    kept = (
        replace(each.dropped(State.CANCELLED, NOT_BREACHED), armed_at=None)
        if false.intersection(each.promise.armed) and not armings.keys() & set(each.promise.armed) and not each.settled
        else each
        for each in ticket.obligations
    )
    return replace(ticket, armings=armings, obligations=tuple(kept))
