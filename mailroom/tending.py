"""Tending: mail is seen to as it comes, the clocks of what waits run, and nothing that fails holds up the rest."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from temporalio.service import RPCError, RPCStatusCode

from gateway.mail import see_that_it_is_taken
from gateway.tickets import Gateway, NotConnectedError
from mailroom.taking import AwaitedError, CostlyError, Taking, TooManyError
from runtime.failpoints import reached
from runtime.settings import Settings
from runtime.stopping import rest
from store.mail import tending, waiting
from store.mail.tending import Waits
from store.watch.beats import EVERY_S, RECEIVER, beat

#: What may be away for a while without that being a mail's fault; then all is tried again so many seconds later.
_AWAY = (RPCError, NotConnectedError, OperationalError, InterfaceError, OSError, TimeoutError)
_AGAIN = timedelta(seconds=10)
_FLOODED = timedelta(minutes=5)
_LOOK_S = 2.0

log = structlog.get_logger()


@dataclass
class Tending:
    """Sees to what was fetched."""

    settings: Settings
    engine: Engine
    tickets: Gateway
    _clocked: set[str] = field(default_factory=set)

    async def until(self, stopped: asyncio.Event) -> None:
        """See to all that comes, until somebody says stop; what is under way then the next one takes up."""
        beaten = float("-inf")
        while not stopped.is_set():
            try:
                await self.look()
                if (now := asyncio.get_running_loop().time()) - beaten >= EVERY_S:
                    await asyncio.to_thread(beat, self.engine, RECEIVER)
                    beaten = now
            except _AWAY as failure:
                log.warning("mail cannot be seen to now", kind=type(failure).__name__)
            await rest(stopped, _LOOK_S)

    async def look(self) -> None:
        """See to what is due, one after the other; then to the clocks.

        Of what was tried or put off one alone, for that may take long: what has come meanwhile comes before the next.
        """
        for id_, is_new in await asyncio.to_thread(tending.due, self.engine, datetime.now(UTC)):
            await self._see_to(id_)
            if not is_new:
                break
        await self._see_to_clocks()

    async def _see_to(self, id_: str) -> None:
        now = datetime.now(UTC)
        undone = await asyncio.to_thread(tending.begin, self.engine, id_, now)
        if undone is None:
            return
        taking = Taking(self.settings, self.engine, self.tickets)
        try:
            done = await taking.take(undone, now)
        except TooManyError:
            log.warning("so many tickets are opened by mail that this one waits", mail=id_)
            await asyncio.to_thread(waiting.tell_of_flood, self.engine, now)
            await asyncio.to_thread(tending.later, self.engine, id_, now + _FLOODED, Waits.FLOOD)
        except CostlyError:
            log.info("a mail takes long: others come before it", mail=id_)
        except AwaitedError:
            await asyncio.to_thread(tending.later, self.engine, id_, now + _AGAIN, Waits.AWAITED)
        except _AWAY as failure:
            if isinstance(failure, RPCError) and failure.status is RPCStatusCode.INVALID_ARGUMENT:
                log.exception("a mail could not be seen to", mail=id_, tries=undone.tries)
                return  # the server is there: it is tried again, and then told
            await asyncio.to_thread(tending.later, self.engine, id_, now + _AGAIN)
            raise
        except Exception:  # whatever is wrong with this one, the next may be well; it is tried again, and then told
            log.exception("a mail could not be seen to", mail=id_, tries=undone.tries)
        else:
            reached("taken")
            await asyncio.to_thread(tending.settle, self.engine, id_, done, now)
            log.info("mail", mail=id_, became=done.became, why=done.why, ticket=done.ticket)

    async def _see_to_clocks(self) -> None:
        """Each mail that nobody has taken has its clock, whatever was away when it came."""
        taking = Taking(self.settings, self.engine, self.tickets)
        there = await asyncio.to_thread(waiting.without_a_clock, self.engine, datetime.now(UTC))
        self._clocked &= {id_ for id_, _ in there}
        for id_, came_at in there:
            if id_ not in self._clocked:
                clock = taking.clock(id_, came_at)
                await see_that_it_is_taken(self.tickets.client, self.settings.task_queue, clock)
                self._clocked.add(id_)
