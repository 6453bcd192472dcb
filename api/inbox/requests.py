"""What the inbox is asked for, and told."""

from datetime import time
from itertools import product
from typing import Annotated, Self

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from api.http.fields import Id, OneOf, Request, each_once
from api.http.queries import Query
from domain.audience.reaching import PERSONAL, Urgency, Way, Wishes

_REFUSABLE = [f"{urgency}/{way}" for urgency, way in product(Urgency, PERSONAL)]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class InboxQuery(Query):
    """What `GET /inbox` can be asked for."""

    unread: bool = Field(default=False, strict=False)


class ReadMessages(Request):
    """What `POST /inbox/read` takes. ``up_to``: the newest message that the reader saw."""

    up_to: Id


class Preferences(Request):
    """What `PUT /inbox/channels` takes, all of it. ``quiet_from``, ``quiet_until``: in China, both or neither.

    ``refused``: urgency and channel, such as `know/mail`.
    """

    quiet_from: TimeOfDay | None = None
    quiet_until: TimeOfDay | None = None
    refused: Annotated[tuple[Annotated[str, OneOf(_REFUSABLE)], ...], Field(strict=False, max_length=99)] = ()

    _each_once = field_validator("refused")(each_once)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        ends = {self.quiet_from, self.quiet_until}
        if ends != {None} and (None in ends or len(ends) == 1):
            raise PydanticCustomError("quiet_hours", "they have a beginning and another end")
        return self

    @property
    def wishes(self) -> Wishes:
        """As the rule has them."""
        begins, ends = self.quiet_from, self.quiet_until
        quiet = (time.fromisoformat(begins), time.fromisoformat(ends)) if begins and ends else None
        refused = (each.split("/") for each in self.refused)
        return Wishes(quiet, frozenset((Urgency(urgency), Way(way)) for urgency, way in refused))
