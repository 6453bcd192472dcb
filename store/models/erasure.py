"""Erasures: what of a person was erased because they asked for it. Rows are added, never changed or removed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class Erased(StrEnum):
    """What was erased."""

    CONTACT = "contact"  # name and telephone of whom a ticket's people called back, in the read model
    FILE = "file"  # the bytes of an attachment
    HISTORY = "history"  # of its workflows, in Temporal and in the archive


class ErasureRow(Base):
    """One thing of a ticket that was erased. That it was, when and why stays; by whom, the registry's record says."""

    __tablename__ = "erasure"
    __table_args__ = (Index("ix_erasure_ticket_what_about", "ticket", "what", "about", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True)
    #: No reference: it outlives the ticket's row.
    ticket: Mapped[str]
    what: Mapped[Erased]
    #: Of a file the attachment's id; else empty.
    about: Mapped[str]
    #: As whoever ordered it put it; never a name.
    reason: Mapped[str]
    erased_at: Mapped[datetime]
