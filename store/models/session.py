"""Sessions: a browser in which somebody has signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.models.base import Base
from store.models.person import PersonRow


class SessionRow(Base):
    """From a sign-in to a sign-out; also over when nobody used it for a while, and when its time has come."""

    __tablename__ = "session"

    #: What its owner calls it by when ending it; it opens nothing.
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    #: How its person signed in: a word of ``Way``.
    way: Mapped[str]
    #: What pages of ours send with every change; other sites' pages cannot read it.
    csrf: Mapped[str]
    #: The browser, in its own words, and where it signed in from: so that the owner knows which one it is.
    agent: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    last_used_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    #: It lasts for its whole time, also where nobody uses it.
    kept: Mapped[bool]

    person: Mapped[PersonRow] = relationship(lazy="raise")
