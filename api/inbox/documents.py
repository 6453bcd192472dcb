"""The messages of an inbox, as their recipient gets them."""

from pydantic import JsonValue

from api.http.documents import Document
from api.http.instants import Shown
from domain.audience.visibility import message
from domain.people.actors import Actor
from domain.ticket.timeline import Happening
from store.models import NotificationRow


class MessageDocument(Document):
    """A message of somebody's inbox."""

    id: str
    ticket: str
    title: str
    seq: int
    happening: Happening
    data: dict[str, JsonValue]
    created_at: Shown
    read_at: Shown | None

    @classmethod
    def of(cls, row: NotificationRow, title: str, viewer: Actor) -> "MessageDocument":
        """Of a row, with its ticket's title, for its recipient."""
        columns = {name: getattr(row, name) for name in cls.model_fields if name != "title"}
        return cls(**columns | {"title": title, "data": message(viewer, row.happening, row.data)})
