"""Knowing: what a ticket cannot know and a command needs, found when it is taken and signed with it.

Nothing of it is ever taken from the sender's words. What is asked of the registry, kind by kind, is one table.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from api.backend import Backend
from api.commands.identifying import found
from api.commands.merging import other
from api.http.problems import wrong_field
from domain.audience.authority import IN_THEIR_PLACE, RECORDERS, SPOKEN, concerns, may_send
from domain.matters.applications import DEPUTY_OF
from domain.matters.approvers import APPROVERS
from domain.matters.assignment import CANNOT_ACT, GIVE_THEIR_OWN, TO, TO_IS_THERE, TO_ROLE
from domain.matters.calls import CALLED, ON_DUTY_UNTIL, could_answer
from domain.matters.links import ANSWERS, ASKED, FOR, FOR_ACCOUNTS
from domain.matters.matter import Asked
from domain.matters.on_behalf import ACCOUNTS, ALONE, ON_BEHALF, ON_RECORD
from domain.people.actors import CUSTOMER_SIDE, IN_CHARGE, Actor, Role
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.words.label import Label
from domain.words.text import folded
from store.models import TicketRow
from store.queries.inbox import calls_of
from store.registry.deputies import deputy_of
from store.registry.knowing import approvers, is_alone, is_there_next, is_there_until, named
from store.registry.people import person

_NOT_THE_CUSTOMERS = Label(
    "不是该客户的人员；代录的意见须出自客户",
    "is nobody of the customer; what is recorded on behalf is the customer's word",
)
_NOT_THE_CUSTOMERS_PERSON = Label("不是该客户的在用人员", "is nobody of this customer who is active")
_CANNOT_ANSWER = Label("此人不能就这项事项作答", "could not answer this for the customer")
_NOT_OURS = Label("没有这位服务人员", "nobody of the service company has that name")

#: What is found out about a command on a ticket.
Finding = Callable[[Backend, TicketRow, Command], Awaitable[dict[str, Any]]]


async def known(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """All that has to be known for this command."""
    all_known: dict[str, Any] = {}
    for finding in KNOWING.get(command.kind, ()):
        all_known |= await finding(behind, ticket, command)
    if could_answer(command):  # whatever the read model has of the ticket's call: it may lag behind
        all_known |= await _on_duty_until(behind, command)
    return all_known


async def _called(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """The calls of the ticket by which the sender was called to answer for it."""
    return {CALLED: await behind.ask(calls_of, command.actor, ticket.number)}


async def _on_duty_until(behind: Backend, command: Command) -> dict[str, Any]:
    """Until when by the roster the sender is there: who answers a call has it as long."""
    until = await behind.ask(is_there_until, command.actor, command.accepted_at)
    return {ON_DUTY_UNTIL: until.isoformat()} if until else {}


async def _on_behalf(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """Whose word one of us records: somebody of the customer, the ticket's contact, or somebody not on record."""
    said = ON_BEHALF.of(command)
    if said is None:
        return {}
    person = await behind.ask(named, said["name"], ticket.customer_id)
    if person is not None and not person.is_the_customers:
        raise wrong_field("data.on_behalf.name", _NOT_THE_CUSTOMERS)
    contacts = {folded(name) for name in (ticket.contact_name, *(each["name"] for each in ticket.other_contacts))}
    is_contact = folded(said["name"]) in contacts
    accounts = list(person.accounts) if person else []
    return {ON_BEHALF.name: {ACCOUNTS: accounts, ON_RECORD: bool(accounts) or is_contact}}


async def _alone(behind: Backend, _: TicketRow, command: Command) -> dict[str, Any]:
    """Whether nobody else is on duty who could record or act (the lone night shift)."""
    return {ALONE: True} if await behind.ask(is_alone, command.actor, RECORDERS, command.accepted_at) else {}


