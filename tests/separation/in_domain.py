"""A ticket in the pure domain, with the clock in the hand of the machine."""

from collections.abc import Sequence
from datetime import timedelta

from domain.decisions import decide
from domain.people.actors import Actor
from domain.ticket.commands import Command, CommandKind
from domain.timekeeping import catch_up
from tests.domain.told import Told, tell
from tests.people import known_about
from tests.separation.moves import Move
from tests.separation.record import Line, Standing
from tests.separation.starts import Start

MINUTE = timedelta(minutes=1)


class Domain:
    """A ticket told without any server; like its keeper, it decides on a command once."""

    def __init__(self, start: Start) -> None:
        self._told: Told = tell(start.contract.pack, start.level, facts=start.facts, switches=dict(start.switches))
        self._lines: list[Line] = []
        self._sent = 0

    def says(self, actor: Actor, move: Move, *, again: bool = False) -> None:
        told = self._told
        self._sent += 1
        data = move.at(told.now, MINUTE)
        known = known_about(data)
        command = Command(str(self._sent), CommandKind(move.kind), actor, told.now, data=data, known=known)
        told.ticket = decide(catch_up(told.ticket, upto=told.now, now=told.now), command).ticket
        told.now += timedelta(seconds=1)

    def passes(self, minutes: int) -> None:
        self._told.passes(minutes * MINUTE)

    def lines(self) -> Sequence[Line]:
        fresh = self._told.ticket.fresh
        kept = [line for line, entry in zip(self._lines, fresh, strict=False) if line.data is entry.data]
        self._lines = kept + [Line.of_entry(entry) for entry in fresh[len(kept) :]]
        return self._lines

    def standing(self) -> Standing:
        return Standing.of(self._told.ticket, self._told.now)
