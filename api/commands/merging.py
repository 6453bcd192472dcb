"""Merging: how the other ticket stands, and what it is to be told, signed, by the ticket that ends in it."""

import uuid
from typing import Any

from api.backend import Backend
from api.http.problems import wrong_field
from domain.matters.merging import ASKS, FROM, HANDS, INTO, OTHER, as_data
from domain.people.actors import SYSTEM
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.words.label import Label
from store.models import TicketRow
from store.queries.hands import hands
from store.queries.tickets import ticket

_NO_TICKET = Label("没有这张工单", "no such ticket")
_ITSELF = Label("不能并入自己", "is this ticket itself")
#: Under it the other ticket's command gets its id: however often the merging is sent, it is one command.
_COMMANDS = uuid.UUID("6f0d9d0e-8f3a-4c39-9a55-2c1b7d1c8e04")


async def other(behind: Backend, merged: TicketRow, command: Command) -> dict[str, Any]:
    """The other ticket as it stands, if it exists for the sender and is open, and the command by which it is told."""
    number = INTO.of(command)
    if number == merged.number:
        raise wrong_field("data.into", _ITSELF)
    found = await behind.ask(ticket, command.actor, number)
    if found is None or found.drill is not merged.drill:
        raise wrong_field("data.into", _NO_TICKET)
    if found.stage is Stage.CLOSED:
        return {}
    brought = {HANDS: await behind.ask(hands, merged.number)}
    asks = Command(
        command_id=str(uuid.uuid5(_COMMANDS, f"{merged.number} {command.command_id}")),
        kind=C.MERGE_IN,
        actor=SYSTEM,
        accepted_at=command.accepted_at,
        data={FROM.name: merged.number},
        known={OTHER: _as_seen(merged) | brought, "by": command.actor.id},
    )
    return {OTHER: _as_seen(found), ASKS: as_data(behind.tickets.signed(number, asks))}


def _as_seen(row: TicketRow) -> dict[str, Any]:
    """As ``domain.matters.merging.as_seen`` without the hands, of what the read model knows."""
    return {
        "number": row.number,
        "received_at": row.received_at.isoformat(),
        "resolved_at": row.resolved_at.isoformat() if row.resolved_at else None,
        "customer": row.customer_id,
        "contract": row.agreed_contract,
        "level": row.level,
        "major": row.major,
        "contact": {"name": row.contact_name, "phone": row.contact_phone},
    }
