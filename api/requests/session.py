"""The body of `POST /session`."""

from typing import Annotated

from pydantic import StringConstraints

from api.requests.fields import Request, Word


class SignIn(Request):
    """A name and a password."""

    user: Word
    password: Annotated[str, StringConstraints(min_length=1, max_length=200)]
