"""Mails, as they travel."""

from typing import Self

from api.http.documents import Document
from api.http.instants import Shown
from store.models import MailRow


class MailDocument(Document):
    """A mail. `ticket`: what was opened of it; null: nobody could read it. `take_by`: somebody takes it until then."""

    id: str
    writer: str
    subject: str
    ticket: str | None
    came_at: Shown
    take_by: Shown | None
    taken_at: Shown | None
    taken_by: str | None

    @classmethod
    def of(cls, mail: MailRow) -> Self:
        """Of a row."""
        same = {name: getattr(mail, name) for name in cls.model_fields if name not in {"writer", "take_by"}}
        return cls(**same, writer=mail.name or mail.sender, take_by=mail.due_at)
