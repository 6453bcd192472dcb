"""Failures to sign in, counted so that passwords cannot be tried out."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class SignInFailureRow(Base):
    """Attempts in a row that did not succeed, by one measure."""

    __tablename__ = "sign_in_failure"

    #: SHA-256 of what is counted, hexadecimal: people type passwords where the name belongs.
    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(index=True)
    #: Until then no attempt is looked at.
    blocked_until: Mapped[datetime]
