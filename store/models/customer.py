"""Customers: whose reports we take."""

from typing import ClassVar

from sqlalchemy import Index, true
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base
from store.searching import at_insert


class CustomerRow(Base):
    """A customer with a contract of ours. Never deleted: tickets name them for ever."""

    __tablename__ = "customer"
    __table_args__ = (Index("ix_customer_searched_pairs", "searched_pairs", postgresql_using="gin"),)
    #: The name last, so that a customer whose name begins with something is told by the end of a line before it.
    FOUND_BY: ClassVar = ("id", "name")

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    #: From one that is not we take no report.
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: What it is found by, folded as a search is, and every two neighbouring characters of that.
    searched: Mapped[str] = mapped_column(default=at_insert("searched", *FOUND_BY), deferred=True)
    searched_pairs: Mapped[tuple[str, ...]] = mapped_column(
        default=at_insert("searched_pairs", *FOUND_BY), deferred=True
    )
