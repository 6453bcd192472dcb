"""Standing authorisations: a customer's leave to diagnose and to coordinate vendors in its name (004-05)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class StandingAuthorisationRow(Base):
    """An authorisation for many tickets. It opens no remote session: that takes a grant of its own."""

    __tablename__ = "standing_authorisation"
    __table_args__ = (
        # It ends after it was granted.
        CheckConstraint("granted_at < expires_at", name="ends_after_it_begins"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customer.id"), index=True)
    #: What is allowed, in the customer's words.
    scope: Mapped[str]
    #: How the customer told us.
    channel: Mapped[str]
    #: Where the proof is.
    evidence: Mapped[str | None]
    #: Who of the customer granted it.
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    #: Who of us wrote it down.
    recorded_by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None]
