"""`zhishou workers`: which build of the worker decides on tickets, where several run, and another in its place."""

import asyncio
from typing import Annotated

import typer
from temporalio.service import RPCError

from gateway.succession import Build, builds, give
from runtime.errors import PlainError
from runtime.settings import Settings
from runtime.temporal import connect


def workers(
    use: Annotated[str | None, typer.Option("--use", help="the build that decides from now on")] = None,
) -> None:
    """Show the builds of the worker that Temporal knows, the newest first, and which of them decides."""
    settings = Settings.of_running_installation()
    for namespace in (settings.namespace, settings.drill_namespace):
        known = asyncio.run(_builds(settings.model_copy(update={"namespace": namespace}), use))
        print(namespace if any(each.decides for each in known) else f"{namespace}  every worker of no build decides")
        for each in known:
            print(f"    {each.name}  there since {each.since.isoformat()}  {_standing(each)}")


async def _builds(settings: Settings, use: str | None) -> list[Build]:
    client = await connect(settings)
    if use:
        try:
            await give(client, use)
        except RPCError as error:
            raise PlainError(f"{use} cannot decide: {error.message}") from error
    return await builds(client)


def _standing(build: Build) -> str:
    if build.decides:
        return "decides"
    return f"decided until {build.decided_until.isoformat()}" if build.decided_until else "has decided nothing"
