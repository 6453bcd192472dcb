"""Decisions: whether a command is accepted. A pure function of the ticket and the command; no clock is read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from domain import acts, gates
from domain.audience.authority import MAY, authorize
from domain.contract.facts import unknown_fact
from domain.gates.conditions import last_application
from domain.people.actors import Actor
from domain.rules import RULES, WHERE
from domain.ticket.commands import DATA, Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import REFUSALS


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a command.

    Attributes:
        ticket: how the ticket stands after it.
        seq: the entry that records it.
        reason: for a refusal, a key of REFUSALS.
    """

    accepted: bool
    ticket: Ticket
    seq: int
    reason: str | None = None


def decide(ticket: Ticket, command: Command) -> Decision:
    """Accept or refuse a command. Its ``accepted_at`` is its present."""
    reason = next((reason for check in _CHECKS if (reason := check(ticket, command))), None)
    after = acts.perform(ticket, command) if reason is None else _refused(ticket, command, reason)
    return Decision(accepted=reason is None, ticket=after, seq=ticket.seq + 1, reason=reason)


def forged(ticket: Ticket, command: Command, now: datetime) -> Ticket:
    """With an attempt on record that nobody vouches for. Nothing of what it claims is believed, its id included."""
    zh, en = REFUSALS["forged"]
    claimed = {"id": command.actor.id, "role": command.actor.role, "command_id": command.command_id}
    about = {"kind": command.kind, "reason": "forged", "detail": {"zh": zh, "en": en}, "claimed": claimed}
    return ticket.write(Happening.COMMAND_REFUSED, at=now, recorded_at=now, data=about)


def possible(ticket: Ticket, actor: Actor, now: datetime) -> list[C]:
    """The commands that the actor could send with success, given the right data."""
    return [
        kind
        for kind in C
        if kind in MAY[actor.role]
        and ticket.stage in WHERE[kind]
        and not _barred(ticket, Command("", kind, actor, now))
    ]


def _refused(ticket: Ticket, command: Command, reason: str) -> Ticket:
    zh, en = REFUSALS[reason]
    if reason == "already_decided" and (told := _winner(ticket, command)):
        zh, en = f"{zh}{told.zh}", f"{en} {told.en}"
    return ticket.write(
        Happening.COMMAND_REFUSED,
        at=command.accepted_at,
        recorded_at=command.accepted_at,
        actor=command.actor,
        command_id=command.command_id,
        data={
            "kind": command.kind,
            "reason": reason,
            "detail": {"zh": zh, "en": en},
            "data": dict(command.data),
            "allowed": possible(ticket, command.actor, command.accepted_at),
        },
    )


def _winner(ticket: Ticket, command: Command) -> Label | None:
    """Who has spoken before: on the application, or for the same department."""
    last = last_application(ticket)
    if last is None:
        return None
    if last.decision is None:
        person = next(who for department, who in last.approvals if department == command.actor.department)
        return Label(f"{person} 已同意。", f"{person} has approved.")
    verdict = Label("批准", "approved") if last.decision == "approved" else Label("拒绝", "refused")
    return Label(f"{last.decided_by} 已{verdict.zh}。", f"{last.decided_by} has {verdict.en} it.")


def _not_allowed(ticket: Ticket, command: Command) -> str | None:
    allowed = authorize(command.actor, command.kind, ticket.opening.customer.id, ticket.vendors)
    return None if allowed else "not_allowed"


def _bad_data(_: Ticket, command: Command) -> str | None:
    fields = DATA.get(command.kind)
    fits = fields is not None and all(_fits(field, command.data.get(field.name)) for field in fields)
    return None if fits else "bad_data"


def _fits(field: Field, value: object) -> bool:
    if value is None:
        return not field.required
    if field.type is Type.FLAG:
        return isinstance(value, bool)
    if field.type is Type.FACTS:
        return isinstance(value, dict) and unknown_fact(value) is None
    if not isinstance(value, str) or not value.strip():
        return False
    if field.type is Type.INSTANT:
        return _is_instant(value)
    return not field.choices or value in field.choices


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _stale(ticket: Ticket, command: Command) -> str | None:
    return "stale" if command.expect_seq not in {None, ticket.seq} else None


def _wrong_stage(ticket: Ticket, command: Command) -> str | None:
    if ticket.stage in WHERE[command.kind]:
        return None
    return "closed" if ticket.closed else "wrong_stage"


def _barred(ticket: Ticket, command: Command) -> str | None:
    """By a rule, or by a gate."""
    rule = RULES.get(command.kind)
    return (rule(ticket, command) if rule else None) or gates.shut(ticket, command)


#: In this order; the first that objects gives the reason.
_CHECKS: tuple[Callable[[Ticket, Command], str | None], ...] = (
    _not_allowed,
    _bad_data,
    _stale,
    _wrong_stage,
    _barred,
)
