"""The watchdog's process: whatever becomes of a look, the next comes, and what became of it is logged."""

import asyncio

import structlog.testing

import watchdog


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
