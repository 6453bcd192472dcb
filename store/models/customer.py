"""Customers: whose reports we take."""

from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class CustomerRow(Base):
    """A customer with a contract of ours."""

    __tablename__ = "customer"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
