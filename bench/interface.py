"""The API of a bench, as one of its people asks it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import httpx2

from bench.house import House
from store.access.tokens import issue
from store.database import connect

READY_WITHIN_S = 30


@asynccontextmanager
async def api_client(house: House, port: int, who: str) -> AsyncIterator[httpx2.AsyncClient | None]:
    """Theirs, once the API is ready; None if it does not become so."""
    engine = connect(house.database_url, pool_size=1)
    token = issue(engine, who, name="bench", lasts=timedelta(hours=2), now=datetime.now(UTC))
    engine.dispose()
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20) as client:
        deadline = time.monotonic() + READY_WITHIN_S
        while not (ready := await _is_ready(client)) and time.monotonic() < deadline:  # noqa: ASYNC110  # a process
            await asyncio.sleep(0.2)
        yield client if ready else None


async def _is_ready(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).is_success
    except httpx2.HTTPError:
        return False
