"""Sessions of remote work: one at a time, ended by who works, or by what makes it end (000-24, 003-04)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.ticket.commands import Command
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

SESSION_RUNNING = Refusal("session_running", Label("远程会话已在进行。", "A remote session is running already."))
NO_SESSION = Refusal("no_session", Label("没有进行中的远程会话。", "No remote session is running."))

#: What the end of a session says of who worked in it, where they did not end it themselves.
WORKED = "worked"
#: By what a session ends whose person has left, or has another role; on the system's word.
LEFT = "left"


def end_session(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The work ends; the grant lives on."""
    return with_session(ticket, None, None)


def says_who_left(before: Ticket, _: Ticket, command: Command) -> dict[str, Any]:
    """Of a session that the system ends the ticket says whose it was."""
    return {"ended_by": LEFT, WORKED: before.remote.session_by} if before.remote and WORKED in command.known else {}


def with_session(ticket: Ticket, since: datetime | None, who: str | None) -> Ticket:
    """With somebody at work since then, or with nobody."""
    access = ticket.remote
    return ticket if access is None else replace(ticket, remote=replace(access, session_since=since, session_by=who))


def end_session_by(ticket: Ticket, at: datetime, *, by: str, learnt_at: datetime | None = None) -> Ticket:
    """With a session that runs ended by something else than the word of who works; on record by what."""
    if ticket.remote is None or ticket.remote.session_since is None:
        return ticket
    ended, about = with_session(ticket, None, None), {"ended_by": by, WORKED: ticket.remote.session_by}
    return ended.write(Happening.REMOTE_ENDED, at=at, recorded_at=learnt_at or at, data=about)


def nobody_works(ticket: Ticket, _: Command) -> Refusal | None:
    """One session at a time."""
    return SESSION_RUNNING if ticket.remote and ticket.remote.session_since else None


def somebody_works(ticket: Ticket, command: Command) -> Refusal | None:
    """Ending a session needs one; that of whoever left is theirs still."""
    access = ticket.remote
    if access is None or access.session_since is None:
        return NO_SESSION
    return None if command.known.get(WORKED, access.session_by) == access.session_by else NO_SESSION
