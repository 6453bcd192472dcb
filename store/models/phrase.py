"""Phrases: texts that are written again and again."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class PhraseRow(Base):
    """A text under a title, with gaps such as ``{contact}`` that whoever writes it fills in."""

    __tablename__ = "phrase"
    __table_args__ = (Index("ix_phrase_owner", "owner", "title", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("person.id"))
    title: Mapped[str]
    text: Mapped[str]
    #: Commands in whose form it is offered; none: in every one, and where a report is taken.
    kinds: Mapped[tuple[str, ...]]
    #: Whether everybody of the service company has it too.
    shared: Mapped[bool]
    #: Counts its changes, so that nobody overwrites what they have not seen.
    version: Mapped[int]
    updated_at: Mapped[datetime]
