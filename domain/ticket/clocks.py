"""Clocks: what every change of a ticket does to its obligations. The one place where they are derived."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby

from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.promises import Case, Promise, Stop, counted_after, moment_of, promises, recounted
from domain.ticket.commands import Command, CommandKind
from domain.ticket.obligations import Obligation, State
from domain.ticket.records import Act
from domain.ticket.ticket import Ticket

#: What a pause for lack of somebody's contribution stops, and what the wait for a confirmation stops.
FIXING = frozenset({Kind.RESTORE, Kind.RESOLVE})
WORKING = frozenset(Kind) - {Kind.REPORT, Kind.SURVEY}

#: On resolve these become cancelled unless they were settled before it took effect.
POINTLESS_ONCE_RESOLVED = frozenset(
    {Kind.HANDOVER, Kind.CENTRE, Kind.PLAN, Kind.DEPART, Kind.ARRIVE, Kind.DIAGNOSE, Kind.SUBSTITUTE}
)

#: Why clocks stand still while the customer has not confirmed a resolution; every other stop is a pause.
CONFIRMATION = "confirmation"

#: What the breach of a kind arms.
BREACH_ARMS = {Kind.RESOLVE: Arming.BREACH_RESOLVE, Kind.RESTORE: Arming.BREACH_RESTORE}
#: What shares of the budget to resolve, in percent and counted without the pauses, arm.
SHARE_ARMS = {50: Arming.HALF_RESOLVE, 100: Arming.BREACH_RESOLVE}

RESOLVED = "resolved"
RESTORED = "restored"
STRICTER = "stricter"
NO_CLAUSE = "no_clause"
NOT_BREACHED = "not_breached"


def derive(ticket: Ticket, at: datetime) -> Ticket:
    """With every open obligation derived anew from the facts, which are as they are known at ``at``."""
    made = {promise.key: promise for promise in promises(ticket.terms, ticket.case)}
    kept = [_followed(known, made.pop(known.key, None), at) for known in ticket.obligations]
    new = [Obligation(promise) for promise in made.values()]
    done = [_not_needed(ticket, _met(ticket, _armed(ticket, obligation, at))) for obligation in (*kept, *new)]
    return _without_false_breaches(replace(ticket, obligations=_strictest_rule(done)))


def perform(ticket: Ticket, kinds: frozenset[Kind], act: Act) -> Ticket:
    """With an act that meets the obligations of these kinds; of several the one that happened first counts."""
    if not kinds:
        return derive(ticket, act.accepted_at)
    acts = dict(ticket.acts)
    for kind in sorted(kinds):
        known = acts.get(kind, ())
        if all(act.adds_to(each) for each in known):
            acts[kind] = (*known, act)
    return derive(replace(ticket, acts=acts), act.accepted_at)


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


def counted_as_respond(ticket: Ticket, since: datetime, length: timedelta) -> datetime:
    """The instant so much later, as respond is counted: not at night for a level that sleeps."""
    respond = next((each for each in ticket.obligations if each.kind is Kind.RESPOND), None)
    return counted_after(ticket.terms, respond.promise, since, length) if respond else since + length


def cancel_pointless(ticket: Ticket) -> Ticket:
    """With what the resolution makes pointless cancelled; what was met, or due before it took effect, stays."""
    at = ticket.resolution.at if ticket.resolution else None
    return replace(
        ticket,
        obligations=tuple(
            each.cancelled(RESOLVED) if each.kind in POINTLESS_ONCE_RESOLVED and each.is_open(at) else each
            for each in ticket.obligations
        ),
    )


def cancel_open(ticket: Ticket, reason: str) -> Ticket:
    """With everything that is not settled cancelled: the ticket ends without a resolution."""
    return replace(
        ticket,
        obligations=tuple(
            each if each.settled or each.let_go is not None else each.dropped(State.CANCELLED, reason)
            for each in ticket.obligations
        ),
    )


def take_up_again(ticket: Ticket, at: datetime) -> Ticket:
    """With what the resolution cancelled back, what it met open again, and the report on it not asked for."""
    undone = {kind for kind, acts in ticket.acts.items() if kind in FIXING and any(act.resolving for act in acts)}
    acts: dict[Kind, tuple[Act, ...]] = {
        kind: tuple(act for act in known if kind not in undone or not act.resolving)
        for kind, known in ticket.acts.items()
        if kind != Kind.REPORT
    }
    back = (_taken_up_again(each, undone, at) for each in ticket.obligations)
    return replace(ticket, obligations=tuple(back), acts=acts)


def _taken_up_again(known: Obligation, undone: set[Kind], at: datetime) -> Obligation:
    if known.reason == RESOLVED:
        return replace(known.taken_up(), set_at=at)
    if known.kind is Kind.REPORT:
        return replace(known, armed_at=None, met_at=None, breached=False, reported_late=False)
    return replace(known, met_at=None, reported_late=False, set_at=at) if known.kind in undone else known


def without_pauses(ticket: Ticket, obligation: Obligation) -> tuple[Case, Promise]:
    """The case and the promise as they would be had nobody paused: by them a substitute is armed (002-05)."""
    case = replace(ticket.case, stops=tuple(each for each in ticket.stops if each.reason == CONFIRMATION))
    return case, recounted(ticket.terms, case, obligation.promise)


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
    """Met, where somebody has done what it promises, armed or not; by the act that happened first."""
    unit = obligation.promise.clause.unit
    acts = [act for act in ticket.acts.get(obligation.kind, ()) if unit in {"", act.unit}]
    if not acts:
        return obligation
    at, first = min(((effective_at(ticket, obligation.promise, act), act) for act in acts), key=lambda each: each[0])
    if obligation.met_at is not None and at >= obligation.met_at:
        return obligation
    if obligation.reason in {RESOLVED, RESTORED}:  # told late: it was done before
        obligation = obligation.taken_up()
    return obligation.met(at, first.accepted_at)


def act_of(ticket: Ticket, command: Command) -> Act:
    """The command as an act, with its stated time where the contract goes by that."""
    stated = command.occurred_at if ticket.terms.reported_times else None
    return Act(stated, command.accepted_at, command.data.get("unit") or "", command.kind is CommandKind.RESOLVE)


def takes_effect(ticket: Ticket, command: Command, mainly: Kind | None) -> datetime:
    """When a command counts that goes by its stated time, by the promise that it is mainly about."""
    armed = (each.promise for each in ticket.obligations if each.kind is mainly and each.armed_at)
    return effective_at(ticket, next(armed, None), act_of(ticket, command))


def effective_at(ticket: Ticket, promise: Promise | None, act: Act) -> datetime:
    """When an act counts for a promise; a resolution never before the last rejection or reopening."""
    began = moment_of(ticket.case, promise.origin) if promise else None
    if began is None or began > act.accepted_at:
        began = ticket.moments[Origin.RECEIVED]
    if act.resolving and ticket.reopened_at is not None:
        began = max(began, ticket.reopened_at)
    return act.effective(began)


def _not_needed(ticket: Ticket, obligation: Obligation) -> Obligation:
    """Cancelled, where a restoration makes it needless; what was due before that, or declared since, stays."""
    restored = [act for act in ticket.acts.get(Kind.RESTORE, ()) if not act.resolving]
    if not obligation.promise.clause.until_restored or not restored:
        return obligation
    at = min(effective_at(ticket, None, act) for act in restored)
    declared = ticket.armings.get(Arming.DECLARED)
    if declared is not None and declared > at:
        return obligation.taken_up() if obligation.reason == RESTORED else obligation
    return obligation.cancelled(RESTORED) if obligation.is_open(at) else obligation


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
    false = {arming for kind, arming in BREACH_ARMS.items() if arming in ticket.armings and not _missed(ticket, kind)}
    if not false:
        return ticket
    armings = {arming: at for arming, at in ticket.armings.items() if arming not in false}
    kept = (
        replace(each.cancelled(NOT_BREACHED), armed_at=None)
        if false.intersection(each.promise.armed)
        and not armings.keys() & set(each.promise.armed)
        and each.met_at is None
        and (each.let_go is None or each.reason == RESOLVED)
        else each
        for each in ticket.obligations
    )
    return replace(ticket, armings=armings, obligations=tuple(kept))


def _missed(ticket: Ticket, kind: Kind) -> bool:
    """Whether a promise of the kind was not kept in time; of resolve, in the time that pauses leave out of account."""
    return any(_is_missed(ticket, each) for each in ticket.obligations if each.kind is kind)


def _is_missed(ticket: Ticket, obligation: Obligation) -> bool:
    if obligation.breached or obligation.kind is not Kind.RESOLVE:
        return obligation.breached
    due = without_pauses(ticket, obligation)[1].due_at
    if due is None or due > ticket.armings[Arming.BREACH_RESOLVE]:
        return False
    return obligation.met_at is None or due < obligation.met_at
