"""Obligations: the timed promises of a ticket, as of its last projected entry."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domain.contract.clauses import Counting, Kind, Origin
from domain.ticket.obligations import State
from store.models.base import Base


class ObligationRow(Base):
    """One promise. The key names it on its ticket. Written by projections only."""

    __tablename__ = "obligation"
    __table_args__ = (
        # What is breached, and what is about to be.
        Index("ix_obligation_state_due", "state", "due_at"),
    )

    ticket: Mapped[str] = mapped_column(ForeignKey("ticket.number"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    kind: Mapped[Kind]
    clause: Mapped[str]
    superseded: Mapped[tuple[str, ...]]
    state: Mapped[State]
    #: Why it is cancelled, waived or superseded.
    reason: Mapped[str | None]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    #: An ISO 8601 duration, or a number of days.
    budget: Mapped[str | int] = mapped_column(JSONB)
    counting: Mapped[Counting]
    calendar: Mapped[str]
    origin: Mapped[Origin]
    armed: Mapped[tuple[str, ...]]
    provisional: Mapped[bool]
    default: Mapped[bool]
    met_at: Mapped[datetime | None]
    reported_late: Mapped[bool]
    next_rung_at: Mapped[datetime | None]
    segments: Mapped[list[Any]]
    alarms: Mapped[list[Any]]
    explanation: Mapped[dict[str, Any]]
