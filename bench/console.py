"""How smoothly a browser scrolls through 10,000 tickets, beside as many lines of text in the same browser."""

import asyncio
import json
import re
import subprocess
from typing import Any

from bench.figures import Bar, Line, NotRun, Of, Say, remark
from bench.house import House
from bench.interface import api_client
from bench.size import Size
from runtime.console_build import build, chromium, run, tree
from runtime.embedded.ports import keep_ports
from runtime.settings import Settings
from store.access.passwords import reset_password
from store.database import connect

WHO = "hotline"
WHAT = "scrolling through 10,000 tickets in a browser"
#: What is measured: its name, what it is called in the answer, its unit, its bar, whether the bare list has it too.
_MEASURES = (
    ("a frame, p50", "p50", "ms", None, True),
    ("a frame, p99", "p99", "ms", Bar(Of.OURS, 34), True),
    ("the page's own work for a leap", "work_ms", "ms", None, True),
    ("the longest task", "longest_task", "ms", Bar(Of.OURS, 200), False),
    ("rows that are drawn", "rows", "rows", Bar(Of.OURS, 60), False),
)


async def measure(house: House, _: Size, say: Say) -> None:
    """300 leaps, in each of which every row is another; tickets are answered within the browser."""
    browser = chromium()
    if browser is None:
        say(NotRun("console", WHAT, "no Chromium is installed"))
        return
    try:
        found = await _measured(house, browser)
    except (OSError, subprocess.CalledProcessError) as failure:
        say(NotRun("console", WHAT, str(failure)))
        return
    if found is None:
        say(NotRun("console", WHAT, "the API did not become ready"))
        return
    remark(f"{WHAT}; bare: as many lines of text in the same browser; its limits are those of a quiet machine")
    for measure_, key, unit, bar, is_compared in _MEASURES:
        bare = found["bare"][key] if is_compared else None
        say(Line("console", measure_, found["queue"][key], unit, bare=bare, bar=bar))


async def _measured(house: House, browser: str) -> dict[str, Any] | None:
    port = keep_ports(house.home / "console-port.json", ("api",))["api"]
    built = await asyncio.to_thread(build)
    settings = house.settings("console", port).model_copy(update={"console": str(built)})
    with house.process("api", settings):
        async with api_client(house, port, WHO) as ready:
            return await asyncio.to_thread(_scrolled, settings, browser) if ready else None


def _scrolled(settings: Settings, browser: str) -> dict[str, Any]:
    engine = connect(settings.database_url, pool_size=1)
    passwords = json.dumps({WHO: reset_password(engine, WHO)})
    engine.dispose()
    with tree() as folder:
        said = run(folder, "bench:scrolling", CONSOLE_URL=settings.address, CHROMIUM=browser, PASSWORDS=passwords)
    (told,) = re.findall(r"^measured (.*)$", said, re.MULTILINE)
    found: dict[str, Any] = json.loads(told)
    return found
