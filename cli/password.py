"""`zhishou password`: a new random password for a user of the running installation."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.registry import registry
from store.access import throttle
from store.registry import passwords


def password(
    user: Annotated[str, typer.Argument(help="the name that the user signs in with")],
    *,
    to_change: Annotated[bool, typer.Option("--to-change", help="USER chooses another at the first sign-in")] = False,
) -> None:
    """Set a new password for USER and print it, this once. All sessions, tokens and links of USER end; USER is told."""
    with registry() as engine:
        new = passwords.give_password(engine, user, to_change=to_change, now=datetime.now(UTC))
        throttle.forget(engine, user)
        print(new)
