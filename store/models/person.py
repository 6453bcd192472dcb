"""People: who signs in, and as what."""

from sqlalchemy import ForeignKey, true
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.actors import Actor, Role
from domain.people.duty import Grade
from store.models.base import Base


class PersonRow(Base):
    """Somebody of the service company, of a customer or of a vendor. Never deleted: tickets name them for ever."""

    __tablename__ = "person"

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
    #: Of a vendor's people the vendor; perhaps of ours the service company, or the part of it.
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    phone: Mapped[str | None]
    email: Mapped[str | None]
    #: Of a resident engineer (000-27).
    grade: Mapped[Grade | None]
    #: Someone who is not signs in nowhere, and is on no duty.
    active: Mapped[bool] = mapped_column(default=True, server_default=true())

    @property
    def actor(self) -> Actor:
        """The person as the domain knows them."""
        return Actor(self.id, self.role, tuple(self.customers), self.department, tuple(self.also))
