"""A ticket that is somebody else's takes as long to be not there as one that nobody has."""

import asyncio
import statistics
import time

import httpx2

from api.access.finding import NOTHING_TAKES_S
from tests.patience import PATIENCE_S
from tests.separation.in_workflow import new_number
from tests.served import Served

SAMPLES, AT_ONCE = 2000, 8


async def test_a_foreign_ticket_costs_the_same_time_as_none(desk: Served):
    """In turn, many at once; each takes at least as long as the slowest way of finding nothing."""
    headers = {"Authorization": desk.as_user("vendor").headers["authorization"]}
    theirs, took = str(desk.open()["number"]), {True: list[float](), False: list[float]()}

    async def ask(client: httpx2.AsyncClient, turn: int) -> None:
        there = turn % 2 == 0
        began = time.perf_counter()
        answer = await client.get(f"/api/tickets/{theirs if there else new_number()}")
        took[there].append(time.perf_counter() - began)
        assert answer.status_code == 404

    async with httpx2.AsyncClient(base_url=desk.url, headers=headers, timeout=PATIENCE_S) as client:
        for first in range(0, SAMPLES, AT_ONCE):
            await asyncio.gather(*(ask(client, turn) for turn in range(first, first + AT_ONCE)))
    foreign, none = (statistics.median(took[there]) for there in (True, False))
    assert min(map(min, took.values())) >= 0.99 * NOTHING_TAKES_S  # clocks are rounded
    assert abs(foreign - none) < 0.25 * none, (foreign, none)  # many a machine is busier now than then
