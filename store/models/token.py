"""Tokens: what a person's programs and browsers show instead of a password. Only hashes are stored."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import Base
from store.models.person import PersonRow


class TokenRow(Base):
    """A bearer token or a browser's session."""

    __tablename__ = "token"

    #: SHA-256 of the token, hexadecimal. The token has 256 random bits, so a plain hash is enough.
    hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    #: What it is for, in its owner's words.
    name: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[PersonRow] = relationship(lazy="raise")
