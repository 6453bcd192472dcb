"""The plan of a run: which tickets are opened and what is asked of them, when. All of it follows from the seed."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, count, islice
from typing import Any

from chaos.scripts import LIVES, Act


@dataclass(frozen=True, slots=True)
class Size:
    """How much a run does.

    Attributes:
        gap_s: the shortest and the longest time from one kill to the next.
        clients: how many send at the same time.
    """

    tickets: int
    commands: int
    kills: int
    gap_s: tuple[float, float]
    clients: int

    @property
    def lasts_s(self) -> float:
        """For so long there are kills, about."""
        return self.kills * sum(self.gap_s) / 2


FULL = Size(tickets=40, commands=500, kills=63, gap_s=(3.0, 9.0), clients=12)
QUICK = Size(tickets=10, commands=60, kills=9, gap_s=(1.5, 3.5), clients=8)

#: Packs with a level, and the minutes after the report at which a rung of one of their promises falls due.
AIMS: tuple[tuple[str, str, tuple[float, ...]], ...] = (
    ("nuobida", "I", (5, 8, 10, 15, 24, 30, 45, 60, 120, 180)),
    ("nuobida", "II", (5, 8, 10, 15, 60, 96, 120, 192, 240)),
    ("fuao", "full_urgent", (5, 8, 10, 15, 120, 192, 240, 360)),
    ("standard", "severe", (5, 8, 10, 15, 24, 30, 45, 60, 90, 120)),
    ("sitech", "A", (5, 8, 10, 15, 24, 30, 45, 60, 96, 120, 180)),
    ("xinhe", "emergency", (2.5, 4, 5, 7.5, 10, 15, 120, 240)),
)


@dataclass(frozen=True, slots=True)
class Report:
    """A ticket to open.

    Attributes:
        at_s: when, from the beginning of the run.
        received_s: when the report had reached us, from the beginning of the run; negative: before it.
    """

    at_s: float
    ticket: int
    key: str
    received_s: float
    body: dict[str, Any]
    user: str = "hotline"

    @property
    def ago(self) -> timedelta:
        """How long before the beginning of the run it was received."""
        return timedelta(seconds=-self.received_s)


@dataclass(frozen=True, slots=True)
class Step:
    """A command to send to a ticket."""

    at_s: float
    ticket: int
    command_id: str
    act: Act


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is sent, in the order in which it is sent."""

    size: Size
    reports: tuple[Report, ...]
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def errands(self) -> list[Report | Step]:
        """Reports and commands in their order in time; a report comes before what is asked of its ticket."""
        return sorted((*self.reports, *self.steps), key=lambda errand: (errand.at_s, isinstance(errand, Step)))


def plan(seed: int, size: Size) -> Plan:
    """The plan of a seed: the same for ever."""
    dice = random.Random(seed)  # noqa: S311  # repeatable, not secret
    reports = tuple(_report(dice, size, ticket) for ticket in range(size.tickets))
    shares = [size.commands // size.tickets + (ticket < size.commands % size.tickets) for ticket in range(size.tickets)]
    steps = chain.from_iterable(
        _steps(dice, size, report, share) for report, share in zip(reports, shares, strict=True)
    )
    return Plan(size, reports, tuple(steps))


def _report(dice: random.Random, size: Size, ticket: int) -> Report:
    """A report received so long ago that one of its rungs falls due while there are kills."""
    at_s = 0.6 * size.lasts_s * ticket / size.tickets
    pack, level, minutes = dice.choice(AIMS)
    budget_s = dice.choice(minutes) * 60
    due_s = min(dice.uniform(at_s + 2, size.lasts_s), at_s + budget_s - 1)
    body = {
        "contract": pack,
        "level": level,
        "title": f"混沌演练 {ticket}",
        "description": "核心交换机宕机，业务中断。",
        "channel": "web",
        "customer": {"id": f"demo-{pack}"},
        "contact": {"name": "王工", "phone": "13800000000"},
    }
    return Report(at_s, ticket, f"chaos-{dice.getrandbits(64):016x}", due_s - budget_s, body)


def _steps(dice: random.Random, size: Size, report: Report, share: int) -> Iterator[Step]:
    """So many commands, one after another to the end of the kills."""
    life = LIVES[report.ticket % len(LIVES)]
    again = (act for _ in count() for script in life for act in script)
    times = sorted(dice.uniform(report.at_s, size.lasts_s) for _ in range(share))
    for at_s, act in zip(times, islice(again, share), strict=True):
        yield Step(at_s, report.ticket, str(uuid.UUID(int=dice.getrandbits(128), version=4)), act)
