"""The read model made anew from histories: of random lives, open and closed, there is no difference.

Also once the server has forgotten what is closed, and the archive alone has it. ``ZHISHOU_LIVES``: how many lives; of
a thousand, which take longer than a test may, with ``--timeout=0``.
"""

import asyncio
import os
import random
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest
from temporalio.client import Client

from cli.rebuild import Sources, of_each
from gateway import runs
from gateway.archiving import Sweep
from gateway.recording import Registry
from gateway.verdict.folding import folded, runs_in
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.settings import Given
from store.database import connect
from store.rebuilding import scratch
from tests.forgetting import forgotten
from tests.patience import PATIENCE_S
from tests.people import PEOPLE
from tests.separation.in_workflow import InWorkflow, Shop, shop
from tests.separation.machine import WAITS
from tests.separation.moves import RESOLVE, THEMES, move, sender
from tests.separation.registry import prepare
from tests.separation.starts import STARTS

LIVES = int(os.environ.get("ZHISHOU_LIVES", "40"))
#: Lives side by side, and tickets that are compared in one go.
_AT_ONCE, _TOGETHER = 20, 100
_STARTS = [start for starts in STARTS.values() for start in starts]
_MOVES = [each for theme in THEMES.values() for each in theme]
_ENDING = (
    ("engineer", RESOLVE),
    ("customer", move("confirm")),
    ("engineer", move("deliver_report", text="报告")),
    ("supervisor", move("record_survey", text="满意", satisfaction="satisfied")),
)


@pytest.fixture(scope="module")
def at_work(client: Client, temporal_address: str, demo_database_url: str) -> Iterator[Shop]:
    """A worker that nobody else uses."""
    engine = connect(demo_database_url)
    prepare(engine)
    with shop(temporal_address, engine) as opened:
        yield opened
    engine.dispose()


def a_life(at_work: Shop, nth: int) -> InWorkflow:
    """As its number has it: where it begins, what people try, how long they wait, whether they go for the end."""
    chance = random.Random(nth)
    start = chance.choice(_STARTS)
    life = InWorkflow(at_work, start)
    for who, done in start.done:
        life.says(PEOPLE[who] if isinstance(who, str) else who, done)
    for _ in range(chance.randint(2, 8)):
        if chance.random() < 0.15:
            life.passes(chance.choice(WAITS))
        else:
            tried = chance.choice(_MOVES)
            life.says(sender(tried, chance.randrange(1000)), tried, again=chance.random() < 0.1)
    if chance.random() < 0.7:
        for who, done in _ENDING:
            life.says(PEOPLE[who], done)
    return life


def lived(at_work: Shop) -> list[str]:
    """The tickets of so many lives, each with the one that was received before it."""
    numbers = []
    for first in range(0, LIVES, _AT_ONCE):
        some = [a_life(at_work, nth) for nth in range(first, min(LIVES, first + _AT_ONCE))]
        at_work.settle(some)
        numbers += [number for life in some for number in (life.number, life.other)]
    return numbers


def differences(at_work: Shop, numbers: Collection[str], archive: Archive) -> dict[str, int]:
    """The tickets of which rows differ, and how many."""
    ordered = sorted(numbers)
    found: dict[str, int] = {}
    with scratch(at_work.engine) as aside:
        there = Sources(at_work.client, at_work.engine, aside, archive)
        for first in range(0, len(ordered), _TOGETHER):
            found |= at_work.do(of_each(ordered[first : first + _TOGETHER], there, repair=False))
    assert found.keys() == set(numbers)
    return {number: many for number, many in found.items() if many}


async def closed(at_work: Shop) -> set[str]:
    """The workflows that have ended."""
    return {each.workflow for each in await runs.closed(at_work.client, at_work.tickets.task_queue, None)}


async def archived(at_work: Shop, sweep: Sweep) -> set[str]:
    """Once all that has ended is in the archive: the server's list lags behind."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            ended = await closed(at_work)
            await sweep.sweep()
            if ended == await closed(at_work) and await sweep.sweep() == 0:
                return ended


async def forgets(at_work: Shop, workflows: Collection[str]) -> None:
    door = asyncio.Semaphore(_AT_ONCE)

    async def one(workflow: str) -> None:
        async with door:
            await forgotten(at_work.client, workflow)

    await asyncio.gather(*map(one, workflows))


def test_of_random_lives_there_is_no_difference_even_once_the_server_has_forgotten(at_work: Shop, tmp_path: Path):
    """design: SQL is a projection, rebuilt from histories and archive at any time with a zero diff."""

    async def client() -> Client:
        return at_work.client

    numbers = lived(at_work)
    registry = Registry(at_work.engine, Blobs(tmp_path / "uploads"))
    archive = Archive.of(Given(home=tmp_path))
    sweep = Sweep(at_work.engine, lambda: archive, [client], at_work.tickets.task_queue, registry)
    assert differences(at_work, numbers, archive) == {}
    ended = at_work.do(archived(at_work, sweep))
    over, still = ended & set(numbers), set(numbers) - ended
    assert len(over) >= LIVES // 8
    assert len(still) >= LIVES // 8
    assert [each for each in folded(archive, at_work.engine, runs_in(archive)) if each.fault or not each.is_shown] == []
    at_work.do(forgets(at_work, ended))
    assert differences(at_work, numbers, archive) == {}
    sys.stderr.write(f"{LIVES} lives, {len(numbers)} tickets, {len(over)} over and forgotten, {len(still)} open\n")
