"""Waits: for the customer's word, an approval, a grant, a sign of life. Each ends by itself or raises an alarm."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.acts import ending
from domain.gates.conditions import awaits_approval
from domain.matters.closing import close_if_complete
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.deadlines import Deadline, Event, addressees, lateness_ms, raise_alarm
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """All that a ticket waits for beside its promises."""
    if ticket.stage is Stage.RESOLVED:
        if ticket.resolution and not ticket.resolution.confirmed:
            yield Deadline("confirmation", ticket.resolution.silent_until, Event.SILENCE_CONFIRMS)
    elif ticket.stage.is_work:
        if ticket.pause and ticket.pause.until:
            yield Deadline("pause", ticket.pause.until, Event.PAUSE_CAP)
        yield from _remote(ticket)
        yield from _approval(ticket)
        yield from _heartbeat(ticket)
        yield from _plan(ticket)


def _remote(ticket: Ticket) -> Iterator[Deadline]:
    access = ticket.remote
    if access and access.asked_at and not access.silent:
        at = access.asked_at + timedelta(minutes=ticket.terms.remote_silence_min)
        yield Deadline("remote answer", at, Event.REMOTE_SILENCE)
    if access and access.granted_until:
        yield Deadline("remote grant", access.granted_until, Event.REMOTE_EXPIRY)


def _approval(ticket: Ticket) -> Iterator[Deadline]:
    last = ticket.applications[-1] if ticket.applications else None
    reminders = ticket.terms.approval_reminders_min
    if last and last.decision is None and last.reminders < len(reminders):
        at = last.at + timedelta(minutes=reminders[last.reminders])
        yield Deadline("approval", at, Event.APPROVAL_REMINDER)


def _heartbeat(ticket: Ticket) -> Iterator[Deadline]:
    every, heard = ticket.terms.heartbeat_min, ticket.heard_at
    if every and heard and ticket.stage is Stage.ONSITE and heard != ticket.heartbeat_missed_since:
        yield Deadline("heartbeat", heard + timedelta(minutes=every), Event.HEARTBEAT)


def _plan(ticket: Ticket) -> Iterator[Deadline]:
    plan = ticket.plan
    if plan and plan.starts_at and not awaits_approval(ticket):
        yield Deadline("emergency plan", plan.starts_at, Event.PLAN_STARTS)


def silence_confirms(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nobody objected within the window."""
    ticket = ending.confirmed(ticket).write(Happening.SILENCE_CONFIRMED, at=deadline.at, recorded_at=now)
    return close_if_complete(ticket, at=deadline.at, now=now)


def end_pause(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The cap of the pause is reached: clocks run on, the project manager is told."""
    reason = ticket.pause.reason if ticket.pause else ""
    ticket = clocks.go_on(replace(ticket, pause=None), reason, deadline.at)
    about = {"reason": reason, **addressees(ticket, (Role.PROJECT_MANAGER,))}
    ticket = ticket.write(Happening.PAUSE_CAPPED, at=deadline.at, recorded_at=now, data=about)
    return clocks.derive(ticket, deadline.at)


def report_remote_silence(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The customer does not answer: the way on site is proposed, the stage stays."""
    access = ticket.remote and replace(ticket.remote, silent=True)
    return raise_alarm(
        replace(ticket, remote=access),
        deadline,
        now,
        ("owner", Role.PROJECT_MANAGER),
        proposes="apply_onsite",
        clause="000-24",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def end_grant(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The grant has run out, and with it a session that still runs."""
    return replace(ticket, remote=None).write(Happening.REMOTE_EXPIRED, at=deadline.at, recorded_at=now)


def remind_approvers(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The departments that have not spoken are reminded (000-11)."""
    *before, last = ticket.applications
    spoken = {department for department, _ in last.approvals}
    ticket = replace(ticket, applications=(*before, replace(last, reminders=last.reminders + 1)))
    return raise_alarm(
        ticket,
        deadline,
        now,
        (Role.CUSTOMER_APPROVER, Role.PROJECT_MANAGER),
        departments=[name for name in ticket.terms.departments if name not in spoken],
        version=last.version,
        clause="000-11",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def miss_heartbeat(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nothing has been heard from the site for too long (003-08)."""
    return raise_alarm(
        replace(ticket, heartbeat_missed_since=ticket.heard_at),
        deadline,
        now,
        ("owner", Role.PROJECT_MANAGER),
        clause="003-08",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def start_plan(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nobody objected: plan one starts (004-10)."""
    plan = ticket.plan and replace(ticket.plan, starts_at=None, started_at=deadline.at)
    return replace(ticket, plan=plan).write(
        Happening.EMERGENCY_PLAN_STARTED,
        at=deadline.at,
        recorded_at=now,
        data={"plan": plan.number if plan else "", "reason": "004-10", **addressees(ticket, ("leaders",))},
    )
