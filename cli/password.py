"""`zhishou password`: a new random password for a user of the running installation."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.registry import registry
from store.access import sessions, throttle
from store.access.passwords import reset_password


def password(user: Annotated[str, typer.Argument(help="the name that the user signs in with")]) -> None:
    """Set a new password for USER and print it, this once. All sessions of USER end."""
    with registry() as engine:
        new = reset_password(engine, user)
        sessions.end_all(engine, user, datetime.now(UTC))
        throttle.forget(engine, user)
        print(new)
