"""Leaving: what rests on somebody goes to a successor, or openly to nobody, and whoever has it now is told."""

import uuid
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from api.backend import Act, Backend
from api.http.problems import Problem, wrong_field
from api.sweeping import again_and_again
from domain.matters.assignment import FROM, TO_ROLE
from domain.matters.calls import FROM as HAD_IT
from domain.matters.remote_sessions import WORKED
from domain.people.actors import CUSTOMER_SIDE, SYSTEM, Role
from domain.ticket.commands import Command, CommandKind
from domain.words.label import Label
from gateway.tickets import EndedError
from store.projections.leavers import tell_of_silence
from store.registry import people
from store.registry.records import Person
from store.registry.resting import (
    Left,
    Resting,
    calls_left,
    leaves,
    open_cases,
    resting_on,
    sessions_left,
    tickets_left,
)

#: From one look at what is left with people who have left to the next, in seconds.
_EVERY_S = 15.0
#: Under it each look's commands get their ids.
_COMMANDS = uuid.UUID("6f0a7a52-36d9-4d2e-9f0e-5f5b7f2b9c61")


async def resting(behind: Backend, before: Person, changes: dict[str, Any]) -> Resting:
    """What the change would leave behind."""
    return await behind.ask(resting_on, before, datetime.now(UTC)) if leaves(before, changes) else Resting()


def needs_a_way(left: Resting) -> Problem:
    """409: what rests on them, and the two ways out."""
    title = Label("此人名下还有未了事项", "Something still rests on this person")
    detail = Label(
        "请指定接手人（successor），或明确留作无人负责（unassigned=true）。",
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
    """Each ticket gets a command of the system, on record with who asked for it. One that has ended needs none.

    Where an application waits for a department that has nobody left, people are told.
    """
    by = await act.behind.ask(people.details, act.by.actor.id)
    reason = f"{by.name if by else act.by.actor.id} 停用或调整了 {before.name} 的账号"
    for number in left.tickets:
        with suppress(EndedError):
            await act.behind.tickets.submit(number, _command(reason, before, to))
    for number, case in await act.behind.ask(open_cases, before.id) if left.vendor_cases else ():
        with suppress(EndedError):
            await act.behind.tickets.submit(number, _case(reason, case, to))
    if left.approvals and before.department:
        await act.behind.note(tell_of_silence, before.department, left.approvals, datetime.now(UTC))


@dataclass
class Leaving:
    """Looks at what is left with people who have left, or have another role: also what came while they did, and what
    could not be done then, for a server was away.

    Attributes:
        done: the commands that stand in a history: each is sent once.
    """

    behind: Backend
    done: set[str] = field(default_factory=set)

    async def look(self) -> None:
        """Nobody who has left works remotely any more, has a call, or is in charge of anything."""
        await self.at_once()
        for left in await self.behind.ask(tickets_left):
            await self._once(left, CommandKind.UNASSIGN, {"reason": _said_of(left)}, {FROM: left.person})

    async def at_once(self) -> None:
        """What waits for no successor: remote work ends, and others are called. Each is on its ticket's record."""
        for left in await self.behind.ask(calls_left):
            await self._once(left, CommandKind.LEAVE_CALL, {"reason": _said_of(left)}, {HAD_IT: left.person})
        for left in await self.behind.ask(sessions_left):
            await self._once(left, CommandKind.END_REMOTE, {"text": _said_of(left)}, {WORKED: left.person})

    async def _once(self, left: Left, kind: CommandKind, data: dict[str, Any], known: dict[str, Any]) -> None:
        """The same by whichever process sends it; it takes nothing off anybody else, who may have it meanwhile."""
        id_ = str(uuid.uuid5(_COMMANDS, f"{left.ticket} {left.seq} {kind} {left.person}"))
        if id_ not in self.done:
            command = Command(id_, kind, SYSTEM, datetime.now(UTC), data=data, known=known)
            with suppress(EndedError):
                await self.behind.tickets.submit(left.ticket, command)
            self.done.add(id_)


def looking_after_who_left(behind: Backend) -> AbstractAsyncContextManager[None]:
    """While this lasts nothing stays with anybody who has left."""
    return again_and_again(Leaving(behind).look, _EVERY_S, fails="who has left could not be looked after")


def _said_of(left: Left) -> str:
    return f"{left.name} 的账号已停用或调整"


def _case(reason: str, case: str, to: Person | None) -> Command:
    """A vendor's case goes to another of the vendor, or its vendor is to be named again."""
    data = {"reason": reason, "case": case} | ({"vendor": to.id} if to else {})
    return Command(str(uuid.uuid4()), CommandKind.HAND_VENDOR_CASE, SYSTEM, datetime.now(UTC), data=data)


def _command(reason: str, before: Person, to: Person | None) -> Command:
    """Of nobody who has taken it meanwhile."""
    kind = CommandKind.REASSIGN if to else CommandKind.UNASSIGN
    data = {"reason": reason} | ({"to": to.id} if to else {})
    known = {FROM: before.id} | ({TO_ROLE: to.role} if to else {})
    return Command(str(uuid.uuid4()), kind, SYSTEM, datetime.now(UTC), data=data, known=known)
