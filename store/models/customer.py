"""Customers: whose reports we take."""

from sqlalchemy import true
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class CustomerRow(Base):
    """A customer with a contract of ours. Never deleted: tickets name them for ever."""

    __tablename__ = "customer"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    #: From one that is not we take no report.
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
