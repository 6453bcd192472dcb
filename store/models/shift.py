"""The roster: who is on duty, from when to when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.actors import Role
from store.models.base import Base


class ShiftRow(Base):
    """One stretch of duty, half-open: whoever begins at the instant of its end takes over without a gap (001-34)."""

    __tablename__ = "shift"
    __table_args__ = (
        # A stretch of duty ends after it begins.
        CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
        # Nobody stands in for themselves.
        CheckConstraint("substitute <> person", name="substitute_is_another"),
        # The list's order, with the id as the tie-break of its cursor.
        Index("ix_shift_begins", "begins_at", "id"),
        # Who is on duty, and where nobody is.
        Index("ix_shift_duty_ends", "duty", "ends_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    #: The role in which the person is on duty.
    duty: Mapped[Role]
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    #: Who stands in for all of it; None: the person is there.
    substitute: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
