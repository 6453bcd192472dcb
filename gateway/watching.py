"""The watchdog's looks: read model and Temporal, each by itself, and what stands still is kept and told.

Nothing here is asked of a ticket's workflow, and neither of the two halves needs the other to find what it can alone.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from math import ceil
from typing import TypeVar

import structlog
from sqlalchemy import Engine
from temporalio.client import Client

from domain.audience.watch import Trouble
from gateway import runs
from gateway.runs import Run
from gateway.succession import standing_back
from gateway.telephone import callback_id
from gateway.turns import Turn
from store.deliveries.standing import troubled
from store.mail.arriving import unread
from store.registry.confirmations import lapse
from store.telephone import flooded
from store.watch import missed, reading, receipts
from store.watch.beats import MISSED, PATIENCE_S, RUNS, WATCHDOG, ages, beat, silent
from store.watch.findings import Look, open_subjects, settle
from workflows.aftercare import aftercare_id

T = TypeVar("T")
log = structlog.get_logger()

#: Seconds from the end of a look to the next, and so long one may take before it is given up.
EVERY_S = 15
ROWS_S, RUNS_S = 45, 120
#: What a look asks Temporal for, one by one: tickets that the list of runs lacks, those that something speaks against,
#: and some of the others in turn. However much stands still, a look ends.
ASKED, SUSPECTED, IN_TURN = 500, 1_000, 200
_AT_ONCE = 8
_THREADS = 4
#: A workflow so young may not have told the read model of itself yet.
_YOUNG = timedelta(seconds=PATIENCE_S)
_OF_TICKETS = aftercare_id("")
#: What describing a run finds.
_OF_RUNS = (Trouble.RUN_FAILS, Trouble.NOT_PROJECTED)
#: What the absence of one is, and in words.
_OF_NONE = (Trouble.NO_RUN, Trouble.LOST)
_NO_RUN = "no running workflow"


@dataclass
class Watch:
    """Looks again and again; what it remembers from one time to the next is only where to look, and what was missing.

    Attributes:
        connect: a client of Temporal, asked for until there is one.
        mailbox: the name of the one that is to be read; None: none is.
        warm_s: so long after its start nobody is found silent: all parts may have just started.
    """

    engine: Engine
    connect: Callable[[], Awaitable[Client]]
    task_queue: str
    mailbox: str | None = None
    warm_s: float = PATIENCE_S
    _client: Client | None = None
    _threads: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, _THREADS, "look"))
    _began: float = field(default_factory=time.monotonic)
    _asks: Turn = field(default_factory=Turn)
    _suspects: Turn = field(default_factory=Turn)
    _others: Turn = field(default_factory=Turn)
    _calls: Turn = field(default_factory=Turn)
    _missing: set[str] = field(default_factory=set)
    _before: set[tuple[Trouble, str]] = field(default_factory=set)

    async def look_at_rows(self) -> None:
        """One look at the read model."""
        await self._look(self._in_rows, WATCHDOG, ROWS_S)

    async def look_at_runs(self) -> None:
        """One look at Temporal, which waits for no other and holds up none."""
        await self._look(self._in_runs, RUNS, RUNS_S)

    async def _look(self, half: Callable[[], Awaitable[None]], name: str, within_s: int) -> None:
        """What fails is tried again in the next; who may take long, and who did, is missed later."""
        began = time.monotonic()
        try:
            await half()
            took = time.monotonic() - began
            every_s = max(EVERY_S + int(took), ceil((EVERY_S + within_s) / MISSED))
            await self._aside(beat, self.engine, name, every_s)
        except Exception as error:  # noqa: BLE001  # whatever it is, the next look comes
            log.warning("a look failed", half=name, error=type(error).__name__)

    async def _in_rows(self) -> None:
        """Promises without their alarms, by the read model; parts that are silent. What nobody answered lapses."""
        late = await self._twice(Trouble.OVERDUE, await self._ask(reading.overdue))
        await self._settle(Look(Trouble.OVERDUE, late))
        untold = {callback_id(call): rung for call, rung in (await self._ask(missed.untold)).items()}
        await self._settle(Look(Trouble.CALL_OVERDUE, await self._twice(Trouble.CALL_OVERDUE, untold)))
        await self._settle(Look(Trouble.FLOODED, await self._ask(flooded, datetime.now(UTC))))
        await self._settle(Look(Trouble.UNDELIVERED, await self._ask(troubled, datetime.now(UTC))))
        await self._settle(Look(Trouble.UNREAD, await self._ask(unread, self.mailbox, datetime.now(UTC))))
        if time.monotonic() - self._began >= self.warm_s:
            heard = await self._ask(ages)
            found = {name: f"{int(heard[name][0])} s" if name in heard else "never heard" for name in silent(heard)}
            found.pop(WATCHDOG, None)  # it speaks just now
            await self._settle(Look(Trouble.SILENT, found))
        await self._ask(lapse, datetime.now(UTC))

    async def _in_runs(self) -> None:
        """Open tickets without a run, by read model and Temporal; runs that fail."""
        self._client = client = self._client or await self.connect()
        opened, awaited = await self._ask(reading.open_tickets), await self._ask(receipts.awaited)
        started = await runs.running(client, self.task_queue)
        lost = await self._missed(await self._without_run(client, opened | awaited.keys(), started))
        unknown = await self._unknown(opened, started)
        looked = await self._described(client, started, lost)
        untold = {number: run.untold for number, run in looked.items() if run.untold} | unknown
        fails = {number: run.fails for number, run in looked.items() if run.fails}
        for trouble, found in zip(_OF_RUNS, (fails, untold), strict=True):
            await self._settle(Look(trouble, await self._twice(trouble, found), frozenset({*looked, *found})))
        await self._in_clocks(client)
        back = await standing_back(client, self.task_queue)
        await self._settle(Look(Trouble.STANDS_BACK, await self._twice(Trouble.STANDS_BACK, back)))

    async def _in_clocks(self, client: Client) -> None:
        """Clocks of missed calls that do not run, or fail."""
        waiting = {callback_id(call) for call in await self._ask(missed.unfinished)}
        looked = await gathered(self._calls.of(waiting, ASKED), lambda id_: runs.run(client, id_))
        found = {id_: run.fails or _NO_RUN for id_, run in looked.items() if run.fails or not run.is_running}
        over = await self._ask(open_subjects, Trouble.CALL_FAILS) - waiting
        stopped = await self._twice(Trouble.CALL_FAILS, found)
        await self._settle(Look(Trouble.CALL_FAILS, stopped, frozenset({*looked, *over})))

    async def _without_run(self, client: Client, opened: set[str], started: Mapping[str, datetime]) -> set[str]:
        """Of what the list of runs lacks, some are asked for: the list lags behind.

        Where none of these runs it is right, and so is what it lacked in the look before too.
        """
        missing = {number for number in opened if number not in started and aftercare_id(number) not in started}
        told = await self._ask(open_subjects, *_OF_NONE)
        new, before = missing - told, self._missing
        asked = await gathered(self._asks.of(new, ASKED), lambda number: self._state(client, number))
        absent = {number for number, run in asked.items() if not run.is_running}
        self._missing = new
        return absent | (missing & told) | (new & before if absent == asked.keys() else set())

    async def _missed(self, gone: set[str]) -> set[str]:
        """Tell of those that do not run: tickets that are open, and reports that never became one; answer these."""
        # Meanwhile a ticket may have ended as it should, and a report have come into the read model.
        left = await self._ask(reading.open_tickets, gone) if gone else set()
        awaited = await self._ask(receipts.awaited) if gone else {}
        lost = {number: awaited[number] for number in gone & awaited.keys()}
        await self._settle(Look(Trouble.NO_RUN, dict.fromkeys(left, _NO_RUN)))
        await self._settle(Look(Trouble.LOST, lost))
        return set(lost)

    async def _unknown(self, opened: set[str], started: Mapping[str, datetime]) -> dict[str, str]:
        """Tickets whose workflows run, and of which the read model has nothing."""
        old = datetime.now(UTC) - _YOUNG
        asked = {number_of(id_) for id_, at in started.items() if at < old} - opened
        known = await self._ask(reading.known, asked) if asked else set()
        return dict.fromkeys(asked - known, "nothing in the read model")

    async def _described(self, client: Client, started: Mapping[str, datetime], lost: set[str]) -> dict[str, Run]:
        """How runs do, by the number of their ticket: those that something speaks against, and some in turn.

        Of what is lost nothing is over.
        """
        running = {number_of(id_) for id_ in started}
        named = await self._named(client)
        chosen = {*await self._chosen(named & running), *self._others.of(running, IN_TURN)}
        ids = {each for number in chosen for each in (number, aftercare_id(number)) if each in started}
        described = await gathered(ids, lambda id_: runs.run(client, id_))
        looked = dict.fromkeys(named - running - lost, Run(is_running=False))  # what runs no more fails no more
        for id_, run in described.items():
            known = looked.get(number_of(id_))
            looked[number_of(id_)] = run if known is None or not (known.fails or known.untold) else known
        return looked

    async def _named(self, client: Client) -> set[str]:
        """The tickets that something speaks against."""
        named = await self._ask(reading.suspects)
        named |= await self._ask(open_subjects, *_OF_RUNS)
        named |= {subject for _, subject in self._before}
        return named | {number_of(id_) for id_ in await runs.reported(client, self.task_queue)}

    async def _chosen(self, named: set[str]) -> list[str]:
        """Those that are described: what the look before found and nobody is told of, then the others in turn."""
        told = await self._ask(open_subjects, *_OF_RUNS)
        before = {subject for trouble, subject in self._before if trouble in _OF_RUNS}
        again = sorted((before & named) - told)[:SUSPECTED]
        return again + self._suspects.of(named.difference(again), SUSPECTED - len(again))

    async def _state(self, client: Client, number: str) -> Run:
        """How its workflow does, or that of its aftercare."""
        own = await runs.run(client, number)
        return own if own.is_running else await runs.run(client, aftercare_id(number))

    async def _twice(self, trouble: Trouble, found: Mapping[str, str]) -> dict[str, str]:
        """Those that were in it in the look before, too, or are told already: what is tried again may come right."""
        before = {subject for kind, subject in self._before if kind is trouble}
        before |= await self._ask(open_subjects, trouble) if found else set()
        self._before = {each for each in self._before if each[0] is not trouble} | {(trouble, each) for each in found}
        return {subject: reason for subject, reason in found.items() if subject in before}

    async def _ask(self, question: Callable[..., T], *given: object) -> T:
        return await self._aside(question, self.engine, *given)

    async def _aside(self, work: Callable[..., T], *given: object) -> T:
        """In a thread of the looks' own: whatever the archive's wait for, these do not."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *given))

    async def _settle(self, look: Look) -> None:
        if look.found:
            log.warning("stands still", trouble=look.trouble, count=len(look.found))
        await self._aside(settle, self.engine, look, datetime.now(UTC))


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
