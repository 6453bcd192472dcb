"""Beats: by them the parts of an installation show that they still do their work."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class BeatRow(Base):
    """When a part has last done its work."""

    __tablename__ = "beat"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    #: How often it does, in seconds.
    every_s: Mapped[int]
