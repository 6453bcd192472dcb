"""Alarms that nobody could be told: there was nobody left to tell."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class UnheardRow(Base):
    """One alarm that reached nobody. Counted for those who watch the installation."""

    __tablename__ = "unheard"

    ticket: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    raised_at: Mapped[datetime]
