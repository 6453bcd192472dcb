"""Escalation: the rungs of an obligation: warnings, breach and what that brings, each raised once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Arming, Kind
from domain.contract.promises import rung_at
from domain.matters import calls, ladder, vendor_cases
from domain.matters.consultations import open_by_itself
from domain.matters.emergency import start_by_itself
from domain.matters.matter import Matter
from domain.people.actors import SYSTEM, Role
from domain.ticket import clocks
from domain.ticket.deadlines import Deadline, Event, addressees, lateness_ms
from domain.ticket.obligations import BREACH, Alarm, Obligation
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

_HALF = 50


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next rung of every obligation that counts, and shares of the budget to resolve that bring something."""
    for obligation in ticket.obligations:
        if obligation.counts and not clocks.stands_still(ticket, obligation):
            yield from _next_rung(ticket, obligation)
            yield from _half(ticket, obligation)
        if obligation.counts and obligation.kind is Kind.RESOLVE and ticket.stage.is_work:
            yield from _without_pauses(ticket, obligation)


def raise_rung(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The rung is raised, and the breach brings what it brings."""
    obligation = next(each for each in ticket.obligations if each.key == deadline.key)
    late = lateness_ms(now, deadline.at, obligation.set_at)
    again = obligation.raised(deadline.rung)
    alarm = () if again else (Alarm(deadline.rung, deadline.at, now, late),)
    marked = replace(
        obligation,
        alarms=(*obligation.alarms, *alarm),
        breached=obligation.breached or deadline.rung == BREACH,
    )
    before, kept = ticket, tuple(marked if each is obligation else each for each in ticket.obligations)
    ticket = replace(ticket, obligations=kept)
    if deadline.rung == BREACH:
        ticket = calls.broken(ticket, marked, deadline.at, now)
    ticket = ticket.write(
        Happening.PROMISE_BREACHED if again else Happening.ALARM_RAISED,
        at=deadline.at,
        recorded_at=now,
        data=_about(ticket, marked, deadline.rung, late) | calls.said(before, ticket),
    )
    return _breached(ticket, marked.kind, deadline.at, now) if deadline.rung == BREACH else ticket


def spend_half(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Half of the budget to resolve is spent: the experts come in."""
    at = deadline.at
    ticket = replace(ticket, half_spent_at=at)
    ticket = ticket.write(Happening.HALF_SPENT, at=at, recorded_at=now, data={"obligation": deadline.key})
    if ticket.terms.expert_at_half and ticket.stage.before(Stage.EXPERT):
        ticket = _moved(ticket, Stage.EXPERT, "004-09", at, now)
    return open_by_itself(ticket, at, now)


def arm_by_share(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """So much of the budget to resolve would be spent had nobody paused: what that arms counts (001-32, 002-05)."""
    at, arming = deadline.at, clocks.SHARE_ARMS[deadline.rung]
    ticket = clocks.derive(clocks.arm(ticket, arming, at), at)
    if arming is not Arming.HALF_RESOLVE:
        return ticket
    return ticket.write(Happening.HALF_SPENT, at=at, recorded_at=now, data={"obligation": deadline.key})


def start_plan(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nobody objected: the plan starts, and leads into the emergency (004-10)."""
    number = ticket.plan.number if ticket.plan else ""
    begun = ladder.follow(start_by_itself(ticket, deadline.at), Happening.EMERGENCY_PLAN_STARTED, deadline.at)
    led = {} if begun.stage is ticket.stage else {"stage": begun.stage}
    about = {"plan": number, "reason": "004-10", **led}
    begun = begun.write(Happening.EMERGENCY_PLAN_STARTED, at=deadline.at, recorded_at=now, data=about)
    return vendor_cases.tell_opened(ticket, begun, deadline.at, now)


def _breached(ticket: Ticket, kind: Kind, at: datetime, now: datetime) -> Ticket:
    """What a missed promise brings: the next one armed, the emergency, a consultation."""
    arming = clocks.BREACH_ARMS.get(kind)
    if arming:
        ticket = clocks.derive(clocks.arm(ticket, arming, at), at)
    tried = {Stage.EXPERT, Stage.VENDOR}.intersection(ticket.entered)
    if kind is Kind.RESOLVE and ticket.terms.emergency_on_breach and tried and ticket.stage.before(Stage.EMERGENCY):
        return _moved(ticket, Stage.EMERGENCY, "004-10", at, now)
    return open_by_itself(ticket, at, now) if kind is Kind.PLAN else ticket


def _moved(ticket: Ticket, stage: Stage, clause: str, at: datetime, now: datetime) -> Ticket:
    after = ladder.enter(ticket, stage, at)
    said = {"stage": stage, "reason": clause, **ladder.said_of_plan(ticket, after)}
    moved = after.write(Happening.ADVANCED, at=at, recorded_at=now, actor=SYSTEM, data=said)
    return vendor_cases.tell_opened(ticket, moved, at, now)


def _next_rung(ticket: Ticket, obligation: Obligation) -> Iterator[Deadline]:
    """One below the breach only if it lay ahead when the obligation was armed or re-derived."""
    for rung in sorted(ticket.terms.rungs):
        if _is_behind(obligation, rung):
            continue
        at = _instant(ticket, obligation, rung)
        if at is None or (rung < BREACH and obligation.set_at is not None and at <= obligation.set_at):
            continue
        yield Deadline(obligation.key, at, Event.RUNG, obligation.key, rung)
        return


def _is_behind(obligation: Obligation, rung: int) -> bool:
    """Whether nothing more can happen at this rung."""
    if rung == BREACH:
        return obligation.breached
    return obligation.raised(rung) or (rung < BREACH and obligation.breached)


def _instant(ticket: Ticket, obligation: Obligation, rung: int) -> datetime | None:
    """When the rung is due; what is breached keeps its due time."""
    if rung == BREACH:
        return obligation.promise.due_at
    return rung_at(ticket.terms, ticket.case, obligation.promise, rung)


def _half(ticket: Ticket, obligation: Obligation) -> Iterator[Deadline]:
    """Half of the budget to resolve, once, where that brings anything."""
    if obligation.kind is not Kind.RESOLVE or ticket.half_spent_at is not None or not _half_matters(ticket):
        return
    at = rung_at(ticket.terms, ticket.case, obligation.promise, _HALF)
    if at is not None:
        yield Deadline(obligation.key, at, Event.HALF, obligation.key)


def _half_matters(ticket: Ticket) -> bool:
    return ticket.terms.expert_at_half or ticket.level in ticket.terms.consultation_levels


def _without_pauses(ticket: Ticket, obligation: Obligation) -> Iterator[Deadline]:
    """When so much would be spent had nobody paused, once, where that arms something."""
    armable = {arming for each in ticket.obligations for arming in each.promise.armed}
    for share, arming in clocks.SHARE_ARMS.items():
        if arming in ticket.armings or arming not in armable:
            continue
        case, promise = clocks.without_pauses(ticket, obligation)
        at = promise.due_at if share == BREACH else rung_at(ticket.terms, case, promise, share)
        if at is not None:
            yield Deadline(obligation.key, at, Event.SHARE, obligation.key, share)


def _about(ticket: Ticket, obligation: Obligation, rung: int, late: int) -> dict[str, object]:
    due_at = obligation.promise.due_at
    return {
        "alarm": Event.RUNG,
        "obligation": obligation.key,
        "kind": obligation.kind,
        "clause": obligation.promise.clause.id,
        "rung": rung,
        "due_at": due_at and due_at.isoformat(),
        "lateness_ms": late,
        **addressees(ticket, _reached(ticket, obligation.kind, rung)),
        **_who_resolved(ticket, obligation.kind, rung),
    }


def _who_resolved(ticket: Ticket, kind: Kind, rung: int) -> dict[str, object]:
    """A report is owed by whoever resolved the ticket, where nobody is in charge of it."""
    reaches = ticket.terms.rungs[rung]
    if kind is not Kind.REPORT or ticket.assignee or ticket.resolution is None or "owner" not in reaches:
        return {}
    return {"roles": [word for word in reaches if word != "owner"], "people": [ticket.resolution.by]}


def _reached(ticket: Ticket, kind: Kind, rung: int) -> tuple[str, ...]:
    """Whom the rung reaches: of a survey the supervisor, of a substitute the stock keeper beside the owner."""
    words = {Kind.SURVEY: (Role.SUPERVISOR,), Kind.SUBSTITUTE: ("owner", Role.STOCK_KEEPER)}
    owners = words.get(kind, ("owner",))
    reaches = ticket.terms.rungs[rung]
    return tuple(each for word in reaches for each in (owners if word == "owner" else (word,)))


MATTER = Matter(
    waits=waits,
    brings={Event.RUNG: raise_rung, Event.HALF: spend_half, Event.SHARE: arm_by_share, Event.PLAN_STARTS: start_plan},
)
