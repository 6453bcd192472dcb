"""Views, as their owner and their colleagues get them."""

from pydantic import JsonValue

from api.http.documents import Document
from domain.people.actors import Actor
from store.views import View


class ViewDocument(Document):
    """A list of tickets under a name. `query`: parameters of the list; `own`: whether the reader may change it."""

    id: str
    name: str
    query: dict[str, JsonValue]
    columns: tuple[str, ...]
    shared: bool
    position: int
    version: int
    own: bool
    owner_name: str

    @classmethod
    def of(cls, view: View, viewer: Actor) -> "ViewDocument":
        """For somebody."""
        same = {name: getattr(view, name) for name in cls.model_fields if name != "own"}
        return cls(**same, own=view.owner == viewer.id)
