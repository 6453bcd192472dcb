"""People: who signs in, and as what."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKey, Index, Row, any_, false, func, select, true
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.people.duty import Grade
from store.models.base import Base
from store.models.customer import CustomerRow
from store.searching import at_insert


class PersonRow(Base):
    """Somebody of the service company, of a customer or of a vendor. Never deleted: tickets name them for ever."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_searched_pairs", "searched_pairs", postgresql_using="gin"),)
    FOUND_BY: ClassVar = ("id", "name", "phone", "email")

    #: The name that the person signs in with.
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(index=True)
    #: Of a customer approver: technical or business.
    department: Mapped[str | None]
    #: Of a customer's people: the customers that they act for.
    customers: Mapped[tuple[str, ...]] = mapped_column(default=())
    #: The other accounts of the same person.
    also: Mapped[tuple[str, ...]] = mapped_column(default=())
    #: Accounts with the same phone or mail that are another person's.
    told_apart: Mapped[tuple[str, ...]] = mapped_column(default=())
    #: Argon2id; None: cannot sign in with a password.
    password_hash: Mapped[str | None]
    #: It was handed out: whoever signs in with it does nothing before they have chosen another.
    password_to_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Of a vendor's people the vendor; perhaps of ours the service company, or the part of it.
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    phone: Mapped[str | None]
    email: Mapped[str | None]
    #: The one administrator who stands for the mail; None: two do, and it may be signed in by.
    email_by: Mapped[str | None]
    #: Of a resident engineer (000-27).
    grade: Mapped[Grade | None]
    #: Someone who is not signs in nowhere, and is on no duty.
    active: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: What they are found by, folded as a search is, and every two neighbouring characters of that.
    searched: Mapped[str] = mapped_column(default=at_insert("searched", *FOUND_BY), deferred=True)
    searched_pairs: Mapped[tuple[str, ...]] = mapped_column(
        default=at_insert("searched_pairs", *FOUND_BY), deferred=True
    )

    if TYPE_CHECKING:
        #: Those of their customers that are active; None: none is.
        live_customers: Mapped[tuple[str, ...] | None]

    @property
    def actor(self) -> Actor:
        return actor_of(self)

    @property
    def enters(self) -> bool:
        """Whether they may enter at all."""
        return may_enter(self.role, self.actor.customers, active=self.active)


def actor_of(row: PersonRow | Row[*tuple[Any, ...]]) -> Actor:
    """The person as the domain knows them: a customer that is active no more is nobody's."""
    customers = acted_for(row.customers, row.live_customers)
    return Actor(row.id, row.role, customers, row.department, tuple(row.also))


def acted_for(customers: Collection[str], live: Collection[str] | None) -> tuple[str, ...]:
    """The customers that somebody acts for now."""
    return tuple(one for one in customers if one in (live or ()))


def may_enter(role: Role, customers: Collection[str], *, active: bool) -> bool:
    """Whether somebody may enter at all: people of a customer go with it."""
    return active and (role not in CUSTOMER_SIDE or bool(customers))


_LIVE = select(func.array_agg(CustomerRow.id)).where(CustomerRow.id == any_(PersonRow.customers), CustomerRow.active)
PersonRow.live_customers = column_property(_LIVE.correlate(PersonRow).scalar_subquery().label("live_customers"))
