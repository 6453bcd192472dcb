"""Findings: what the watchdog found to stand still."""

from datetime import datetime

from sqlalchemy import Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.audience.watch import Trouble
from store.models.base import Base


class FindingRow(Base):
    """One trouble with one ticket, or one part, from when it was found until it was over. Written by the watchdog."""

    __tablename__ = "finding"
    __table_args__ = (
        Index(
            "ix_finding_subject_trouble",
            "subject",
            "trouble",
            unique=True,
            postgresql_where=text("over_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    trouble: Mapped[Trouble]
    #: The number of a ticket, or the name of a part.
    subject: Mapped[str]
    #: A count, a code, a name: nothing of the ticket.
    reason: Mapped[str]
    found_at: Mapped[datetime]
    over_at: Mapped[datetime | None]
