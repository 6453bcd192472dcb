"""`zhishou password`: a new random password for a user of the running installation."""

from typing import Annotated

import typer

from runtime.errors import PlainError
from runtime.settings import Settings
from store.database import connect
from store.registry.passwords import reset_password
from store.registry.tokens import UnknownPersonError


def password(user: Annotated[str, typer.Argument(help="the name that the user signs in with")]) -> None:
    """Set a new password for USER and print it, this once."""
    engine = connect(Settings.of_running_installation().database_url)
    try:
        print(reset_password(engine, user))
    except UnknownPersonError as unknown:
        raise PlainError(str(unknown)) from None
    finally:
        engine.dispose()
