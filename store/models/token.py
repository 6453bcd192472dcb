"""Tokens: what a person's programs show instead of a password. Only hashes are stored."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class TokenRow(Base):
    """A bearer token."""

    __tablename__ = "token"

    #: SHA-256 of the token, hexadecimal. The token has 256 random bits, so a plain hash is enough.
    hash: Mapped[str] = mapped_column(primary_key=True)
    #: What its owner calls it by when revoking it; it opens nothing.
    id: Mapped[str] = mapped_column(unique=True)
    #: The token that it was made with, if any: it ends with that one.
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("token.id"), index=True)
    #: The session of the browser in which it was made, if any: it ends with that one if that is revoked.
    session_id: Mapped[str | None] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    #: What it is for, in its owner's words.
    name: Mapped[str]
    #: What it may be used for, beside what the person's role allows.
    scopes: Mapped[tuple[str, ...]]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
