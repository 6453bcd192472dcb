"""What callers send about their own access: passwords and tokens; and administrators about identities of others."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from api.http.fields import READABLE, OneOf, Request, Title, Word
from domain.words.text import folded
from store.access.scopes import Scope
from store.access.tokens import LONGEST

Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ScopeWord = Annotated[str, OneOf(Scope)]


def _as_registered(name: str) -> str:
    return folded(name).casefold()


#: An id of the registry, which has small letters only; a phone's keyboard begins with a capital.
UserName = Annotated[Word, AfterValidator(_as_registered)]


class SignIn(Request):
    """A name and a password.

    ``keep``: on a phone that is out of reach for hours; not to use the session ends nothing then. Of whoever is never
    in charge of a ticket it is not kept.
    """

    user: UserName
    password: Password
    keep: bool = False


class ChangePassword(Request):
    """The password until now, and the one from now on."""

    current: Password
    new: Password


class MakeToken(Request):
    """What a new token is for, what it may do, and for how long."""

    name: Title
    scopes: tuple[ScopeWord, ...] = Field(min_length=1, max_length=len(Scope), strict=False)
    days: int = Field(ge=1, le=LONGEST.days)


class Decide(Request):
    """A yes or no to what waits for a second."""

    decision: Annotated[str, OneOf(("confirm", "refuse"))]


class BindIdentity(Request):
    """A provider's word for somebody."""

    provider: Word
    subject: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255), READABLE]
