"""Devices: browsers that have signed somebody in before. Strangers' failures do not count against them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class DeviceRow(Base):
    """A browser that is known for one person; it opens nothing by itself."""

    __tablename__ = "device"

    #: SHA-256 of the 256 random bits in the browser's cookie, hexadecimal.
    hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
