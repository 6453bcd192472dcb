"""Calls, as they travel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Self

from api.http.documents import Document, Plain
from api.http.instants import Shown
from domain.audience.telephone import RETURNED_WITHIN
from store.models import PhoneCallRow
from store.queries.missed_calls import ToldOfCall
from store.registry.names import Names
from store.telephone import missed


class HeardDocument(Document):
    """What its telephone system is told of a call. `return_by`: nobody took it, and somebody calls back until then."""

    id: str
    return_by: Shown | None

    @classmethod
    def of(cls, call: PhoneCallRow) -> Self:
        """Of a row."""
        return cls(id=call.id, return_by=_return_by(call))


class CallDocument(Document):
    """A call. `number`: empty where it is withheld. `return_by`: nobody took it, and somebody calls back until then."""

    id: str
    number: str
    line: str | None
    rang_at: Shown
    answered_at: Shown | None
    agent: str | None
    ended_at: Shown | None
    recording: str | None
    return_by: Shown | None
    returned_at: Shown | None
    returned_by: str | None
    ticket: str | None

    @classmethod
    def of(cls, call: PhoneCallRow) -> Self:
        """Of a row."""
        same = {name: getattr(call, name) for name in cls.model_fields if name != "return_by"}
        return cls(**same, return_by=_return_by(call))


class ToldOfCallDocument(Plain):
    """Somebody who was told of a call. ``read_at``: in their inbox."""

    person: str
    name: str
    at: Shown
    read_at: Shown | None


class MissedCallDocument(CallDocument):
    """A call that nobody took. ``caller``: whose number it was when it last reported something.

    ``returned_at`` without ``returned_by``: the caller has called again, and somebody took that.
    """

    caller: str | None
    returned_by_name: str | None
    told: list[ToldOfCallDocument]


def missed_call(
    call: PhoneCallRow, callers: Mapping[str, str], names: Names, told: Sequence[ToldOfCall]
) -> MissedCallDocument:
    """Of a row, with those whom it names and who were told."""
    return MissedCallDocument(
        **CallDocument.of(call).model_dump(),
        caller=callers.get(call.digits),
        returned_by_name=names.get(call.returned_by or ""),
        told=[ToldOfCallDocument.of(one) for one in told],
    )


def _return_by(call: PhoneCallRow) -> datetime | None:
    in_vain = missed(call)
    return in_vain.at + RETURNED_WITHIN if in_vain else None
