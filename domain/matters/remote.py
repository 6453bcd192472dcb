"""Remote work: asked for, granted by the customer, begun and ended, revoked (000-24, 001-27, 003-04, 004-05)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.matters.consents import ConsentChannel
from domain.matters.matter import EVIDENCE, REASON, TEXT, THE_CONTACT, Asked, Gate, Matter, Question, Row
from domain.people.actors import Role
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
SESSION_RUNNING = Refusal("session_running", Label("远程会话已在进行。", "A remote session is running already."))
NO_SESSION = Refusal("no_session", Label("没有进行中的远程会话。", "No remote session is running."))

#: How long a grant lives that names no end.
GRANT_LIVES = timedelta(hours=8)

_SCOPE = Field("scope")
_EXPIRES_AT = Field("expires_at", Type.INSTANT, required=False)
_CHANNEL = Field("channel", Type.WORD, required=False, choices=tuple(ConsentChannel))


def request(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The customer is asked; another request takes the place of one that waits."""
    return replace(ticket, remote=RemoteAccess(_SCOPE.of(command), asked_at=at))


def grant(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """The customer agrees, for a scope and until an instant; a session that runs goes on under it."""
    granted = RemoteAccess(
        _SCOPE.of(command),
        granted_until=_ends(command),
        session_since=ticket.remote.session_since if ticket.remote else None,
        granted_by=command.actor.id,
    )
    return replace(ticket, remote=granted)


def _ends(command: Command) -> datetime:
    """When the grant that this command gives ends."""
    stated: datetime | None = _EXPIRES_AT.of(command)
    return command.accepted_at + GRANT_LIVES if stated is None else stated


def take_back(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """Refused or revoked: no grant, and no session goes on."""
    return replace(ticket, remote=None)


def start_session(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """Somebody begins to work remotely."""
    return _with_session(ticket, at)


def end_session(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The work ends; the grant lives on."""
    return _with_session(ticket, None)


def _with_session(ticket: Ticket, since: datetime | None) -> Ticket:
    return ticket if ticket.remote is None else replace(ticket, remote=replace(ticket.remote, session_since=since))


def may_grant(_: Ticket, command: Command) -> Refusal | None:
    """A grant ends in the future."""
    return None if _ends(command) > command.accepted_at else ALREADY_OVER


def is_asked(ticket: Ticket, _: Command) -> Refusal | None:
    """Refusing needs a request that waits."""
    return None if ticket.remote and ticket.remote.asked_at else NO_REQUEST


def is_granted(ticket: Ticket, _: Command) -> Refusal | None:
    """Revoking needs a grant."""
    return None if ticket.remote and ticket.remote.granted_until else NO_GRANT


def nobody_works(ticket: Ticket, _: Command) -> Refusal | None:
    """One session at a time."""
    return SESSION_RUNNING if ticket.remote and ticket.remote.session_since else None


def somebody_works(ticket: Ticket, _: Command) -> Refusal | None:
    """Ending a session needs one."""
    return None if ticket.remote and ticket.remote.session_since else NO_SESSION


def grant_lives(ticket: Ticket, command: Command) -> Refusal | None:
    """A remote session needs a live grant (000-24, 001-27, 003-04)."""
    access = ticket.remote
    alive = access is not None and access.granted_until is not None and access.granted_until > command.accepted_at
    return None if alive else NO_GRANT


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
        ("owner", Role.PROJECT_MANAGER),
        proposes="apply_onsite",
        clause="000-24",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def end_grant(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The grant has run out, and with it a session that still runs."""
    return replace(ticket, remote=None).write(Happening.REMOTE_EXPIRED, at=deadline.at, recorded_at=now)


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the customer grants what was asked for."""
    access = ticket.remote
    if access is not None and access.asked_at is not None:
        yield Question(Asked.REMOTE_GRANT, Role.CUSTOMER_CONTACT, access.asked_at)


_GRANT = (_SCOPE, _EXPIRES_AT, _CHANNEL, EVIDENCE)

MATTER = Matter(
    rows=(
        Row(C.REQUEST_REMOTE, Happening.REMOTE_REQUESTED, (_SCOPE, TEXT), needs=nobody_works, does=request),
        Row(C.GRANT_REMOTE, Happening.REMOTE_GRANTED, _GRANT, needs=may_grant, does=grant),
        Row(C.REFUSE_REMOTE, Happening.REMOTE_REFUSED, (REASON,), needs=is_asked, does=take_back),
        Row(C.REVOKE_REMOTE, Happening.REMOTE_REVOKED, (REASON,), needs=is_granted, does=take_back),
        Row(C.START_REMOTE, Happening.REMOTE_STARTED, (TEXT,), needs=nobody_works, does=start_session),
        Row(C.END_REMOTE, Happening.REMOTE_ENDED, (TEXT,), needs=somebody_works, does=end_session),
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
    brings={Event.REMOTE_SILENCE: report_silence, Event.REMOTE_EXPIRY: end_grant},
    asks=questions,
)
