"""Drafting: a body becomes a command, once it is clear that its sender may send it and means what exists."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from api.backend import Backend
from api.commands.evidence import require_evidence
from api.commands.far import require_near
from api.commands.identifying import found
from api.commands.knowing import known
from api.commands.problems import not_theirs
from api.commands.requests import COMMANDS, Envelope, is_recorded, kind_of, stated_data, unknown_kind
from api.http.levels import known_level
from api.http.problems import FieldError, invalid, wrong_field
from api.http.validation import validated
from domain.audience.authority import IN_THEIR_PLACE, authorize
from domain.people.actors import CUSTOMER_SIDE, Actor
from domain.ticket.commands import Command, CommandKind
from domain.ticket.numbers import as_number
from domain.words.label import Label, listed
from store.attachments import unknown
from store.models import TicketRow
from store.queries.history import past_alarms
from store.registry.contracts import pack_of
from store.registry.deputies import deputy_of
from store.registry.vendors import NotAVendorError, vendor_of

_NO_VENDOR = Label("此人不是厂家人员；可用：{vendors}", "is somebody who is no vendor; vendors are {vendors}")


async def draft(behind: Backend, actor: Actor, ticket: TicketRow, body: dict[str, Any]) -> Command:
    """The command; 403 where the role does not have it, 422 for fields that are wrong."""
    kind, now = kind_of(body), datetime.now(UTC)
    recorded, deputy = is_recorded(kind, body), await _stands_in(behind, actor, ticket, kind, now)
    if not authorize(actor, kind, ticket.customer_id, ticket.vendors, recorded=recorded, deputy=deputy):
        raise not_theirs(actor, kind)
    if kind not in COMMANDS:
        raise unknown_kind()
    given: Envelope = validated(COMMANDS[kind], body)
    command = Command(
        command_id=given.command_id,
        kind=kind,
        actor=actor,
        accepted_at=now,
        occurred_at=given.occurred_at,
        expect_seq=await _as_seen(behind, ticket, given.expect_seq),
        data=await _with_ids(behind, ticket, kind, await _with_attachments(behind, actor, ticket, stated_data(given))),
    )
    require_near(kind, command.data, now)
    await require_evidence(behind, actor, ticket, kind, command.data)
    return replace(command, known=await known(behind, ticket, command))


async def _as_seen(behind: Backend, ticket: TicketRow, seq: int | None) -> int | None:
    """The entry that the ticket may stand at; an alarm is nobody's doing, and what it says everybody could know."""
    return None if seq is None else await behind.ask(past_alarms, ticket.number, seq)


async def _stands_in(behind: Backend, actor: Actor, ticket: TicketRow, kind: CommandKind, at: datetime) -> bool:
    """Whether they may send what they could not of themselves, in the place of an approver."""
    if kind not in IN_THEIR_PLACE or actor.role not in CUSTOMER_SIDE:
        return False
    return bool(await behind.ask(deputy_of, actor, ticket.customer_id, at))


async def _with_attachments(behind: Backend, actor: Actor, ticket: TicketRow, data: dict[str, Any]) -> dict[str, Any]:
    """The data as it is, once every attachment is one of this ticket that its sender may see."""
    ids = data.get("attachments", [])
    wrong = await behind.ask(unknown, actor, ticket.number, ids)
    if wrong:
        none = Label("本工单没有此附件", "is no attachment of this ticket")
        raise invalid(*(FieldError(f"data.attachments[{ids.index(id_)}]", none) for id_ in wrong))
    return data


async def _with_ids(behind: Backend, ticket: TicketRow, kind: CommandKind, data: dict[str, Any]) -> dict[str, Any]:
    """The data with the level's id in place of its name; whom it names must be ours, or a vendor."""
    if "level" in data:
        pack = await behind.ask(_pack, ticket, kind, data)
        data |= {"level": known_level("data.level", pack, data["level"])}
    if "into" in data:
        data |= {"into": as_number(data["into"])}
    if "vendor" in data:
        data |= {"vendor": await behind.ask(_vendor, data["vendor"])}
    return data


def _pack(reads: Engine, ticket: TicketRow, kind: CommandKind, data: dict[str, Any]) -> str:
    """The contract pack that rules the ticket, or is going to."""
    if kind is CommandKind.IDENTIFY and (pack := found(reads, ticket, data).pack) is not None:
        return pack
    return ticket.pack or pack_of(reads, ticket.customer_id, ticket.contract, ticket.received_at)


def _vendor(reads: Engine, word: str) -> str:
    """The vendor's id, whatever they were called; people who are no vendors cannot be made some by a case."""
    try:
        return vendor_of(reads, word)
    except NotAVendorError as no_vendor:
        raise wrong_field("data.vendor", _NO_VENDOR.filled(vendors=listed(no_vendor.valid))) from None
