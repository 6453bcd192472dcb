"""What the inbox is asked for, and told."""

from pydantic import Field

from api.http.fields import Id, Request
from api.http.queries import Query


class InboxQuery(Query):
    """What `GET /inbox` can be asked for."""

    unread: bool = Field(default=False, strict=False)


class ReadMessages(Request):
    """What `POST /inbox/read` takes. ``up_to``: the newest message that the reader saw."""

    up_to: Id
