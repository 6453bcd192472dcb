"""What stands behind the routes: the read model, its feed, and the workflows."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated, Concatenate, ParamSpec, TypeVar

from fastapi import Depends
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from gateway.feed import Feed
from gateway.tickets import Gateway
from runtime.settings import Settings
from store.acting import Acting, acting_for, require
from store.database import connect, connect_for_questions

P = ParamSpec("P")
T = TypeVar("T")

#: Connections of one process, and what one statement may take.
_FOR_QUESTIONS, _FOR_CHANGES = 20, 5
_STATEMENT_MS = 5_000
#: Answers that take long, at a time; and suppositions.
_HEAVY, _SUPPOSING = 2, 1


@dataclass(frozen=True, slots=True)
class Backend:
    """The servers behind the API.

    Attributes:
        database: for changes of the registry.
        heavy: held while an answer is made that takes long: so few at a time that others are answered meanwhile.
        looking: held while a file that somebody brings is looked into.
        supposing: held while tickets are lived again under other terms, which keeps nobody's export waiting.
        reads: for questions; also notes the use of a token, which is a single statement.
    """

    settings: Settings
    database: Engine
    reads: Engine
    tickets: Gateway
    feed: Feed
    heavy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HEAVY))
    looking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HEAVY))
    supposing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_SUPPOSING))

    @classmethod
    def of(cls, settings: Settings) -> "Backend":
        """Not connected to anything yet."""
        url = settings.database_url
        return cls(
            settings=settings,
            database=connect(url, pool_size=_FOR_CHANGES, statement_timeout_ms=_STATEMENT_MS, program="api"),
            reads=connect_for_questions(url, pool_size=_FOR_QUESTIONS, statement_timeout_ms=_STATEMENT_MS),
            tickets=Gateway(settings),
            feed=Feed(url),
        )

    async def ask(self, question: Callable[Concatenate[Engine, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the database answers; meanwhile the process answers others."""
        return await run_in_threadpool(question, self.reads, *args, **kwargs)

    async def note(self, change: Callable[Concatenate[Engine, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What comes of a change of the database that is nobody's act; whoever acts changes it by `Act`."""
        return await run_in_threadpool(change, self.database, *args, **kwargs)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected, or trying to be."""
        async with self.tickets.running(), self.feed.running():
            yield
        self.reads.dispose()
        self.database.dispose()


@dataclass(frozen=True, slots=True)
class Act:
    """The one way in which a caller changes anything: their right is looked at again when they do.

    A request may take as long as its body does, and rights end meanwhile.
    """

    behind: Backend
    by: Acting

    async def change(self, change: Callable[Concatenate[Engine, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What comes of a change of the registry or of somebody's access; others wait meanwhile."""
        return await run_in_threadpool(change, acting_for(self.behind.database, self.by), *args, **kwargs)

    async def add(self, change: Callable[Concatenate[Engine, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What comes of a row of the caller's own, beside which others may be written."""
        beside = acting_for(self.behind.database, self.by, alone=False)
        return await run_in_threadpool(change, beside, *args, **kwargs)

    async def submit(self, number: str, command: Command) -> None:
        """Put the command into the history of the ticket."""
        await self.behind.ask(_still_holds, self.by)
        await self.behind.tickets.submit(number, command)

    async def open(self, opening: Opening) -> None:
        """Start the ticket's workflow."""
        await self.behind.ask(_still_holds, self.by)
        await self.behind.tickets.open(opening)


def _still_holds(reads: Engine, by: Acting) -> None:
    with reads.connect() as connection:
        require(connection, by)


def backend(request: Request) -> Backend:
    """The application's own."""
    found: Backend = request.app.state.backend
    return found


Behind = Annotated[Backend, Depends(backend)]
