"""Identities: who somebody is at an identity provider."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class IdentityRow(Base):
    """The provider's name for a person of ours; an administrator bound them. Nobody is made from one."""

    __tablename__ = "identity"

    provider: Mapped[str] = mapped_column(primary_key=True)
    #: The provider's own lasting word for the person, never a name or an address that could be given to another.
    subject: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    bound_by: Mapped[str]
    created_at: Mapped[datetime]
