"""What a real Chromium measures of the console's pages, which an API of the bench serves."""

import asyncio
import json
import re
import subprocess
from typing import Any

from bench.figures import NotRun, Say
from bench.house import House
from bench.interface import api_client
from runtime.console_build import build, chromium, run, tree
from runtime.embedded.ports import keep_ports
from runtime.settings import Settings
from store.access.passwords import reset_password
from store.database import connect

#: Who signs in, where somebody has to: the first asks whether all is ready.
WHO = ("hotline", "engineer")


async def measured(house: House, row: str, what: str, say: Say, script: str, **environment: str) -> Any | None:  # noqa: ANN401  # any JSON
    """What a script of the console's `package.json` has measured; None: it did not run, and that has been said."""
    browser = chromium()
    if browser is None:
        say(NotRun(row, what, "no Chromium is installed"))
        return None
    try:
        found = await _in_browser(house, row, script, {"CHROMIUM": browser, **environment})
    except (OSError, subprocess.CalledProcessError) as failure:
        say(NotRun(row, what, str(failure)))
        return None
    if found is None:
        say(NotRun(row, what, "the API did not become ready"))
    return found


async def _in_browser(house: House, row: str, script: str, environment: dict[str, str]) -> Any | None:  # noqa: ANN401  # any JSON
    port = keep_ports(house.home / f"{row}-port.json", ("api",))["api"]
    built = await asyncio.to_thread(build)
    settings = house.settings(row, port).model_copy(update={"console": str(built)})
    with house.process("api", settings):
        async with api_client(house, port, WHO[0]) as ready:
            return await asyncio.to_thread(_told, settings, script, environment) if ready else None


def _told(settings: Settings, script: str, environment: dict[str, str]) -> Any:  # noqa: ANN401  # any JSON
    engine = connect(settings.database_url, pool_size=1)
    passwords = json.dumps({who: reset_password(engine, who) for who in WHO})
    engine.dispose()
    with tree() as folder:
        said = run(folder, script, CONSOLE_URL=settings.address, PASSWORDS=passwords, **environment)
    (told,) = re.findall(r"^measured (.*)$", said, re.MULTILINE)
    return json.loads(told)
