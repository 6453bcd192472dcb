"""The legs of a ticket: what goes on beside its stage, each with who and when."""

from collections.abc import Iterable
from itertools import groupby

from api.http.documents import Document
from api.tickets.history_documents import EntryDocument
from domain.audience.legs import LEGS
from domain.people.actors import Actor
from store.models import EntryRow
from store.registry.names import Names


class LegDocument(Document):
    """A leg: its kind, its id where a ticket may have several, and what happened on it."""

    leg: str
    id: str | None
    entries: list[EntryDocument]


def legs_of(rows: Iterable[EntryRow], viewer: Actor, assignee: str | None, names: Names) -> list[LegDocument]:
    """The legs that these entries tell of, for somebody."""
    named = sorted(((_name(row), row) for row in rows), key=lambda each: (_PLACES[each[0][0]], each[0][1], each[1].seq))
    return [
        LegDocument(
            leg=leg, id=id_ or None, entries=[EntryDocument.of(row, viewer, assignee, names) for _, row in entries]
        )
        for (leg, id_), entries in groupby(named, key=lambda each: each[0])
    ]


def _name(row: EntryRow) -> tuple[str, str]:
    leg, field = LEGS[row.happening]
    id_ = row.data.get(field) if field else None
    return leg, "" if id_ is None else str(id_)


_PLACES = {leg: place for place, leg in enumerate(dict.fromkeys(leg for leg, _ in LEGS.values()))}
