"""A ticket in the pure domain, with the clock in the hand of the machine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.decisions import decide, refusal
from domain.matters.merging import Answer, as_seen, asks_the_other
from domain.people.actors import SYSTEM, Actor
from domain.ticket.commands import Command, CommandKind
from domain.ticket.ticket import Ticket
from domain.timekeeping import catch_up
from tests.domain.told import FRIDAY, Told, tell
from tests.separation.moves import Move
from tests.separation.record import Line, Standing
from tests.separation.starts import Start

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Domain:
    """A ticket told without any server; like its keeper, it decides on a command once."""

    def __init__(self, start: Start) -> None:
        report: dict[str, Any] = {"facts": start.facts, "switches": dict(start.switches)}
        pack = start.contract.pack
        self._told: Told = tell(pack, start.level, **report)
        self._terms = self._told.ticket.terms
        self._other = tell(pack, start.level, at=FRIDAY - HOUR, number="FIRST222", **report)
        self._lines: list[Line] = []
        self._sent = 0

    def says(self, actor: Actor, move: Move, *, again: bool = False) -> None:
        told = self._told
        self._sent += 1
        data = move.at(told.now, MINUTE)
        command = Command(str(self._sent), CommandKind(move.kind), actor, told.now, data=data, known=move.known)
        ticket = catch_up(told.ticket, upto=told.now, now=told.now)
        told.ticket = decide(ticket, self._found_out(ticket, command)).ticket
        told.now += timedelta(seconds=1)

    def _found_out(self, ticket: Ticket, command: Command) -> Command:
        """With what the API and the workflow would find out about another contract, or another ticket."""
        if command.kind is CommandKind.IDENTIFY and "contract" in command.data:
            return replace(command, known={"contract": self._terms.contract, "terms": self._terms})
        if command.kind is not CommandKind.MERGE:
            return command
        number, other = self._other.ticket.opening.number, self._other.ticket
        command = replace(command, data={"into": number}, known={"other": as_seen(other), "asks": {}})
        return command if not asks_the_other(ticket, command) else self._answered(ticket, command)

    def _answered(self, ticket: Ticket, command: Command) -> Command:
        """The other has recorded it, or says why not."""
        if refusal(ticket, command):
            return command
        known = {"other": as_seen(ticket), "by": command.actor.id}
        data, at = {"from": ticket.opening.number}, command.accepted_at
        asks = Command(f"{self._sent} asks", CommandKind.MERGE_IN, SYSTEM, at, data=data, known=known)
        answer = decide(self._other.ticket, asks)
        self._other.ticket = answer.ticket
        return replace(command, known=command.known | {"answer": Answer(answer.accepted, answer.reason or "")})

    def passes(self, minutes: int) -> None:
        self._told.passes(minutes * MINUTE)

    def lines(self) -> Sequence[Line]:
        fresh = self._told.ticket.fresh
        kept = [line for line, entry in zip(self._lines, fresh, strict=False) if line.data is entry.data]
        self._lines = kept + [Line.of_entry(entry) for entry in fresh[len(kept) :]]
        return self._lines

    def standing(self) -> Standing:
        return Standing.of(self._told.ticket, self._told.now)
