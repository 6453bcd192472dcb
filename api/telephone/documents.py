"""Calls, as they travel."""

from typing import Self

from api.http.documents import Document
from api.http.instants import Shown
from domain.audience.telephone import RETURNED_WITHIN
from store.models import PhoneCallRow
from store.telephone import missed


class CallDocument(Document):
    """A call. `return_by`: of one that nobody took, until when to call back; null: there is nothing to return."""

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
        in_vain = missed(call)
        return cls(**same, return_by=in_vain and in_vain.at + RETURNED_WITHIN)
