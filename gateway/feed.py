"""The feed: one connection a process on which Postgres tells what the projections wrote."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

import psycopg2
import structlog
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, connection
from sqlalchemy import make_url

from store.database import NOTICES_A_DEAD_LINE
from store.decisions import CHANNEL

#: What a projection announced; None: something may have been missed, so read the rows again.
Announcement = dict[str, Any] | None

_FIRST_DELAY_S, _LONGEST_DELAY_S = 0.1, 2.0
log = structlog.get_logger()


#: No ticket is called so.
_PERSON = "person "


def ends(announced: Announcement) -> bool:
    """Whether it says that the streams of the person end."""
    return announced is not None and "person" in announced


def visited(announced: Announcement) -> str | None:
    """The ticket of which it says that others have it open now, or do other things there."""
    return announced.get("presence") if announced else None


def is_of_calls(announced: Announcement) -> bool:
    """Whether it says that there is something new about the calls that come in."""
    return announced is not None and "calls" in announced


def left(announced: dict[str, Any]) -> frozenset[str]:
    """The customers whose ticket it is no longer."""
    return frozenset(announced.get("left", ()))


def is_of_inbox(announced: Announcement) -> bool:
    """Whether it says that there is something new about the person's inbox."""
    return announced is not None and "inbox" in announced


def _subjects(announced: dict[str, Any]) -> tuple[str | None, ...]:
    if is_of_inbox(announced):
        return tuple(_PERSON + person for person in announced["inbox"])
    if visited(announced) or is_of_calls(announced):
        return (None,)
    return (_PERSON + announced["person"],) if ends(announced) else (announced["number"], None)


class Feed:
    """Hands what is announced of each ticket to those who wait for it."""

    def __init__(self, database_url: str) -> None:
        self._dsn = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._waiting: dict[str | None, set[asyncio.Queue[Announcement]]] = {}
        self._lost = asyncio.Event()

    @contextmanager
    def about(self, number: str | None) -> Iterator[asyncio.Queue[Announcement]]:
        """What is announced of one ticket, from now on; of all where none is named."""
        with self._told(number) as queue:
            yield queue

    @contextmanager
    def for_person(self, person: str, *, tickets: bool) -> Iterator[asyncio.Queue[Announcement]]:
        """What is announced of somebody: their inbox, and that their streams end (`ends`); and of all tickets."""
        with self._told(*([None] if tickets else []), _PERSON + person) as queue:
            yield queue

    @contextmanager
    def _told(self, *subjects: str | None) -> Iterator[asyncio.Queue[Announcement]]:
        queue: asyncio.Queue[Announcement] = asyncio.Queue()
        for subject in subjects:
            self._waiting.setdefault(subject, set()).add(queue)
        try:
            yield queue
        finally:
            for subject in subjects:
                self._waiting[subject].discard(queue)
                if not self._waiting[subject]:
                    del self._waiting[subject]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen in the background, also across restarts of the database."""
        listening = asyncio.create_task(self._listen_for_ever())
        try:
            yield
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening

    async def _listen_for_ever(self) -> None:
        delay = _FIRST_DELAY_S
        while True:
            try:
                to = await asyncio.to_thread(self._connect)
            except psycopg2.Error:
                await asyncio.sleep(delay)
                delay = min(delay * 2, _LONGEST_DELAY_S)
                continue
            delay = _FIRST_DELAY_S
            self._tell_all()
            await self._listen(to)
            log.warning("database lost", channel=CHANNEL)

    def _connect(self) -> connection:
        opened: connection = psycopg2.connect(self._dsn, connect_timeout=2, **NOTICES_A_DEAD_LINE)
        opened.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        with opened.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        return opened

    async def _listen(self, to: connection) -> None:
        """Until the connection is lost."""
        loop = asyncio.get_running_loop()
        self._lost.clear()
        loop.add_reader(to.fileno(), self._read, to)
        descriptor = to.fileno()
        try:
            await self._lost.wait()
        finally:
            loop.remove_reader(descriptor)
            to.close()

    def _read(self, to: connection) -> None:
        try:
            to.poll()
        except psycopg2.Error:
            self._lost.set()
            return
        while to.notifies:
            announced = json.loads(to.notifies.pop(0).payload)
            for listening in _subjects(announced):
                for queue in self._waiting.get(listening, ()):
                    queue.put_nowait(announced)

    def _tell_all(self) -> None:
        for queues in self._waiting.values():
            for queue in queues:
                queue.put_nowait(None)
