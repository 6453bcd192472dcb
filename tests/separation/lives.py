"""Random lives, and whether the read model is what their histories tell: also once the archive alone has them."""

import asyncio
import random
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

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
from tests.people import PEOPLE
from tests.separation.in_workflow import InWorkflow, Shop, shop
from tests.separation.machine import WAITS
from tests.separation.moves import RESOLVE, THEMES, move, sender
from tests.separation.registry import prepare
from tests.separation.starts import STARTS

#: Lives side by side. Of many more on a busy machine the worker answers none within the time of a workflow task: each
#: is begun again and again, and nothing gets done.
_AT_ONCE = 4
_STARTS = [start for starts in STARTS.values() for start in starts]
_MOVES = [each for theme in THEMES.values() for each in theme]
_ENDING = (
    ("engineer", RESOLVE),
    ("customer", move("confirm")),
    ("engineer", move("deliver_report", text="报告")),
    ("supervisor", move("record_survey", text="满意", satisfaction="satisfied")),
)


@dataclass(frozen=True)
class Found:
    """What came of some lives.

    Attributes:
        tickets: of each life its own, and one that was received before it.
        over: how many of them had ended, which the server then forgot; ``still``: how many were open.
        live: of which rows differed while the server knew all, and how many; ``kept``: once the archive alone had some.
        unlike: tickets in the archive of which the rows are not what the histories told.
    """

    tickets: int
    over: int
    still: int
    live: dict[str, int]
    kept: dict[str, int]
    unlike: list[str]

    @property
    def differences(self) -> int:
        """All that differs, in whichever way it was looked for."""
        return len(self.unlike) + sum(self.live.values()) + sum(self.kept.values())


@dataclass
class Lives:
    """Where they are lived, and where they are archived."""

    at_work: Shop
    archive: Archive
    sweep: Sweep

    def found(self, numbered: Sequence[int], when_lived: Callable[[], object] = lambda: None) -> Found:
        """What comes of these; ``when_lived``: called as each has been lived."""
        numbers = self.at_work.do(self._lived(numbered, when_lived), within_s=None)
        live = self._differences(numbers)
        ended = self.at_work.do(self._archived(), within_s=None)
        runs = runs_in(self.archive)
        ours = {number: runs[number] for number in numbers if number in runs}
        told = folded(self.archive, self.at_work.engine, ours)
        unlike = [each.number for each in told if each.fault or not each.is_shown]
        self.at_work.do(forget(self.at_work.client, ended), within_s=None)
        over = len(ended & set(numbers))
        return Found(len(numbers), over, len(numbers) - over, live, self._differences(numbers), unlike)

    async def _lived(self, numbered: Sequence[int], when_lived: Callable[[], object]) -> list[str]:
        """The tickets of these lives; where one has ended the next begins."""
        door = asyncio.Semaphore(_AT_ONCE)

        async def one(life: InWorkflow) -> None:
            async with door:
                await life.catches_up()
            when_lived()

        lives = [a_life(self.at_work, nth) for nth in numbered]
        async with asyncio.TaskGroup() as living:
            for life in lives:
                living.create_task(one(life))
        return [number for life in lives for number in (life.number, life.other)]

    def _differences(self, numbers: Collection[str]) -> dict[str, int]:
        """The tickets of which rows differ, and how many."""
        with scratch(self.at_work.engine) as aside:
            there = Sources(self.at_work.client, self.at_work.engine, aside, self.archive)
            found = self.at_work.do(of_each(numbers, there, repair=False), within_s=None)
        assert found.keys() == set(numbers)
        return {number: many for number, many in found.items() if many}

    async def _archived(self) -> set[str]:
        """What has ended, once all of that is in the archive: the server's list lags behind."""
        while True:
            ended = await closed(self.at_work)
            await self.sweep.sweep()
            if ended == await closed(self.at_work) and await self.sweep.sweep() == 0:
                return ended


@contextmanager
def lives(address: str, database_url: str, home: Path) -> Iterator[Lives]:
    """With a worker that nobody else uses, until the block ends."""
    engine = connect(database_url)
    prepare(engine)

    with shop(address, engine) as at_work:

        async def client() -> Client:
            return at_work.client

        archive, registry = Archive.of(Given(home=home)), Registry(engine, Blobs(home / "uploads"))
        sweep = Sweep(engine, lambda: archive, [client], at_work.tickets.task_queue, registry)
        yield Lives(at_work, archive, sweep)
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


async def closed(at_work: Shop) -> set[str]:
    """The workflows that have ended."""
    return {each.workflow for each in await runs.closed(at_work.client, at_work.tickets.task_queue, None)}


async def forget(client: Client, workflows: Collection[str]) -> None:
    """The server knows nothing of them any more."""
    door = asyncio.Semaphore(_AT_ONCE)

    async def one(workflow: str) -> None:
        async with door:
            await forgotten(client, workflow)

    await asyncio.gather(*map(one, workflows))
