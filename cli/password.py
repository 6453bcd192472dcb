"""`zhishou password`: a new random password for a user of the running installation."""

from typing import Annotated

import typer

from cli.registry import registry
from store.access import throttle
from store.access.passwords import reset_password


def password(user: Annotated[str, typer.Argument(help="the name that the user signs in with")]) -> None:
    """Set a new password for USER and print it, this once. All sessions, tokens and links of USER end."""
    with registry() as engine:
        new = reset_password(engine, user)
        throttle.forget(engine, user)
        print(new)
