"""Views: lists of tickets that somebody keeps under a name."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class ViewRow(Base):
    """A question to the list of tickets, as its owner put it, and what of each ticket they want to see."""

    __tablename__ = "view"
    __table_args__ = (
        # In the order in which their owner keeps them.
        Index("ix_view_owner", "owner", "position", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    #: The filters and the order, by the names of the list's parameters.
    query: Mapped[dict[str, Any]]
    columns: Mapped[tuple[str, ...]]
    #: Whether everybody of the service company has it too.
    shared: Mapped[bool]
    position: Mapped[int]
    #: Counts its changes, so that nobody overwrites what they have not seen.
    version: Mapped[int]
    updated_at: Mapped[datetime]
