"""What a timeline can be asked for."""

from typing import Annotated

from pydantic import Field

from api.http.fields import OneOf
from api.http.queries import Query
from domain.ticket.timeline import Happening
from store.queries.history import Lines

_FORWARD, _BACKWARD = "seq", "-seq"
_MOST = 100
HappeningWord = Annotated[str, OneOf(Happening)]


class TimelineQuery(Query):
    """What `GET .../timeline` can be asked for. ``after``: lines behind that entry; ``happening`` may be repeated."""

    after: int = Field(default=0, ge=0, le=2**31 - 1, strict=False)
    happening: tuple[HappeningWord, ...] = Field(default=(), strict=False, max_length=_MOST)
    order: Annotated[str, OneOf((_FORWARD, _BACKWARD))] = _FORWARD

    @property
    def lines(self) -> Lines:
        """As the store asks it."""
        return Lines(self.after, tuple(map(Happening, self.happening)), self.order == _BACKWARD)
