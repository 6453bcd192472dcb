"""The receiver: a process of its own that takes in what customers write. Imported by nothing."""

import asyncio
import threading

import structlog

from gateway.tickets import Gateway
from mailroom.fetching import Fetching
from mailroom.tending import Tending
from policies import pack_ids
from policies.loader import load_calendar
from runtime import logs, stopping
from runtime.errors import StartError
from runtime.settings import Settings
from store.database import connect

#: A question that takes longer is asked again in the next look.
_STATEMENT_MS = 10_000

log = structlog.get_logger()


async def main() -> None:
    """Take mail in until somebody says stop."""
    settings = Settings()
    logs.configure("receiver")
    stopped = stopping.when_told()
    if not settings.reads_mail():
        log.info("no mailbox is set up: nobody's mail is read, and what people write to robots is seen to")
    _require_known(settings)
    engine = connect(settings.database_url, pool_size=5, statement_timeout_ms=_STATEMENT_MS)
    tickets = Gateway(settings)
    tending = Tending(settings, engine, tickets)
    fetching = Fetching(settings, engine)
    reader = threading.Thread(target=fetching.until_stopped, name="mailbox", daemon=True)
    async with tickets.running():
        if settings.reads_mail():
            reader.start()
        await tending.until(stopped)
        fetching.stopped.set()
        if reader.is_alive():
            await asyncio.to_thread(reader.join, 6)


def _require_known(settings: Settings) -> None:
    """What is named there must be."""
    if settings.mailbox_contract not in pack_ids():
        raise StartError(f"ZHISHOU_MAILBOX_CONTRACT must be one of {', '.join(pack_ids())}")
    try:
        load_calendar(settings.mailbox_hours)
    except LookupError as unknown:
        raise StartError(f"ZHISHOU_MAILBOX_HOURS: {unknown}") from None


if __name__ == "__main__":
    asyncio.run(main())
