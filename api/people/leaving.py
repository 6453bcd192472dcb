"""Leaving: what rests on somebody goes to a successor, or openly to nobody, and whoever has it now is told."""

import uuid
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from api.backend import Act, Backend
from api.http.problems import Problem, wrong_field
from domain.matters.remote_sessions import WORKED
from domain.people.actors import CUSTOMER_SIDE, SYSTEM, Role
from domain.ticket.commands import Command, CommandKind
from domain.words.label import Label
from gateway.tickets import EndedError
from store.registry import people
from store.registry.records import Person
from store.registry.resting import Resting, leaves, open_cases, resting_on, sessions_of


async def resting(behind: Backend, before: Person, changes: dict[str, Any]) -> Resting:
    """What the change would leave behind."""
    return await behind.ask(resting_on, before, datetime.now(UTC)) if leaves(before, changes) else Resting()


def needs_a_way(left: Resting) -> Problem:
    """409: what rests on them, and the two ways out."""
    title = Label("此人名下还有未了事项", "Something still rests on this person")
    detail = Label(
        "请用 successor 指定接手人，或用 unassigned: true 明确留作无人负责。",
        "Name a successor, or leave it openly unassigned with unassigned: true.",
    )
    return Problem(409, "rests_on", title, detail, extra={"rests_on": told(left)})


def told(left: Resting) -> dict[str, list[str]]:
    """As it travels."""
    names = ("tickets", "shifts", "vendor_cases", "approvals")
    return {name: list(getattr(left, name)) for name in names}


async def successor_of(behind: Backend, before: Person, name: str) -> Person:
    """Who takes over; 422 where they could not."""
    found = await behind.ask(people.details, name)
    if found is None or not found.active or found.id == before.id:
        raise wrong_field("successor", Label("须是另一位在用的人员", "must be somebody else who is active"))
    if found.role is not before.role or found.department != before.department:
        raise wrong_field("successor", Label("须与其角色和部门相同", "must have the same role and department"))
    if before.role is Role.VENDOR and found.organisation != before.organisation:
        raise wrong_field("successor", Label("须属于同一厂家", "must be of the same vendor"))
    if before.role in CUSTOMER_SIDE and not set(before.customers) <= set(found.customers):
        raise wrong_field("successor", Label("须负责同样的客户", "must act for the same customers"))
    return found


async def hand_over(act: Act, left: Resting, before: Person, to: Person | None) -> None:
    """Each ticket gets a command of the system, on record with who asked for it. One that has ended needs none."""
    by = await act.behind.ask(people.details, act.by.actor.id)
    reason = f"{by.name if by else act.by.actor.id} 停用或调整了 {before.name} 的账号"
    for number in left.tickets:
        with suppress(EndedError):
            await act.behind.tickets.submit(number, _command(reason, to))
    for number, case in await act.behind.ask(open_cases, before.id) if left.vendor_cases else ():
        with suppress(EndedError):
            await act.behind.tickets.submit(number, _case(reason, case, to))


async def end_sessions(act: Act, before: Person, changes: dict[str, Any]) -> None:
    """Nobody works remotely any more who has left: it is on each ticket's record, and told."""
    for number in await act.behind.ask(sessions_of, before.id) if leaves(before, changes) else ():
        with suppress(EndedError):
            await act.behind.tickets.submit(number, _session(before))


def _session(worked: Person) -> Command:
    """It ends nobody else's, who may have begun meanwhile."""
    data, known = {"text": f"{worked.name} 的账号已停用或调整"}, {WORKED: worked.id}
    return Command(str(uuid.uuid4()), CommandKind.END_REMOTE, SYSTEM, datetime.now(UTC), data=data, known=known)


def _case(reason: str, case: str, to: Person | None) -> Command:
    """A vendor's case goes to another of the vendor, or its vendor is to be named again."""
    data = {"reason": reason, "case": case} | ({"vendor": to.id} if to else {})
    return Command(str(uuid.uuid4()), CommandKind.HAND_VENDOR_CASE, SYSTEM, datetime.now(UTC), data=data)


def _command(reason: str, to: Person | None) -> Command:
    kind = CommandKind.REASSIGN if to else CommandKind.UNASSIGN
    data = {"reason": reason} | ({"to": to.id} if to else {})
    known = {"to_role": to.role} if to else {}
    return Command(str(uuid.uuid4()), kind, SYSTEM, datetime.now(UTC), data=data, known=known)
