"""The watchdog's process: whatever becomes of a look, the next comes, and what became of it is logged."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import structlog.testing
from sqlalchemy import create_engine
from temporalio.client import Client

import watchdog
from gateway.watching import Watch
from tests.patience import PATIENCE_S


async def test_a_look_that_is_given_up_is_logged():
    """By name, for nothing else tells of it."""
    stopped, looks = asyncio.Event(), 0

    async def look() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            await asyncio.Event().wait()
        stopped.set()

    with structlog.testing.capture_logs() as logged:
        await watchdog._again_and_again(look, every_s=0, within_s=0.01, stopped=stopped)
    assert [(one["event"], one["step"]) for one in logged] == [("a look or a sweep was given up", "look")]


@pytest.mark.asyncio(loop_scope="function")  # whose threads it takes are no other test's
async def test_an_archive_that_hangs_holds_up_no_look():
    """The looks have threads of their own."""

    async def never() -> Client:
        raise ConnectionError

    watch, answered = Watch(create_engine("sqlite://"), never, "queue"), threading.Event()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))
    hangs = asyncio.ensure_future(asyncio.to_thread(answered.wait, PATIENCE_S))
    try:
        assert await asyncio.wait_for(watch._ask(lambda _: "seen"), PATIENCE_S / 2) == "seen"
        assert not hangs.done()
    finally:
        answered.set()
        await hangs
