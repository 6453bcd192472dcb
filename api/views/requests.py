"""What a view is made of, and what of it is changed."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, field_validator

from api.http.fields import ONE_LINE, READABLE, OneOf, Request, each_once
from api.tickets.documents import TicketLine
from api.tickets.queries import TicketFilters

_FURTHEST = 10_000
_NAME = StringConstraints(strip_whitespace=True, min_length=1, max_length=60)

Name = Annotated[str, _NAME, READABLE, ONE_LINE]
Column = Annotated[str, OneOf(TicketLine.model_fields)]
Columns = Annotated[tuple[Column, ...], Field(strict=False, max_length=len(TicketLine.model_fields))]
Position = Annotated[int, Field(ge=0, le=_FURTHEST)]


class NewView(Request):
    """A list of tickets under a name. ``columns``: what of each ticket is wanted; empty: as the console has it."""

    name: Name
    query: TicketFilters
    columns: Columns = ()
    shared: bool = False
    position: Position = 0

    _each_once = field_validator("columns")(each_once)

    @property
    def given(self) -> dict[str, Any]:
        """As the store keeps it: of the query what was said."""
        return self.model_dump(exclude={"query"}) | {"query": said(self.query)}


class ChangedView(Request):
    """What of a view is to be another. ``version``: as whoever changes it saw it."""

    version: Annotated[int, Field(ge=1)]
    name: Name | None = None
    query: TicketFilters | None = None
    columns: Columns | None = None
    shared: bool | None = None
    position: Position | None = None

    _each_once = field_validator("columns")(each_once)

    @property
    def given(self) -> dict[str, Any]:
        """What was said, and the version; null says nothing."""
        changes = self.model_dump(exclude={"query"}, exclude_none=True)
        return changes | ({"query": said(self.query)} if self.query is not None else {})


def said(query: TicketFilters) -> dict[str, Any]:
    """The filters that were given, as they are given again."""
    given: dict[str, Any] = query.model_dump(mode="json", exclude_unset=True)
    return given
