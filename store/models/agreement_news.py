"""News of agreements: what has changed in the registry, and whether the customer's open tickets have been told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.models.base import Base


class Agreement(StrEnum):
    """What has changed."""

    AUTHORISATION = "authorisation"
    CONTRACT = "contract"
    CUSTOMER = "customer"  # deactivated, or active again
    PERSON = "person"  # somebody answers for the customer who did not before


class AgreementNewsRow(Base):
    """A change that open tickets are told of. Written in the transaction of the change itself."""

    __tablename__ = "agreement_news"
    __table_args__ = (
        # What is still to be told is asked for every second.
        Index("ix_agreement_news_untold", "created_at", postgresql_where=text("told < 2")),
        # Whatever becomes a customer's ticket asks what has changed there since.
        Index("ix_agreement_news_customer_created_at", "customer", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    customer: Mapped[str] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[Agreement]
    #: The authorisation, the contract, the customer itself, or the person.
    about: Mapped[str]
    #: Nobody is told before it: of a deputy, when they begin.
    created_at: Mapped[datetime]
    #: How often all open tickets were told: at once, and again for those that were being opened meanwhile; from the
    #: beginning, once a ticket comes into sight that was on its way when the change came.
    told: Mapped[int]
