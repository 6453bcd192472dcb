"""Contracts: a customer's own version of a contract pack."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class ContractRow(Base):
    """A contract: a pack, and what this customer agreed beyond it."""

    __tablename__ = "contract"

    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    pack: Mapped[str]
    #: Hours of remote service (000-25); None: as the pack says.
    remote_calendar: Mapped[str | None]
    #: The customer's star level (000-25), for display.
    star: Mapped[int | None]
    #: Terms of the pack that this contract sets otherwise, such as ``major_needs_approval``.
    switches: Mapped[dict[str, Any]] = mapped_column(default=dict)
