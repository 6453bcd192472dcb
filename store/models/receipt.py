"""Receipts: reports that somebody was told we have, while the read model has nothing of them yet."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class ReceiptRow(Base):
    """What such a report says, should its workflow be lost. Written by reception, cleared away by the watchdog."""

    __tablename__ = "receipt"

    number: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str]
    customer_name: Mapped[str]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    opener_id: Mapped[str]
    accepted_at: Mapped[datetime]
    #: When somebody had seen to a report that is lost; what it said goes then.
    settled_at: Mapped[datetime | None]
