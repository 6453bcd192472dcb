"""Where a merged ticket goes on."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from store.models import TicketRow
from store.models.base import table_of

_TICKET = table_of(TicketRow)
_ONE = select(_TICKET.c.number, _TICKET.c.assignee, _TICKET.c.merged_into).where(_TICKET.c.number == bindparam("of"))


class GoesOn(NamedTuple):
    """The ticket and who is in charge there."""

    number: str
    owner: str | None


def goes_on(connection: Connection, number: str) -> GoesOn:
    """The last ticket into which this one was merged, one after the other; one that was not is itself."""
    owner: str | None = None
    following: str | None = number
    while following is not None:
        row = connection.execute(_ONE, {"of": following}).one_or_none()
        if row is None:
            break
        number, owner, following = row
    return GoesOn(number, owner)
