"""Deputies: who answers in the place of a customer's approver, and when (000-09, 000-10)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class DeputyshipRow(Base):
    """Somebody of a customer stands in for one of its approvers, from the first day to the last."""

    __tablename__ = "deputyship"
    __table_args__ = (
        # Its last day is not before its first.
        CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        CheckConstraint("approver <> deputy", name="of_somebody_else"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    approver: Mapped[str] = mapped_column(ForeignKey("person.id"))
    deputy: Mapped[str] = mapped_column(ForeignKey("person.id"))
    #: First and last day, in China.
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    #: Who of the customer named them, and how.
    named_by: Mapped[str]
    channel: Mapped[str]
    #: Where the proof is; None: the approver named them from their own account.
    evidence: Mapped[str | None]
    #: Who wrote it down, of the customer or of us.
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
    #: When it was ended before its last day.
    ended_at: Mapped[datetime | None]
