"""Entries: the timeline of a ticket. Rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.actors import Actor, Role
from domain.ticket.timeline import Entry, Happening
from store.models.base import Base


class EntryRow(Base):
    """One line of a timeline. Written by projections only."""

    __tablename__ = "entry"
    __table_args__ = (
        # A command is decided once.
        Index(
            "ix_entry_ticket_command_id",
            "ticket",
            "command_id",
            unique=True,
            postgresql_where=text("command_id IS NOT NULL"),
        ),
        # On which tickets something was refused.
        Index("ix_entry_refused", "ticket", postgresql_where=text("happening = 'command_refused'")),
    )

    ticket: Mapped[str] = mapped_column(ForeignKey("ticket.number"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    happening: Mapped[Happening]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[str]
    actor_role: Mapped[Role]
    actor_department: Mapped[str | None]
    #: Whose report it was then; None: of nobody known.
    customer: Mapped[str | None]
    #: When its sender says that it happened, whether or not that counts.
    claimed_at: Mapped[datetime | None]
    command_id: Mapped[str | None]
    #: Of the command: another one under its id is told from a repeat by it.
    digest: Mapped[str]
    data: Mapped[dict[str, Any]]

    @property
    def entry(self) -> Entry:
        """The line as the ticket itself has it."""
        return Entry(
            self.seq,
            self.happening,
            self.at,
            self.recorded_at,
            Actor(self.actor_id, self.actor_role, department=self.actor_department),
            self.command_id,
            self.data,
            self.claimed_at,
        )
