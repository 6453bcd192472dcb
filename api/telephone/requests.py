"""What a telephone system tells of a call, and what is said of one that was returned."""

import re
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, StringConstraints

from api.http.fields import ONE_LINE, READABLE, Id, OneOf, Request, Word
from api.http.instants import Given
from api.http.problems import wrong_field
from api.http.queries import Query
from domain.words.label import Label
from domain.words.text import folded
from store.telephone import CallEvent, Heard

#: What a system tells later than this is of no use to anybody who waits for a call.
_LATEST = timedelta(days=7)
#: So far its clock may be ahead of ours; what it tells then is of now.
_AHEAD = timedelta(minutes=5)
#: What is no number at all is what systems say of one that is withheld.
_DIALLED = re.compile(r"[0-9+*#(). -]*[0-9][0-9+*#(). -]*")
#: Where a recording lies: an address, or whatever the system knows it by. It is shown, and never fetched.
Place = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), READABLE, ONE_LINE]


class CallTold(Request):
    """Something of a call. ``at``: when it happened; absent: now. ``agent``: who took it, as the system calls them."""

    id: Id
    event: Annotated[str, OneOf(CallEvent)]
    number: Word
    at: Given | None = None
    line: Word | None = None
    agent: Word | None = None
    recording: Place | None = None

    def heard(self, now: datetime) -> Heard:
        """As it is kept; a Problem where it cannot have happened then."""
        at = self.at or now
        if at > now + _AHEAD:
            raise wrong_field("at", Label("不能晚于现在", "must not lie in the future"))
        if at < now - _LATEST:
            raise wrong_field("at", Label("不能早于 7 天前", "must not be more than 7 days ago"))
        number = folded(self.number).strip()
        said = self.model_dump(exclude={"event", "at", "number"})
        shown = number if _DIALLED.fullmatch(number) else ""
        return Heard(event=CallEvent(self.event), at=min(at, now), number=shown, **said)


class MissedQuery(Query):
    """What `GET /desk/calls/missed` can be asked for. ``waiting``: those alone that nobody has returned."""

    waiting: bool = Field(default=False, strict=False)


class CallReturned(Request):
    """That somebody called back. ``ticket``: what came of it, or what it was about."""

    ticket: Word | None = None
