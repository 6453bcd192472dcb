"""`zhishou lost`: reports that were acknowledged, and whose workflows are gone before anybody was shown them."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from domain.audience.watch import Trouble
from runtime.settings import Settings
from store.database import connect
from store.watch.findings import open_subjects
from store.watch.receipts import receipts, settle


def lost(
    done: Annotated[list[str] | None, typer.Option("--settle", help="the number of one that was seen to")] = None,
) -> None:
    """Show what the watchdog found to be lost: number, when it was taken and by whom, whom to call, what was said."""
    engine = connect(Settings.of_running_installation().database_url)
    if done:
        print(f"settled {settle(engine, done, datetime.now(UTC))}")
    for row in receipts(engine, open_subjects(engine, Trouble.LOST)):
        print(f"{row.number}  {row.accepted_at.isoformat()}  {row.opener_id}")
        print(f"    {row.customer_name}  {row.contact_name}  {row.contact_phone}")
        print(f"    {row.title!r}\n    {row.description!r}")
    engine.dispose()
