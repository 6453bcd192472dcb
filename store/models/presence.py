"""Presence: who has a ticket open now. It is of this minute; a server that falls forgets it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class PresenceRow(Base):
    """Somebody on a ticket's page, until a moment that they put off as long as they stay."""

    __tablename__ = "presence"
    __table_args__ = (
        Index("ix_presence_until", "until"),
        # What is of this minute needs no journal.
        {"prefixes": ["UNLOGGED"]},
    )

    #: No reference: a ticket may be younger than its row.
    ticket: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    #: What they do there: a word of ``domain.audience.presence``.
    doing: Mapped[str]
    until: Mapped[datetime]
    #: What they are there by: with its end they are gone.
    session: Mapped[str | None] = mapped_column(index=True)
    token: Mapped[str | None]
