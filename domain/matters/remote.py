"""Remote work: asked for, granted by the customer, begun and ended, revoked (000-24, 001-27, 003-04, 004-05)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.contract.ours import OURS
from domain.contract.terms import EDITION_3
from domain.matters import agreements, on_behalf
from domain.matters.consents import ConsentChannel
from domain.matters.matter import EVIDENCE, REASON, TEXT, THE_CONTACT, Asked, Gate, Matter, Question, Row
from domain.matters.on_behalf import ON_BEHALF
from domain.matters.remote_sessions import (
    end_session,
    end_session_by,
    nobody_works,
    says_who_left,
    somebody_works,
    with_session,
)
from domain.people.actors import Role
from domain.ticket.asking import all_askers
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.records import RemoteAccess
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_GRANT = Refusal(
    "no_grant",
    Label(
        "没有有效的远程授权：先申请（request_remote），由客户授权（grant_remote）。",
        "There is no live grant for remote access: ask (request_remote), the customer grants it (grant_remote).",
    ),
)
ALREADY_OVER = Refusal("grant_already_over", Label("授权的截止时间必须在将来。", "A grant must end in the future."))
NO_REQUEST = Refusal(
    "no_request", Label("没有待答复的远程授权申请。", "No request for remote access waits for an answer.")
)

#: How long a grant lives that names no end, and how far ahead one may end at most.
GRANT_LIVES, GRANT_LIVES_AT_MOST = timedelta(hours=OURS.grant_hours), timedelta(days=OURS.grant_days)

_SCOPE = Field("scope")
EXPIRES_AT = Field("expires_at", Type.INSTANT, required=False)
#: What an entry says where one person alone recorded a grant, or works on it (the lone night shift).
RECORDED_ALONE = "recorded_alone"
#: The word of the customer that a session rests on.
_WORD = "grant"
_CHANNEL = Field("channel", Type.WORD, required=False, choices=tuple(ConsentChannel))


def request(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The customer is asked, beside a grant that lives; another request takes the place of one that waits."""
    access = ticket.remote or RemoteAccess()
    return replace(ticket, remote=replace(access, wanted=_SCOPE.of(command), asked_at=at, silent=False))


