"""Sending: letters leave by each channel as fast as it takes them, and whatever one does delays no other."""

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from channels.channel import Channel, DelayedError, DownError, NotSentError, RefusedError
from runtime.errors import StartError
from runtime.failpoints import reached
from runtime.stopping import rest
from store.deliveries import outcomes
from store.deliveries.claiming import Letter, claim
from store.deliveries.routing import open_channels, route
from store.deliveries.waking import wake
from store.models import Way
from store.watch.beats import EVERY_S, SENDER, beat

T = TypeVar("T")

log = structlog.get_logger()

#: Letters that leave by a channel at the same time, and so long one may take.
AT_ONCE, PATIENCE_S = 8, 60
#: Of these so many that failed before: a few mailboxes that hang do not hold up what is new.
_TRIED_AT_ONCE = 4
#: What is asked of the database at the same time. Nothing else runs in these threads: names are looked up in others.
_THREADS = 8
#: Seconds from one look for letters to the next.
_LOOK_S = 1
#: Seconds before a letter is tried once more: three times as long each time. A channel that is down rests less.
_FIRST_S, _LONGEST_S, _REST_S = 10, 900, 60


def wait_s(attempts: int, longest: float = _LONGEST_S) -> float:
    """How long after so many attempts nothing is tried; never the same for all."""
    return min(longest, _FIRST_S * 3.0 ** min(attempts - 1, 10)) * random.uniform(0.5, 1)  # noqa: S311  # no secret


@dataclass
class Sending:
    """All channels of an installation. Several of these may run at once, each letter is one's."""

    engine: Engine
    channels: Sequence[Channel]
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    _threads: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, _THREADS, "deliveries"))

    async def until(self, stopped: asyncio.Event) -> None:
        """Send until somebody says stop; what is under way then is finished, or taken up by the next."""
        ways = [channel.way for channel in self.channels]
        while not stopped.is_set() and await self._patiently(_opened, ways) is None:
            await rest(stopped, _LOOK_S)
        await asyncio.gather(self._route(stopped), *(self._send_by(channel, stopped) for channel in self.channels))

    async def _route(self, stopped: asyncio.Event) -> None:
        ways, beaten = [channel.way for channel in self.channels], float("-inf")
        while not stopped.is_set():
            taken = await self._patiently(route, ways)
            if (now := asyncio.get_running_loop().time()) - beaten >= EVERY_S and taken is not None:
                await self._patiently(wake)
                await self._patiently(_beaten)
                beaten = now
            if not taken:
                await rest(stopped, _LOOK_S)

    async def _send_by(self, channel: Channel, stopped: asyncio.Event) -> None:
        """Letters of one channel, some at once; while it is down one at a time tries whether it is up again."""
        going: dict[asyncio.Task[DownError | None], Letter] = {}
        failed = 0
        while not stopped.is_set():
            going |= await self._begun(channel, going.values(), 1 if failed else AT_ONCE)
            if not going:
                await rest(stopped, _LOOK_S)
                continue
            done, _ = await asyncio.wait(going, timeout=_LOOK_S, return_when=asyncio.FIRST_COMPLETED)
            downs = [task.result() for task in done]
            if downs:
                failed = failed + 1 if all(downs) else 0
            going = {task: letter for task, letter in going.items() if task not in done}
            asked_s = max((min(down.after_s, _LONGEST_S) for down in downs if down), default=0)
            # It may be the letter that the server will not have: another is tried before anything rests.
            if failed > 1 or asked_s:
                await rest(stopped, max(asked_s, wait_s(failed - 1, _REST_S)))
        if going:
            await asyncio.wait(going, timeout=_LOOK_S)
        for task in going:
            task.cancel()  # whoever comes next sends it, as the same letter

    async def _begun(
        self, channel: Channel, going: Collection[Letter], at_once: int
    ) -> dict[asyncio.Task[DownError | None], Letter]:
        """Letters that are sent from now on beside those that are."""
        free, tried = at_once - len(going), sum(letter.attempts > 1 for letter in going)
        if free <= 0:
            return {}
        claimed = await self._patiently(self._claim, channel.way, free, _TRIED_AT_ONCE - tried)
        return {asyncio.create_task(self._send(channel, letter)): letter for letter in claimed or ()}

    @staticmethod
    def _claim(engine: Engine, way: Way, most: int, again: int, now: datetime) -> list[Letter]:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            return claim(session, way, now, most, again)

    async def _send(self, channel: Channel, letter: Letter) -> DownError | None:
        """Send a letter and note what became of it; None: the channel does its work."""
        try:
            said = await said_of(channel, letter)
        except RefusedError as refusal:
            log.warning("a letter is refused", channel=channel.way, letter=letter.id, said=str(refusal))
            await self._note(outcomes.refused, letter, str(refusal), self.clock())
        except DownError as failure:
            log.warning("a channel is down", channel=channel.way, said=str(failure))
            await self._note(outcomes.failing, letter.way, str(failure), self.clock())
            # Others are tried before it: it may be this letter that the server would not have.
            await self._later(letter, str(failure), failure.after_s, _REST_S)
            return failure
        except DelayedError as failure:
            await self._later(letter, str(failure), failure.after_s)
        except TimeoutError:
            await self._later(letter, f"no answer within {PATIENCE_S} s")
        except Exception as fault:  # noqa: BLE001  # whatever a channel does, the others and the next letters go on
            log.warning("a letter failed", channel=channel.way, letter=letter.id, error=type(fault).__name__)
            await self._later(letter, type(fault).__name__)
        else:
            reached("sender-before-noted")
            await self._note(outcomes.sent, letter, said, self.clock())
        return None

    async def _later(self, letter: Letter, said: str, asked_s: float = 0, longest_s: float = _LONGEST_S) -> None:
        wait = max(wait_s(letter.attempts, longest_s), min(asked_s, _LONGEST_S))
        await self._note(outcomes.delayed, letter, said, self.clock(), self.clock() + timedelta(seconds=wait))

    async def _note(self, outcome: Callable[..., None], *given: object) -> None:
        """Tried until the lease is nearly over: what is not noted is sent once more."""
        for _ in range(PATIENCE_S):
            try:
                await self._in_thread(outcome, *given)
            except Exception as failure:  # noqa: BLE001  # whatever it is, the others and the next letters go on
                log.warning("what became of a letter is not noted yet", error=type(failure).__name__)
                await asyncio.sleep(1)
            else:
                break

    async def _patiently(self, step: Callable[..., T], *given: object) -> T | None:
        """None: the database is out of reach now, or holds what this version cannot read. Either is tried again."""
        try:
            return await self._in_thread(step, *given, self.clock())
        except Exception as failure:  # noqa: BLE001  # whatever it is, the next look comes
            log.warning("a look for letters failed", error=type(failure).__name__)
            return None

    async def _in_thread(self, step: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(step, self.engine, *given))


async def said_of(channel: Channel, letter: Letter) -> str:
    """What whoever took it said; what opens a link is no more in it than in what is said of a failure."""
    try:
        return letter.hidden(await asyncio.wait_for(channel.send(letter), PATIENCE_S))
    except NotSentError as failure:
        raise type(failure)(letter.hidden(str(failure)), failure.after_s) from None
    except (StartError, FileNotFoundError, PermissionError) as wrong:  # of a secret's file, which is named
        raise DownError(str(wrong)) from None


def _opened(engine: Engine, ways: Sequence[Way], now: datetime) -> bool:
    open_channels(engine, ways, now)
    return True


def _beaten(engine: Engine, _: datetime) -> None:
    beat(engine, SENDER)
