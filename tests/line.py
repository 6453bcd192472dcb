"""A line between two processes that a test can cut or make deaf."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from tests.patience import PATIENCE_S


class State(Enum):
    """What the line does with what it is given."""

    CARRIES = "carries"
    SWALLOWS = "swallows"  # connections stand, nothing arrives: a partition
    REFUSES = "refuses"  # connections end at once: a dead server


class Line:
    """A TCP proxy to one address."""

    def __init__(self, target: str) -> None:
        self._host, _, port = target.rpartition(":")
        self._port = int(port)
        self._loop = asyncio.new_event_loop()
        self._state = State.CARRIES
        self._writers: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self.address = ""

    @contextmanager
    def running(self) -> Iterator["Line"]:
        """In a thread of its own, until the block ends."""
        thread = threading.Thread(target=self._loop.run_forever)
        thread.start()
        server = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(PATIENCE_S)
        try:
            yield self
        finally:
            self.becomes(State.REFUSES)
            asyncio.run_coroutine_threadsafe(self._close(server), self._loop).result(PATIENCE_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(PATIENCE_S)
            self._loop.close()

    def becomes(self, state: State) -> None:
        """From now on."""
        asyncio.run_coroutine_threadsafe(self._become(state), self._loop).result(PATIENCE_S)

    async def _become(self, state: State) -> None:
        self._state = state
        if state is State.REFUSES:
            for writer in list(self._writers):
                writer.close()

    async def _serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    async def _close(self, server: asyncio.Server) -> None:
        server.close()
        await server.wait_closed()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._state is State.REFUSES:
            writer.close()
            return
        there, back = await asyncio.open_connection(self._host, self._port)
        self._writers |= {writer, back}
        for carry in (self._carry(reader, back), self._carry(there, writer)):
            self._carrying.add(asyncio.create_task(carry))
        await self._become(self._state)  # which it may have become while the connection was made

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """However the reading ends, also by a reset, the other side's end follows: a writer left open is a leak."""
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                if self._state is State.CARRIES:
                    writer.write(data)
                    await writer.drain()
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        self._writers.discard(writer)
