"""Calls that come in, as the telephone system tells of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class PhoneCallRow(Base):
    """A call. What the system has not told is null; its events come in any order, and more than once."""

    __tablename__ = "phone_call"
    __table_args__ = (
        Index("ix_phone_call_open", "rang_at", postgresql_where=text("ended_at IS NULL")),
        Index("ix_phone_call_missed", "ended_at", "id", postgresql_where=text("answered_at IS NULL")),
        Index("ix_phone_call_digits", "digits", "answered_at"),
        Index("ix_phone_call_heard", "heard_at"),
    )

    #: What the telephone system calls it.
    id: Mapped[str] = mapped_column(primary_key=True)
    #: From which number, as it was shown, empty where it is withheld; and in one form (``domain.people.phones``).
    number: Mapped[str]
    digits: Mapped[str]
    #: The number that was called.
    line: Mapped[str | None]
    rang_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    #: Who took it, by the name that the telephone system has of them.
    agent: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    #: Where what was said can be heard, in the telephone system.
    recording: Mapped[str | None]
    #: When somebody called back whom nobody had answered, and who.
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    #: The ticket that came of it, or that it was about.
    ticket: Mapped[str | None]
    #: When something was heard of it first, by our clock: what the telephone system says of time is its own.
    heard_at: Mapped[datetime] = mapped_column(server_default=func.now())
    #: So many rungs of the ladder have told whoever they mean (``domain.audience.telephone.RUNGS``).
    rungs_told: Mapped[int] = mapped_column(default=0, server_default=text("0"))
