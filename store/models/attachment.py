"""Attachments: photos, signed forms and recordings as proof. The bytes are a file beside the database."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.actors import Role
from store.models.base import Base

#: The field of an entry's data that refers to attachments, by their ids.
ATTACHMENTS = "attachments"


class AttachmentRow(Base):
    """One file that somebody brought to a ticket. Rows are added, never changed."""

    #: Of the days when it was another word.
    __tablename__ = "upload"
    __table_args__ = (
        # A ticket's list, oldest first.
        Index("ix_upload_ticket_uploaded", "ticket", "uploaded_at", "id"),
        Index("ix_upload_key_hash", "key_hash", unique=True),
    )

    #: 128 random bits.
    id: Mapped[str] = mapped_column(primary_key=True)
    #: No reference: a ticket may be younger than its row.
    ticket: Mapped[str]
    #: Names the file; the same bytes are one file however often they are brought.
    sha256: Mapped[str]
    #: In bytes.
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str]
    #: For people to read; never part of a path.
    name: Mapped[str]
    #: A person's id; or the system's, of what came by mail.
    uploaded_by: Mapped[str] = mapped_column(index=True)
    #: As what they brought it: it decides which side may see it.
    role: Mapped[Role]
    #: Whose report it was then; None: of nobody known, or the ticket was younger than its row.
    customer: Mapped[str | None]
    uploaded_at: Mapped[datetime]
    #: Of who brought it and the key that they brought it under; None: under none.
    key_hash: Mapped[str | None]
