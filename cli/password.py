"""`zhishou password`: a new random password for a user of the running installation."""

from typing import Annotated

import typer

from cli.registry import registry
from store.registry.passwords import reset_password


def password(user: Annotated[str, typer.Argument(help="the name that the user signs in with")]) -> None:
    """Set a new password for USER and print it, this once."""
    with registry() as engine:
        print(reset_password(engine, user))
