"""Phrases, as their owner and their colleagues get them."""

from api.http.documents import Document
from domain.people.actors import Actor
from store.phrases import Phrase


class PhraseDocument(Document):
    """A text under a title.

    `text`: with gaps such as `{contact}`, which whoever writes it fills in. `kinds`: the commands in whose form it is
    offered; none: in every one, and where a report is taken. `own`: whether the reader may change it.
    """

    id: str
    title: str
    text: str
    kinds: tuple[str, ...]
    shared: bool
    version: int
    own: bool
    owner_name: str

    @classmethod
    def of(cls, phrase: Phrase, viewer: Actor) -> "PhraseDocument":
        """For somebody."""
        same = {name: getattr(phrase, name) for name in cls.model_fields if name != "own"}
        return cls(**same, own=phrase.owner == viewer.id)
