"""The watchdog's sweep: read model and Temporal, each looked at by itself, and what stands still is kept and told.

Nothing here is asked of a ticket's workflow, and neither of the two halves needs the other to find what it can alone.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

import structlog
from sqlalchemy import Engine
from temporalio.client import Client

from domain.audience.watch import Trouble
from gateway import runs
from gateway.runs import Run
from store.registry.confirmations import lapse
from store.watch import reading
from store.watch.beats import PATIENCE_S, RUNS, WATCHDOG, ages, beat, silent
from store.watch.findings import Look, open_subjects, settle
from workflows.aftercare import aftercare_id

T = TypeVar("T")
log = structlog.get_logger()

#: Seconds from one sweep to the next: three of them are a minute, with what they take.
EVERY_S = 15
#: Runs that a sweep describes although nothing speaks against them, one after another through all of them.
IN_TURN = 200
_AT_ONCE = 8
#: A workflow so young may not have told the read model of itself yet.
_YOUNG = timedelta(seconds=PATIENCE_S)
_OF_TICKETS = aftercare_id("")


@dataclass
class Watch:
    """Looks again and again; what it remembers from one sweep to the next is only where to look.

    Attributes:
        connect: a client of Temporal, asked for until there is one.
        warm_s: so long after its start nobody is found silent: all parts may have just started.
    """

    engine: Engine
    connect: Callable[[], Awaitable[Client]]
    task_queue: str
    warm_s: float = PATIENCE_S
    _client: Client | None = None
    _began: float = field(default_factory=time.monotonic)
    _after: str = ""
    _before: set[tuple[Trouble, str]] = field(default_factory=set)

    async def sweep(self) -> None:
        """One look at all there is; a half that fails is tried again in the next."""
        for half, name in ((self._in_rows, WATCHDOG), (self._in_runs, RUNS)):
            try:
                await half()
                await asyncio.to_thread(beat, self.engine, name, EVERY_S)
            except Exception as error:  # noqa: BLE001  # whatever it is, the next sweep comes
                log.warning("a look failed", half=name, error=type(error).__name__)

    async def _in_rows(self) -> None:
        """Promises without their alarms, by the read model; parts that are silent. What nobody answered lapses."""
        late = await self._twice(Trouble.OVERDUE, await self._ask(reading.overdue))
        await self._settle(Look(Trouble.OVERDUE, late))
        if time.monotonic() - self._began >= self.warm_s:
            heard = await self._ask(ages)
            found = {name: f"{int(heard[name][0])} s" if name in heard else "never heard" for name in silent(heard)}
            found.pop(WATCHDOG, None)  # it speaks just now
            await self._settle(Look(Trouble.SILENT, found))
        await self._ask(lapse, datetime.now(UTC))

    async def _in_runs(self) -> None:
        """Open tickets without a run, by read model and Temporal; runs that fail."""
        self._client = client = self._client or await self.connect()
        opened = await self._ask(reading.open_tickets)
        started = await runs.running(client, self.task_queue)
        await self._settle(Look(Trouble.NO_RUN, await self._without_run(client, opened, started)))
        unknown = await self._unknown(opened, started)
        looked = await self._described(client, started)
        untold = {number: run.untold for number, run in looked.items() if run.untold} | unknown
        fails = {number: run.fails for number, run in looked.items() if run.fails}
        for trouble, found in ((Trouble.RUN_FAILS, fails), (Trouble.NOT_PROJECTED, untold)):
            await self._settle(Look(trouble, await self._twice(trouble, found), frozenset({*looked, *found})))

    async def _without_run(self, client: Client, opened: set[str], started: Mapping[str, datetime]) -> dict[str, str]:
        """Of what the list of runs lacks, each is asked for: the list lags behind."""
        missing = {number for number in opened if number not in started and aftercare_id(number) not in started}
        told = await self._ask(open_subjects, Trouble.NO_RUN)
        asked = {number: await self._state(client, number) for number in sorted(missing - told)}
        gone = {number for number, run in asked.items() if not run.is_running} | (missing & told)
        # Meanwhile a ticket may have ended as it should.
        left = await self._ask(reading.open_tickets, gone) if gone else set()
        return dict.fromkeys(left, "no running workflow")

    async def _unknown(self, opened: set[str], started: Mapping[str, datetime]) -> dict[str, str]:
        """Tickets whose workflows run, and of which the read model has nothing."""
        old = datetime.now(UTC) - _YOUNG
        asked = {number_of(id_) for id_, at in started.items() if at < old} - opened
        known = await self._ask(reading.known, asked) if asked else set()
        return dict.fromkeys(asked - known, "nothing in the read model")

    async def _described(self, client: Client, started: Mapping[str, datetime]) -> dict[str, Run]:
        """How runs do, by the number of their ticket: those that something speaks against, and some in turn."""
        named = await self._ask(reading.suspects)
        named |= await self._ask(open_subjects, Trouble.RUN_FAILS, Trouble.NOT_PROJECTED)
        named |= {subject for _, subject in self._before}
        ids = {each for number in named for each in (number, aftercare_id(number)) if each in started}
        ids |= await runs.reported(client, self.task_queue)
        ids |= self._in_turn(started)
        described = await gathered(ids, lambda id_: runs.run(client, id_))
        looked = dict.fromkeys(named, Run(is_running=False))  # what runs no more fails no more
        for id_, run in described.items():
            known = looked.get(number_of(id_))
            looked[number_of(id_)] = run if known is None or not (known.fails or known.untold) else known
        return looked

    def _in_turn(self, started: Iterable[str]) -> set[str]:
        ordered = sorted(started)
        following = list(islice((id_ for id_ in ordered if id_ > self._after), IN_TURN))
        self._after = following[-1] if len(following) == IN_TURN else ""
        return set(following)

    async def _state(self, client: Client, number: str) -> Run:
        """How its workflow does, or that of its aftercare."""
        own = await runs.run(client, number)
        return own if own.is_running else await runs.run(client, aftercare_id(number))

    async def _twice(self, trouble: Trouble, found: Mapping[str, str]) -> dict[str, str]:
        """Those that were in it in the sweep before, too, or are told already: what is tried again may come right."""
        before = {subject for kind, subject in self._before if kind is trouble}
        before |= await self._ask(open_subjects, trouble) if found else set()
        self._before = {each for each in self._before if each[0] is not trouble} | {(trouble, each) for each in found}
        return {subject: reason for subject, reason in found.items() if subject in before}

    async def _ask(self, question: Callable[..., T], *given: object) -> T:
        return await asyncio.to_thread(question, self.engine, *given)

    async def _settle(self, look: Look) -> None:
        if look.found:
            log.warning("stands still", trouble=look.trouble, count=len(look.found))
        await asyncio.to_thread(settle, self.engine, look, datetime.now(UTC))


def number_of(workflow_id: str) -> str:
    """The ticket whose workflow, or aftercare, has this id."""
    return workflow_id.removesuffix(_OF_TICKETS)


async def gathered(ids: Iterable[str], ask: Callable[[str], Awaitable[T]]) -> dict[str, T]:
    """The answer of each, a few at once."""
    door = asyncio.Semaphore(_AT_ONCE)

    async def asked(id_: str) -> tuple[str, T]:
        async with door:
            return id_, await ask(id_)

    return dict(await asyncio.gather(*map(asked, ids)))
