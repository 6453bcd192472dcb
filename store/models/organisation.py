"""Organisations: whose people they are who are no customer's: the service company itself, and vendors."""

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class OrganisationKind(StrEnum):
    """What an organisation is to a ticket. Customers have a table of their own."""

    SERVICE = "service"
    VENDOR = "vendor"


class OrganisationRow(Base):
    """The service company, a part of it, or a vendor of devices and software."""

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[OrganisationKind]
