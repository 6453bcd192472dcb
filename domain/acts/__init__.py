"""Acts: what each accepted command changes. One function a command, from the ticket before to the one after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from domain.acts import changes, consents, emergency, ending, ladder, legs, major, rebaseline, remote
from domain.acts.effect import act_of, effective_at, kinds_met
from domain.matters.closing import close, close_if_complete
from domain.people.actors import SERVICE_SIDE
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


def _nothing_more(ticket: Ticket, _: Command) -> Ticket:
    """Its entry says it all."""
    return ticket


#: Command by command: what it is called on the timeline, and what it changes beside meeting obligations.
ACTS: dict[C, tuple[Happening, Callable[[Ticket, Command], Ticket]]] = {
    C.CLASSIFY: (Happening.CLASSIFIED, ladder.classify),
    C.RESPOND: (Happening.RESPONDED, _nothing_more),
    C.CONTACT: (Happening.CONTACTED, _nothing_more),
    C.SUBMIT_PLAN: (Happening.PLAN_SUBMITTED, _nothing_more),
    C.ADVANCE: (Happening.ADVANCED, ladder.advance),
    C.REASSIGN: (Happening.REASSIGNED, ladder.reassign),
    C.NOTE: (Happening.NOTED, _nothing_more),
    C.WRITE_LOG: (Happening.LOG_WRITTEN, ladder.write_log),
    C.PAUSE: (Happening.PAUSED, ending.pause),
    C.RESUME: (Happening.RESUMED, ending.resume),
    C.REQUEST_REMOTE: (Happening.REMOTE_REQUESTED, remote.request),
    C.GRANT_REMOTE: (Happening.REMOTE_GRANTED, remote.grant),
    C.REFUSE_REMOTE: (Happening.REMOTE_REFUSED, remote.end),
    C.REVOKE_REMOTE: (Happening.REMOTE_REVOKED, remote.end),
    C.START_REMOTE: (Happening.REMOTE_STARTED, remote.start_session),
    C.END_REMOTE: (Happening.REMOTE_ENDED, remote.end_session),
    C.APPLY_ONSITE: (Happening.ONSITE_APPLIED, ladder.apply_onsite),
    C.DISPATCH: (Happening.DISPATCHED, ladder.dispatch),
    C.DEPART: (Happening.DEPARTED, _nothing_more),
    C.ARRIVE: (Happening.ARRIVED, _nothing_more),
    C.DIAGNOSE: (Happening.DIAGNOSED, _nothing_more),
    C.END_VISIT: (Happening.VISIT_ENDED, ladder.end_visit),
    C.REQUEST_CONSULTATION: (Happening.CONSULTATION_REQUESTED, legs.request_consultation),
    C.CONCLUDE_CONSULTATION: (Happening.CONSULTATION_CONCLUDED, legs.conclude_consultation),
    C.OPEN_VENDOR_CASE: (Happening.VENDOR_CASE_OPENED, legs.open_vendor_case),
    C.CLOSE_VENDOR_CASE: (Happening.VENDOR_CASE_CLOSED, legs.close_vendor_case),
    C.REQUEST_PART: (Happening.PART_REQUESTED, legs.request_part),
    C.AGREE_PART: (Happening.PART_AGREED, legs.agree_part),
    C.VERIFY_PART: (Happening.PART_VERIFIED, legs.verify_part),
    C.RESERVE_PART: (Happening.PART_RESERVED, legs.reserve_part),
    C.PART_ARRIVED: (Happening.PART_ARRIVED, legs.part_arrived),
    C.DELIVER_SUBSTITUTE: (Happening.SUBSTITUTE_DELIVERED, legs.deliver_substitute),
    C.RETURN_SUBSTITUTE: (Happening.SUBSTITUTE_RETURNED, legs.return_substitute),
    C.SUBMIT_FORMAL_REPORT: (Happening.FORMAL_REPORT_SUBMITTED, major.submit_formal_report),
    C.APPLY_MAJOR: (Happening.MAJOR_APPLIED, major.apply),
    C.APPROVE: (Happening.APPROVED, major.approve),
    C.REFUSE: (Happening.REFUSED, major.refuse),
    C.PROPOSE_CHANGE: (Happening.CHANGE_PROPOSED, changes.propose),
    C.AGREE_CHANGE: (Happening.CHANGE_AGREED, changes.agree),
    C.REFUSE_CHANGE: (Happening.CHANGE_REFUSED, changes.refuse),
    C.MAKE_CHANGE: (Happening.CHANGE_MADE, changes.make),
    C.ACCEPT_CHANGE: (Happening.CHANGE_ACCEPTED, changes.accept),
    C.CONSENT: (Happening.CONSENTED, consents.consent),
    C.START_PLAN: (Happening.EMERGENCY_PLAN_STARTED, emergency.start_plan),
    C.OBJECT_PLAN: (Happening.EMERGENCY_PLAN_OBJECTED, emergency.object_plan),
    C.END_PLAN: (Happening.EMERGENCY_PLAN_ENDED, emergency.end_plan),
    C.RESTORE: (Happening.RESTORED, _nothing_more),
    C.RESOLVE: (Happening.RESOLVED, ending.resolve),
    C.CONFIRM: (Happening.CONFIRMED, ending.confirm),
    C.REJECT: (Happening.REJECTED, ending.reopen),
    C.REOPEN: (Happening.REOPENED, ending.reopen),
    C.DELIVER_REPORT: (Happening.REPORT_DELIVERED, _nothing_more),
    C.RECORD_SURVEY: (Happening.SURVEY_RECORDED, _nothing_more),
    C.REBASELINE: (Happening.REBASELINE_ASKED, rebaseline.ask),
}


def perform(ticket: Ticket, command: Command) -> Ticket:
    """The ticket after an accepted command: one entry that answers it, and whatever follows from it."""
    now, data = command.accepted_at, dict(command.data)
    if command.kind is C.CLOSE:
        return close(ticket, at=now, now=now, actor=command.actor, command_id=command.command_id, data=data)
    happening, change = ACTS[command.kind]
    at, kinds = effective_at(ticket, command), kinds_met(ticket, command)
    ticket = clocks.perform(change(ticket, command), kinds, act_of(ticket, command))
    if command.actor.role in SERVICE_SIDE:
        ticket = replace(ticket, heard_at=now)
    if command.kind is C.APPLY_MAJOR:
        data["version"] = ticket.applications[-1].version
    ticket = ticket.write(
        happening, at=at, recorded_at=now, actor=command.actor, command_id=command.command_id, data=data
    )
    follows = _FOLLOWS.get(command.kind)
    return follows(ticket, now) if follows else ticket


def _close_if_complete(ticket: Ticket, now: datetime) -> Ticket:
    return close_if_complete(ticket, at=now, now=now)


#: What the entry of a command brings after it.
_FOLLOWS: dict[C, Callable[[Ticket, datetime], Ticket]] = {
    C.CONFIRM: _close_if_complete,
    C.CLASSIFY: major.propose_by_level,
}
