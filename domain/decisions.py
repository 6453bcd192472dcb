"""Decisions: whether a command is accepted. A pure function of the ticket and the command; no clock is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from domain import acts
from domain.audience.authority import authorize, concerns, may_send
from domain.audience.labels import STAGES
from domain.audience.vocabulary import COMMANDS
from domain.contract.terms import EDITION_2
from domain.matters import index, links
from domain.matters.applications import DEPUTY_OF
from domain.matters.matter import Row
from domain.matters.on_behalf import ON_BEHALF
from domain.people.actors import Actor, Role
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.ways_out import with_the_way_out
from domain.words.refusals import (
    AFTER_THE_RESOLUTION,
    BAD_DATA,
    FORGED,
    ID_REUSED,
    NOT_ALLOWED,
    NOT_CLOSED,
    STALE,
    WRONG_STAGE,
    Refusal,
    closed,
)

#: The stage of what is done once the ticket is closed.
_AFTERWARDS_ALONE = frozenset({Stage.CLOSED})
#: Characters of what nobody vouches for that are kept.
CLAIM = 100


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a command.

    Attributes:
        ticket: how the ticket stands after it.
        seq: the entry that records it.
        reason: of a refusal, its code.
    """

    accepted: bool
    ticket: Ticket
    seq: int
    reason: str | None = None


def decide(ticket: Ticket, command: Command) -> Decision:
    """Accept or refuse a command. Its ``accepted_at`` is its present."""
    reason = refusal(ticket, command)
    if reason is None:
        return Decision(accepted=True, ticket=acts.perform(ticket, command), seq=ticket.seq + 1)
    after = _refused(ticket, command, reason)
    return Decision(accepted=False, ticket=after, seq=ticket.seq + 1, reason=reason.code)


def refusal(ticket: Ticket, command: Command) -> Refusal | None:
    """Why a command is not accepted as the ticket stands; None: it is."""
    return next((refusal for check in _CHECKS if (refusal := check(ticket, command))), None)


def forged(ticket: Ticket, command: Command, now: datetime) -> Ticket:
    """With an attempt on record that nobody vouches for. Nothing of what it claims is believed, its id included."""
    claimed = {
        "id": command.actor.id[:CLAIM],
        "role": command.actor.role,
        "command_id": command.command_id[:CLAIM],
    }
    about = {"kind": command.kind, **_reason(FORGED), "claimed": claimed}
    return ticket.write(Happening.COMMAND_REFUSED, at=now, recorded_at=now, data=about)


def reused(ticket: Ticket, command: Command, now: datetime) -> Ticket:
    """With an attempt on record to send another command under an id that is taken: the id answers the first alone."""
    about = {"kind": command.kind, **_reason(ID_REUSED), "data": dict(command.data), "command_id": command.command_id}
    return ticket.write(Happening.COMMAND_REFUSED, at=now, recorded_at=now, actor=command.actor, data=about)


def possible(ticket: Ticket, actor: Actor, now: datetime) -> list[C]:
    """The commands that the actor could send with success, given the right data: those that ``domain.doable`` offers,
    told from the rules alone, for every refusal says them.
    """
    if not concerns(actor, ticket.customer.id, ticket.vendors):
        return []
    theirs = _sendable(actor.role, actor.department, ticket.terms.edition)
    return [row.kind for row in theirs if _is_open(ticket, row) and _is_free(ticket, actor, row, now)]


def _is_free(ticket: Ticket, actor: Actor, row: Row, now: datetime) -> bool:
    if row.needs is None and not index.GATES_OF[row.kind]:
        return True
    return not _barred(ticket, Command("", row.kind, actor, now, occurred_at=told_late(ticket, row)))


def told_late(ticket: Ticket, row: Row) -> datetime | None:
    """Of a resolved ticket, what counts by its own time is told of what was before."""
    resolution = ticket.resolution
    late = ticket.stage is Stage.RESOLVED and ticket.stage not in row.during and row.by_statement
    return resolution.at if late and resolution else None


@cache
def _sendable(role: Role, department: str | None, edition: int) -> tuple[Row, ...]:
    """Of whoever has this role: by themselves, or of what the customer says."""
    anybody = Actor("", role, department=department)
    return tuple(
        row
        for kind, row in index.ROWS.items()
        if may_send(anybody, kind, edition=edition) or may_send(anybody, kind, recorded=True)
    )


def _refused(ticket: Ticket, command: Command, refusal: Refusal) -> Ticket:
    about = {
        "kind": command.kind,
        **_reason(with_the_way_out(ticket, command.kind, refusal)),
        "data": dict(command.data),
        "allowed": possible(ticket, command.actor, command.accepted_at),
        **acts.clock_off(ticket, command, acts.effective_at(ticket, command)),
        **({"into": ticket.merged_into} if ticket.merged_into else {}),
    }
    return ticket.answer(command, Happening.COMMAND_REFUSED, at=command.accepted_at, data=about)


def _reason(refusal: Refusal) -> dict[str, object]:
    return {"reason": refusal.code, "detail": refusal.words.as_json()}


def _not_allowed(ticket: Ticket, command: Command) -> Refusal | None:
    allowed = authorize(
        command.actor,
        command.kind,
        ticket.customer.id,
        ticket.vendors,
        recorded=ON_BEHALF.of(command) is not None,
        deputy=bool(command.known.get(DEPUTY_OF)),
        edition=ticket.terms.edition,
    )
    return None if allowed else NOT_ALLOWED


def _bad_data(_: Ticket, command: Command) -> Refusal | None:
    fits = all(field.takes(command.data.get(field.name)) for field in index.ROWS[command.kind].data)
    return None if fits else BAD_DATA


def _stale(ticket: Ticket, command: Command) -> Refusal | None:
    return STALE if command.expect_seq not in {None, ticket.seq} else None


def _wrong_stage(ticket: Ticket, command: Command) -> Refusal | None:
    row, resolution = index.ROWS[command.kind], ticket.resolution
    if ticket.stage in row.during:
        return None
    if row.during == _AFTERWARDS_ALONE and not _is_open(ticket, row):
        return NOT_CLOSED
    if not _is_open(ticket, row) or resolution is None:
        return closed(ticket.merged_into) if ticket.closed else _not_here(ticket, command)
    return None if acts.effective_at(ticket, command) <= resolution.at else AFTER_THE_RESOLUTION


def _not_here(ticket: Ticket, command: Command) -> Refusal:
    return WRONG_STAGE.filled(stage=STAGES[ticket.stage], act=COMMANDS[command.kind])


def _is_open(ticket: Ticket, row: Row) -> bool:
    """Whether the stage lets it through; in ``resolved`` for what is told late, where the contract goes by that.

    What has its place behind the close is never late before it.
    """
    late = row.by_statement and ticket.stage is Stage.RESOLVED and ticket.terms.reported_times
    too_early = row.during == _AFTERWARDS_ALONE and ticket.terms.edition >= EDITION_2
    return ticket.stage in row.during or (late and not too_early)


def _barred(ticket: Ticket, command: Command) -> Refusal | None:
    """By what the command needs, or by a gate."""
    needs = index.ROWS[command.kind].needs
    return (needs(ticket, command) if needs else None) or index.shut(ticket, command)


#: In this order; the first that objects gives the reason.
_CHECKS: tuple[Callable[[Ticket, Command], Refusal | None], ...] = (
    _not_allowed,
    _bad_data,
    _stale,
    _wrong_stage,
    links.is_asked_still,
    _barred,
)
