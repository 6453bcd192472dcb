"""Suspects: tickets at which the watchdog is to look first."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class SuspectRow(Base):
    """A ticket that the read model could not be told of, so far."""

    __tablename__ = "suspect"

    ticket: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
