"""`zhishou prepare`: what an installation needs before its worker and API start."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from runtime.files import write_private
from runtime.settings import Settings
from runtime.signing import Signer
from runtime.temporal import connect, ensure_namespaces

Demo = Annotated[Path | None, typer.Option(help="Seed the demo too; write its users' first passwords to this file.")]


def prepare(demo: Demo = None) -> None:
    """Bring the database's schema up to date and register the Temporal namespaces."""
    from demo.seed import seed  # noqa: PLC0415  # the command line starts fast
    from store.migrate import upgrade  # noqa: PLC0415  # so does this

    settings = Settings()
    Signer.of(settings.key_folder)  # worker and API start at the same time and find it
    upgrade(settings.database_url)
    asyncio.run(_register_namespaces(settings))
    if demo and (passwords := seed(settings.database_url)):
        from demo.week import open_week  # noqa: PLC0415  # only a first start needs it

        write_private(demo, json.dumps(passwords))
        asyncio.run(open_week(settings))


async def _register_namespaces(settings: Settings) -> None:
    client = await connect(settings)
    await ensure_namespaces(client, settings.namespace, settings.drill_namespace)
