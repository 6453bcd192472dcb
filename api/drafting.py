"""Drafting: a body becomes a command, once it is clear that its sender may send it and means what exists."""

from datetime import UTC, datetime
from typing import Any

from starlette.concurrency import run_in_threadpool

from api.backend import Backend
from api.finding import Found
from api.problems import forbidden, wrong_field
from api.reception import known_level
from api.requests.commands import COMMANDS, Envelope, kind_of, stated, unknown_kind
from api.requests.validation import validated
from domain.authority import authorize
from domain.commands import Command
from domain.people import SERVICE_SIDE, Actor
from store.registry.people import person


async def draft(behind: Backend, actor: Actor, ticket: Found, body: dict[str, Any]) -> Command:
    """The command; 403 where the role does not have it, 422 for fields that are wrong."""
    kind = kind_of(body)
    if not authorize(actor, kind, ticket.customer, ticket.vendors):
        raise forbidden()
    if kind not in COMMANDS:
        raise unknown_kind()
    given: Envelope = validated(COMMANDS[kind], body)
    return Command(
        command_id=given.command_id,
        kind=kind,
        actor=actor,
        accepted_at=datetime.now(UTC),
        occurred_at=given.occurred_at,
        expect_seq=given.expect_seq,
        data=await _resolved(behind, ticket, stated(given)),
    )


async def _resolved(behind: Backend, ticket: Found, data: dict[str, Any]) -> dict[str, Any]:
    """The data with the level's id in place of its name; a person that it names must be one of ours."""
    if "level" in data:
        pack = await run_in_threadpool(ticket.pack, behind)
        data |= {"level": known_level("data.level", pack, data["level"])}
    if "to" in data:
        to = await run_in_threadpool(person, behind.reads, data["to"])
        if to is None or to.role not in SERVICE_SIDE:
            raise wrong_field("data.to", "没有这位服务人员", "nobody of the service company has that name")
    return data