async def _to_role(behind: Backend, _: TicketRow, command: Command) -> dict[str, Any]:
    """The role of the person whom work is given to; only who could then act is given any."""
    to = await behind.ask(person, TO.of(command))
    if to is None or to.role in CUSTOMER_SIDE | {Role.VENDOR}:
        raise wrong_field("data.to", _NOT_OURS)
    if to.role not in IN_CHARGE:
        raise wrong_field("data.to", CANNOT_ACT.words)
    return {TO_ROLE: to.role}


async def _to_is_there(behind: Backend, _: TicketRow, command: Command) -> dict[str, Any]:
    """Whether by the roster the person is there now or next, where somebody hands over what is theirs."""
    if command.actor.role not in GIVE_THEIR_OWN:
        return {}
    return {TO_IS_THERE: await behind.ask(is_there_next, TO.of(command), command.accepted_at)}


async def _for_whom(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """The accounts of the person of the customer for whom a link is; only who could then answer is given any."""
    to = await behind.ask(person, FOR.of(command) or command.actor.id)
    if to is None or to.role not in CUSTOMER_SIDE or not concerns(to, ticket.customer_id):
        raise wrong_field("data.to", _NOT_THE_CUSTOMERS_PERSON)
    yes, _ = ANSWERS[Asked(ASKED.of(command))]
    if not may_send(to, yes):
        raise wrong_field("data.to", _CANNOT_ANSWER)
    return {FOR_ACCOUNTS: sorted(to.accounts)}


async def _approvers(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """Department by department, who of the customer could answer an application now."""
    return {APPROVERS: await behind.ask(approvers, ticket.customer_id, command.accepted_at)}


async def _deputy_of(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """Department by department, the approver in whose place the sender answers."""
    found = await behind.ask(deputy_of, command.actor, ticket.customer_id, command.accepted_at)
    return {DEPUTY_OF: found} if found else {}


async def _identified(behind: Backend, ticket: TicketRow, command: Command) -> dict[str, Any]:
    """Whose report it is to be, and the contract that holds."""
    return (await behind.ask(found, ticket, command.data)).known


async def beforehand(behind: Backend, ticket: TicketRow, actor: Actor, at: datetime) -> dict[C, dict[str, Any]]:
    """By kind, what can be found out about the actor's commands before any of them says anything."""
    asked = Command("", C.NOTE, actor, at)
    known: dict[C, dict[str, Any]] = {}
    for finding, kinds in _BEFOREHAND.items():
        theirs = [kind for kind in kinds if _could_send(actor, kind)]
        if theirs and (found := await finding(behind, ticket, asked)):
            known |= {kind: known.get(kind, {}) | found for kind in theirs}
    return known


def _could_send(actor: Actor, kind: C) -> bool:
    deputy = actor.role in CUSTOMER_SIDE
    return may_send(actor, kind, deputy=deputy) or may_send(actor, kind, recorded=True)


#: What depends on nothing that the command says.
_BEFOREHAND: dict[Finding, tuple[C, ...]] = {
    _alone: (C.GRANT_REMOTE, C.START_REMOTE),
    _approvers: (C.APPLY_MAJOR,),
    _deputy_of: tuple(IN_THEIR_PLACE),
    _called: (C.ACKNOWLEDGE,),
}

#: Kind by kind, what is asked of the registry.
KNOWING: dict[C, tuple[Finding, ...]] = {
    **dict.fromkeys(SPOKEN, (_on_behalf,)),
    C.GRANT_REMOTE: (_on_behalf, _alone),
    C.START_REMOTE: (_alone,),
    C.APPLY_MAJOR: (_approvers,),
    **dict.fromkeys(IN_THEIR_PLACE, (_deputy_of,)),
    C.IDENTIFY: (_identified,),
    C.MERGE: (other,),
    C.DISPATCH: (_to_role,),
    C.HAND_LINK: (_for_whom,),
    C.REASSIGN: (_to_role, _to_is_there),
    C.ACKNOWLEDGE: (_called,),
}
