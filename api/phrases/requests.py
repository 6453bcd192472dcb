"""What a phrase is made of, and what of it is changed."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator

from api.http.fields import ONE_LINE, READABLE, OneOf, Request, Text, each_once
from domain.audience.authority import SYSTEMS
from domain.matters.index import ROWS

_TITLE = StringConstraints(strip_whitespace=True, min_length=1, max_length=60)
_SENT = sorted(ROWS.keys() - SYSTEMS)

Title = Annotated[str, _TITLE, READABLE, ONE_LINE]
Kind = Annotated[str, OneOf(_SENT)]
Kinds = Annotated[tuple[Kind, ...], Field(strict=False, max_length=len(_SENT))]


class NewPhrase(Request):
    """A text under a title. ``kinds``: commands in whose form alone it is offered."""

    title: Title
    text: Text
    kinds: Kinds = ()
    shared: bool = False

    _each_once = field_validator("kinds")(each_once)


class ChangedPhrase(Request):
    """What of a phrase is to be another. ``version``: as whoever changes it saw it."""

    version: Annotated[int, Field(ge=1)]
    title: Title | None = None
    text: Text | None = None
    kinds: Kinds | None = None
    shared: bool | None = None

    _each_once = field_validator("kinds")(each_once)

    @property
    def given(self) -> dict[str, Any]:
        """What was said, and the version; null says nothing."""
        return self.model_dump(exclude_none=True)
