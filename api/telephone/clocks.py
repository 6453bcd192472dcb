"""Clocks of missed calls: each has one, whatever was away when nobody took the call."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from api.backend import Backend
from api.sweeping import again_and_again
from domain.audience.telephone import Missed
from gateway.telephone import see_that_it_is_returned
from store import telephone

#: From one look at calls that nobody has returned to the next, in seconds.
_EVERY_S = 15.0


@dataclass
class Clocks:
    """Starts the clocks of calls that nobody took. ``started``: those that have one, as this process knows."""

    behind: Backend
    started: set[str] = field(default_factory=set)

    async def look(self) -> None:
        """Start those that could not be started when the call was told, for Temporal was away."""
        waiting = await self.behind.note(telephone.missed_lately, datetime.now(UTC))
        self.started &= {call.id for call in waiting}
        for call in waiting:
            if call.id not in self.started:
                await self.start(call)

    async def start(self, call: Missed) -> None:
        """Start the clock of a call, once, however often that is asked."""
        await see_that_it_is_returned(self.behind.tickets.client, self.behind.settings.task_queue, call)
        self.started.add(call.id)


def seeing_that_calls_are_returned(behind: Backend) -> AbstractAsyncContextManager[None]:
    """While this lasts every call that nobody took has its clock."""
    return again_and_again(Clocks(behind).look, _EVERY_S, fails="missed calls could not be looked after")
