"""`zhishou token`: a bearer token for a user of the running installation."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.registry import registry
from store.registry.tokens import issue


def token(
    user: Annotated[str, typer.Argument(help="the name that the user signs in with")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="how long it is valid")] = 30,
    name: Annotated[str, typer.Option(help="what it is for")] = "command line",
) -> None:
    """Print a bearer token for USER. It is shown this once; only its hash is kept."""
    with registry() as engine:
        print(issue(engine, user, name=name, lasts=timedelta(days=days), now=datetime.now(UTC)))
