"""Contracts: a customer's own version of a contract pack."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class ContractRow(Base):
    """A contract: a pack, and what this customer agreed beyond it."""

    __tablename__ = "contract"
    __table_args__ = (
        # Its last day is not before its first.
        CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    pack: Mapped[str]
    #: Hours of remote service (000-25); None: as the pack says.
    remote_calendar: Mapped[str | None]
    #: The customer's star level (000-25), for display.
    star: Mapped[int | None]
    #: Terms of the pack that this contract sets otherwise, such as ``major_needs_approval``.
    switches: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: First and last day of maintenance, in China; service after the last is paid work (002-19).
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    #: Under one that is not no ticket is opened.
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
