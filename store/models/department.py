"""Departments of customers: on whose behalf an approver speaks."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class DepartmentRow(Base):
    """A customer's department. A major incident asks ``technical`` and ``business`` (000-09)."""

    __tablename__ = "department"

    customer: Mapped[str] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    #: A word such as ``technical``.
    id: Mapped[str] = mapped_column(primary_key=True)
    #: As the customer calls it.
    name: Mapped[str]
