"""People: who signs in, and as what."""

from sqlalchemy.orm import Mapped, mapped_column

from domain.people import Actor, Role
from store.models.base import Base


class PersonRow(Base):
    """Somebody of the service company, of a customer or of a vendor."""

    __tablename__ = "person"

    #: The name that the person signs in with.
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(index=True)
    #: Of a customer approver: technical or business.
    department: Mapped[str | None]
    #: Of a customer's people: the customers that they act for.
    customers: Mapped[tuple[str, ...]] = mapped_column(default=())
    #: Argon2id; None: cannot sign in with a password.
    password_hash: Mapped[str | None]

    @property
    def actor(self) -> Actor:
        """The person as the domain knows them."""
        return Actor(self.id, self.role, tuple(self.customers), self.department)
