"""Secrets of sessions: what a browser's cookie holds. Only hashes are stored."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import Base
from store.models.session import SessionRow


class SessionSecretRow(Base):
    """One of the secrets that a session had; old ones are kept to notice whoever copied them."""

    __tablename__ = "session_secret"

    #: SHA-256 of the secret, hexadecimal. It has 256 random bits, so a plain hash is enough.
    hash: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    issued_at: Mapped[datetime]
    #: When the browser first showed it; None: the answer that carried it may have been lost.
    used_at: Mapped[datetime | None]
    #: When a successor was last issued.
    renewed_at: Mapped[datetime | None]
    #: When the browser first showed a successor. A little later this one opens nothing.
    superseded_at: Mapped[datetime | None]

    session: Mapped[SessionRow] = relationship(lazy="raise")
