"""The sender: a process of its own that carries messages out of the machine. Imported by nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import structlog

from channels.sending import AT_ONCE, Sending
from channels.setup import channels
from runtime import logs, stopping
from runtime.settings import Settings
from store.database import connect

#: A question that takes longer is asked again in the next look.
_STATEMENT_MS = 10_000

log = structlog.get_logger()


async def main() -> None:
    """Send until somebody says stop."""
    settings = Settings()
    logs.configure("sender")
    stopped = stopping.when_told()
    given = channels(settings)
    if not given:
        log.info("no channel is set up: messages stay in the inbox")
        await stopped.wait()
        return
    # Names of hosts are looked up in these: who waits for an answer of one channel's keeps no other from asking.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(2 * AT_ONCE * len(given), "names"))
    engine = connect(settings.database_url, pool_size=10, statement_timeout_ms=_STATEMENT_MS)
    await Sending(engine, given).until(stopped)


if __name__ == "__main__":
    asyncio.run(main())
