"""People, as callers get them."""

from api.documents.base import Document
from domain.audience.authority import MAY, MAY_OPEN, MAY_READ
from domain.people.actors import Actor, Role
from domain.ticket.commands import CommandKind


class Me(Document):
    """Who the caller is, and what the role may do."""

    id: str
    role: Role
    department: str | None
    customers: tuple[str, ...]
    may_open: bool
    may_read: bool
    commands: list[CommandKind]

    @classmethod
    def of(cls, actor: Actor) -> "Me":
        """Of a person."""
        return cls(
            id=actor.id,
            role=actor.role,
            department=actor.department,
            customers=actor.customers,
            may_open=actor.role in MAY_OPEN,
            may_read=actor.role in MAY_READ,
            commands=[kind for kind in CommandKind if kind in MAY[actor.role]],
        )
