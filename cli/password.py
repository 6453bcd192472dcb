"""`zhishou password`: a new random password for a user of the running installation."""

from typing import Annotated

import typer

from cli.registry import registry
from store.access import throttle
from store.access.passwords import reset_password


def password(
    user: Annotated[str, typer.Argument(help="the name that the user signs in with")],
    *,
    to_change: Annotated[bool, typer.Option("--to-change", help="USER chooses another at the first sign-in")] = False,
) -> None:
    """Set a new password for USER and print it, this once. All sessions, tokens and links of USER end."""
    with registry() as engine:
        new = reset_password(engine, user, to_change=to_change)
        throttle.forget(engine, user)
        print(new)
