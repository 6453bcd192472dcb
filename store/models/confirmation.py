"""Confirmations: how somebody enters, and that accounts are one person's, is never another's to change alone."""

from datetime import datetime

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class ConfirmationRow(Base):
    """What an administrator asked for: a second one, or the person themselves, says yes or no to it."""

    __tablename__ = "confirmation"

    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    #: A provider's word that is to stand for the person; else the mail that is to be theirs, or a new password.
    provider: Mapped[str | None]
    subject: Mapped[str | None]
    email: Mapped[str | None]
    #: A new password is to be handed out.
    password: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The account is to be no other's any more.
    parting: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: While a password waits: its hash, and the half that is shown to who says yes. Who asked was shown the other.
    password_hash: Mapped[str | None]
    second_half: Mapped[str | None]
    asked_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    confirmed: Mapped[bool | None]
