"""What the database refused of a ticket, kept in a form that it takes."""

from datetime import datetime

from sqlalchemy import Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class SetAsideRow(Base):
    """One thing that could not be written as it was. Written by projections; settled by an operator."""

    __tablename__ = "set_aside"
    __table_args__ = (Index("ix_set_aside_open", "ticket", postgresql_where=text("settled_at IS NULL")),)

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    ticket: Mapped[str]
    #: The ticket's entry that it came with.
    seq: Mapped[int]
    #: The table that refused it.
    part: Mapped[str]
    #: The server's code, or the kind of the error.
    why: Mapped[str]
    #: All of it, as JSON of ASCII characters.
    raw: Mapped[str]
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