def grant(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer agrees, for a scope and until an instant; a session that runs goes on under it.

    It answers what was asked, and takes the place of the grant before.
    """
    before = ticket.remote
    granted = RemoteAccess(
        scope=_SCOPE.of(command),
        granted_until=_ends(command),
        session_since=before.session_since if before else None,
        session_by=before.session_by if before else None,
        granted_by=on_behalf.speaker(command),
        recorded_alone=_recorded_alone(command),
        proven=on_behalf.has_evidence(command),
    )
    return _with_proof_owed(on_behalf.noted(replace(ticket, remote=granted), command, _WORD), command)


def _recorded_alone(command: Command) -> bool:
    """Whether one of us recorded it with whom nobody else was on duty."""
    return on_behalf.is_recorded(command) and on_behalf.is_alone(command)


def _says_alone(_: Ticket, __: Ticket, command: Command) -> dict[str, Any]:
    """The ticket says where one person alone recorded a grant."""
    return {RECORDED_ALONE: True} if _recorded_alone(command) else {}


def _ends(command: Command) -> datetime:
    """When the grant that this command gives ends."""
    stated: datetime | None = EXPIRES_AT.of(command)
    return command.accepted_at + GRANT_LIVES if stated is None else stated


def refuse(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The customer says no to what was asked, and to nothing else."""
    access = ticket.remote
    return ticket if access is None else replace(ticket, remote=replace(access, wanted="", asked_at=None))


def revoke(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The customer takes the grant back, and no session goes on."""
    return _without_grant(ticket)


def _without_grant(ticket: Ticket) -> Ticket:
    """A session that still runs ends at once: ``react`` puts that on record."""
    access = ticket.remote
    if access is None:
        return ticket
    return replace(ticket, remote=replace(access, scope="", granted_until=None, granted_by=None))


def start_session(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Somebody begins to work remotely."""
    return _with_proof_owed(with_session(ticket, at, command.actor.id), command)


def end_grant(ticket: Ticket, at: datetime, *, by: str) -> Ticket:
    """With a grant that lives ended, and the session with it; on record by what."""
    if ticket.remote and ticket.remote.granted_until:
        about = {"ended_by": by}
        ticket = _without_grant(ticket).write(Happening.GRANT_ENDED, at=at, recorded_at=at, data=about)
    return end_session_by(ticket, at, by=by)


def react(_: Ticket, after: Ticket, did: Happening, at: datetime) -> Ticket:
    """Access ends with the resolution, and with the customer; a session without a grant is over, and on record so."""
    if did is Happening.RESOLVED or (did is Happening.CUSTOMER_CHANGED and after.customer_gone):
        return replace(end_grant(after, at, by=did), remote=None)
    if after.remote and after.remote.granted_until is None:
        return end_session_by(after, at, by="revoked")
    return after


def _with_proof_owed(ticket: Ticket, command: Command) -> Ticket:
    """Who works on what they recorded alone owes what proves it."""
    access = ticket.remote
    works = access is not None and access.session_by in command.actor.accounts and not access.proven
    return replace(ticket, evidence_owed=True) if works and _is_own(ticket, command) else ticket


def _is_own(ticket: Ticket, command: Command) -> bool:
    return on_behalf.own_record(ticket, command, _WORD) is not None


def _says_own_record(before: Ticket, _: Ticket, command: Command) -> dict[str, Any]:
    """The ticket says where somebody works on a grant that they recorded, alone as they were."""
    return {RECORDED_ALONE: True} if _is_own(before, command) else {}


def may_grant(ticket: Ticket, command: Command) -> Refusal | None:
    """A grant ends in the future; it is not given by who asked for it, nor recorded or led to by who works on it."""
    if gone := agreements.is_there(ticket, command):
        return gone
    if _ends(command) <= command.accepted_at:
        return ALREADY_OVER
    access = ticket.remote or RemoteAccess()
    at_work = None if on_behalf.is_alone(command) else access.session_by
    works = on_behalf.OWN_RECORD if at_work in on_behalf.recorders(command) else None
    return on_behalf.own_request(command, *_askers(ticket)) or works


def _askers(ticket: Ticket) -> frozenset[str]:
    """Who ever asked for access; of a ticket of before that was law who did last, while access was the matter."""
    if ticket.terms.edition < EDITION_3:
        return frozenset(filter(None, [ticket.askers.get("remote")])) if ticket.remote else frozenset()
    return all_askers(ticket.askers, "remote")


def is_asked(ticket: Ticket, _: Command) -> Refusal | None:
    """Refusing needs a request that waits."""
    return None if ticket.remote and ticket.remote.asked_at else NO_REQUEST


def is_granted(ticket: Ticket, _: Command) -> Refusal | None:
    """Revoking needs a grant."""
    return None if ticket.remote and ticket.remote.granted_until else NO_GRANT


def grant_lives(ticket: Ticket, command: Command) -> Refusal | None:
    """A remote session needs a live grant (000-24, 001-27, 003-04), which another person recorded if one of us did.

    Who is alone on duty, then as now, works on what they recorded themselves.
    """
    access = ticket.remote
    if access is None or access.granted_until is None or access.granted_until <= command.accepted_at:
        return NO_GRANT
    alone = access.recorded_alone and (on_behalf.is_alone(command) or not command.data)
    return None if alone else on_behalf.own_record(ticket, command, _WORD)


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The customer's silence on a request, and the end of a grant."""
    access = ticket.remote
    if access is None or not ticket.stage.is_work:
        return
    if access.asked_at and not access.silent:
        at = access.asked_at + timedelta(minutes=ticket.terms.remote_silence_min)
        yield Deadline("remote answer", at, Event.REMOTE_SILENCE)
    if access.granted_until:
        yield Deadline("remote grant", access.granted_until, Event.REMOTE_EXPIRY)


def report_silence(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The customer does not answer: the way on site is proposed, the stage stays."""
    access = ticket.remote and replace(ticket.remote, silent=True)
    return raise_alarm(
        replace(ticket, remote=access),
        deadline,
        now,
        proposes="apply_onsite",
        clause="000-24",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def let_expire(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The grant has run out, and with it a session that still runs; what else was asked for still waits."""
    ticket = _without_grant(ticket).write(Happening.REMOTE_EXPIRED, at=deadline.at, recorded_at=now)
    return end_session_by(ticket, deadline.at, by="expired", learnt_at=now)


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the customer grants what was asked for."""
    access = ticket.remote
    if access is not None and access.asked_at is not None:
        yield Question(Asked.REMOTE_GRANT, Role.CUSTOMER_CONTACT, access.asked_at)


_GRANT = (_SCOPE, EXPIRES_AT, _CHANNEL, EVIDENCE, ON_BEHALF)
_NO = (REASON, ON_BEHALF)

MATTER = Matter(
    rows=(
        Row(C.REQUEST_REMOTE, Happening.REMOTE_REQUESTED, (_SCOPE, TEXT), needs=agreements.is_there, does=request),
        Row(C.GRANT_REMOTE, Happening.REMOTE_GRANTED, _GRANT, needs=may_grant, does=grant, says=_says_alone),
        Row(C.REFUSE_REMOTE, Happening.REMOTE_REFUSED, _NO, needs=is_asked, does=refuse),
        Row(C.REVOKE_REMOTE, Happening.REMOTE_REVOKED, _NO, needs=is_granted, does=revoke),
        Row(
            C.START_REMOTE,
            Happening.REMOTE_STARTED,
            (TEXT,),
            needs=nobody_works,
            does=start_session,
            says=_says_own_record,
        ),
        Row(
            C.END_REMOTE,
            Happening.REMOTE_ENDED,
            (TEXT,),
            needs=somebody_works,
            does=end_session,
            says=says_who_left,
        ),
    ),
    gates=(
        Gate(
            id="remote_grant",
            clauses=("000-24", "001-27", "003-04", "003-14", "004-05"),
            name=Label("远程授权", "remote grant"),
            asked=Label("远程登录的范围和时间", "remote access: the scope, and until when"),
            of=THE_CONTACT,
            evidence=Label("授权人、渠道、凭据", "who granted it, by which channel, evidence"),
            ends=Label(
                "到期、撤销或解决；会话同时结束", "at its expiry, revocation or the resolution; the session ends too"
            ),
            refusal=Label(
                "15 分钟无答复或被拒绝：提出内部申请后上门",
                "refused, or silent for 15 min: internal application, then on site",
            ),
            given_by=(C.GRANT_REMOTE,),
            blocks=frozenset({C.START_REMOTE}),
            before=grant_lives,
        ),
    ),
    waits=waits,
    brings={Event.REMOTE_SILENCE: report_silence, Event.REMOTE_EXPIRY: let_expire},
    asks=questions,
    reacts=react,
)
