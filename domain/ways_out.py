"""Ways out: which commands open what keeps another out, refusal by refusal. They lead people, and decide nothing."""

from domain.audience.vocabulary import COMMANDS
from domain.matters import (
    aftercare,
    assignment,
    bookings,
    changes,
    closing,
    consultations,
    emergency,
    ending,
    major,
    matter,
    merging,
    paid_work,
    parts,
    pauses,
    remote,
    remote_sessions,
    resolution,
    substitutes,
    triage,
    vendor_cases,
    visits,
    whereabouts,
)
from domain.matters import applications as app
from domain.matters.index import ROWS
from domain.matters.matter import WORK
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.words import refusals
from domain.words.label import Label, in_a_row
from domain.words.refusals import Refusal

Commands = tuple[C, ...]

#: By its code, where commands open it. What stands in no row waits for other people, for time, or for nothing at all.
_OPENED_BY: dict[str, Commands] = {
    refusal.code: opened_by
    for refusal, opened_by in (
        (matter.NOT_CLASSIFIED, (C.CLASSIFY,)),
        (assignment.NOBODY_IN_CHARGE, (C.TAKE, C.REASSIGN)),
        (bookings.NO_BOOKING, (C.CLASSIFY,)),
        (visits.NO_APPLICATION, (C.APPLY_ONSITE,)),
        (whereabouts.ON_THE_WAY, (C.ARRIVE, C.END_VISIT)),
        (whereabouts.ON_SITE, (C.END_VISIT,)),
        (whereabouts.NO_VISIT, (C.ARRIVE,)),
        (paid_work.NOT_AGREED, (C.CONSENT,)),
        (paid_work.NO_ONSITE, (C.CLASSIFY, C.CONSENT)),
        (triage.SEVERITY_STANDS, (C.CONSENT,)),
        (pauses.ALREADY_PAUSED, (C.RESUME,)),
        (pauses.NOT_PAUSED, (C.PAUSE,)),
        (remote.NO_GRANT, (C.REQUEST_REMOTE, C.GRANT_REMOTE)),
        (remote.NO_REQUEST, (C.REQUEST_REMOTE,)),
        (remote_sessions.SESSION_RUNNING, (C.END_REMOTE,)),
        (remote_sessions.NO_SESSION, (C.START_REMOTE,)),
        (consultations.NO_CONSULTATION, (C.REQUEST_CONSULTATION,)),
        (vendor_cases.NOT_AUTHORISED, (C.CONSENT,)),
        (vendor_cases.NO_CASE, (C.OPEN_VENDOR_CASE,)),
        (vendor_cases.NOT_NAMED, (C.OPEN_VENDOR_CASE,)),
        (parts.UNKNOWN, (C.REQUEST_PART,)),
        (parts.NOT_AGREED, (C.AGREE_PART,)),
        (parts.REFUSED, (C.REQUEST_PART,)),
        (parts.NOT_VERIFIED, (C.VERIFY_PART,)),
        (parts.NOT_RESERVED, (C.RESERVE_PART, C.ORDER_PART)),
        (substitutes.NONE_OUT, (C.DELIVER_SUBSTITUTE,)),
        (changes.UNKNOWN, (C.PROPOSE_CHANGE,)),
        (changes.REFUSED, (C.PROPOSE_CHANGE,)),
        (changes.MADE, (C.PROPOSE_CHANGE,)),
        (changes.NOT_AGREED, (C.AGREE_CHANGE,)),
        (changes.NOT_MADE, (C.MAKE_CHANGE,)),
        (changes.NOT_ACCEPTED, (C.ACCEPT_CHANGE, C.PROPOSE_CHANGE)),
        (major.NOT_APPROVED, (C.SUBMIT_FORMAL_REPORT, C.APPLY_MAJOR, C.APPROVE)),
        (app.NO_REPORT, (C.SUBMIT_FORMAL_REPORT,)),
        (app.NO_APPLICATION, (C.APPLY_MAJOR,)),
        (emergency.ALREADY_RUNNING, (C.END_PLAN,)),
        (emergency.NONE_RUNNING, (C.START_PLAN,)),
        (resolution.ALREADY_CONFIRMED, (C.REOPEN,)),
        (closing.NOT_CONFIRMED, (C.CONFIRM,)),
        (closing.EVIDENCE_OWED, (C.NOTE,)),
        (closing.NO_LOG, (C.WRITE_LOG,)),
        (closing.STEPS_OPEN, (C.WRITE_LOG,)),
        (aftercare.NO_FOLLOWUP, (C.RECORD_SURVEY,)),
        (ending.WORK_DONE, (C.RESOLVE, C.MERGE)),
        (merging.NOT_ONE_CONTRACT, (C.IDENTIFY,)),
        (refusals.AFTER_THE_RESOLUTION, (C.REOPEN,)),
    )
}


def opened_by(ticket: Ticket, kind: C, refusal: Refusal) -> Commands:
    """The commands that open what keeps this one out, or lead towards where it is possible; none: there are none."""
    if refusal.code in {refusals.WRONG_STAGE.code, refusals.NOT_CLOSED.code}:
        return _towards(ticket, ROWS[kind].during)
    return _OPENED_BY.get(refusal.code, ())


def with_the_way_out(ticket: Ticket, kind: C, refusal: Refusal) -> Refusal:
    """The refusal, and behind its words what opens it, where they do not say that themselves."""
    commands = opened_by(ticket, kind, refusal)
    # In Chinese a command's word is itself and nothing else.
    if not commands or refusal.code in _NOTHING_TO_END or any(each in refusal.words.zh for each in commands):
        return refusal
    ways = in_a_row(Label(f"{COMMANDS[each].zh}（{each}）", f"{COMMANDS[each].en} ({each})") for each in commands)
    return refusal.adding(_NEXT.filled(ways=ways))


#: Nobody who would end what is not there is advised to begin it.
_NOTHING_TO_END = frozenset(
    each.code for each in (pauses.NOT_PAUSED, remote_sessions.NO_SESSION, emergency.NONE_RUNNING, substitutes.NONE_OUT)
)
_NEXT = Label("下一步可以：{ways}", "What leads on: {ways}")


def _towards(ticket: Ticket, stages: frozenset[Stage]) -> Commands:
    """What leads from where the ticket stands to one of these stages; nothing leads back from the close."""
    if ticket.closed:
        return ()
    if ticket.stage is Stage.RESOLVED:
        return (C.REOPEN,) if stages & WORK else (C.CONFIRM, C.CLOSE)
    return (C.RESOLVE,) if Stage.RESOLVED in stages else (C.RESOLVE, C.CONFIRM, C.CLOSE)
