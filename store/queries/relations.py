"""Relations: which tickets belong to one, as far as somebody may see them."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from domain.people.actors import Actor
from store.models import PersonRow, TicketRow
from store.queries.visibility import visible


@dataclass(frozen=True, slots=True)
class Relations:
    """Tickets that belong to one.

    Attributes:
        followed_by: those that were opened as following it.
        merged_from: those that ended as merged into it.
        proposed_engineer: who had the one that it follows, where they are still there: the same problem has a fixed
            engineer (002-04).
    """

    followed_by: tuple[str, ...]
    merged_from: tuple[str, ...]
    proposed_engineer: str | None


def relations(engine: Engine, actor: Actor, ticket: TicketRow) -> Relations:
    """What belongs to the ticket."""
    numbers = select(TicketRow.number).where(visible(actor)).order_by(TicketRow.number)
    fixed = (
        select(TicketRow.assignee)
        .join(PersonRow, PersonRow.id == TicketRow.assignee)
        .where(TicketRow.number == ticket.follows, PersonRow.active)
    )
    with engine.connect() as connection:
        return Relations(
            followed_by=tuple(connection.scalars(numbers.where(TicketRow.follows == ticket.number))),
            merged_from=tuple(connection.scalars(numbers.where(TicketRow.merged_into == ticket.number))),
            proposed_engineer=connection.scalar(fixed) if ticket.follows and ticket.assignee is None else None,
        )
