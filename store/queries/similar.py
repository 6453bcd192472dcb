"""Similar tickets: those that may be of the fault that is being reported."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session, defer

from domain.people.actors import Actor
from domain.ticket.stages import Stage
from domain.words.likeness import ENOUGH, likeness, telling
from store.models import TicketRow
from store.queries.visibility import visible
from store.searching import pairs, searchable

#: So many are told, of so many that are looked at; a fault that is over may come back for so long.
TOLD = 5
_LOOKED_AT = 300
_COMES_BACK = timedelta(days=30)


#: What is searched by is as long as all that was said, and nobody reads it.
_TOLD_OF = select(TicketRow).options(defer(TicketRow.searched), defer(TicketRow.searched_pairs))


class Similar(NamedTuple):
    """A ticket, how much of what was said stands in it, from 0 to 1, and which words."""

    row: TicketRow
    score: float
    why: tuple[str, ...]


def similar(engine: Engine, actor: Actor, text: str, customer: str | None, now: datetime) -> list[Similar]:
    """Of the customer's, else of everybody's: those that are open, then those closed of late, the likest first."""
    said = searchable(text)
    asked = [pair for pair in pairs(telling(said)) if " " not in pair]
    lately = or_(TicketRow.closed_at.is_(None), TicketRow.closed_at > now - _COMES_BACK)
    statement = _TOLD_OF.where(
        visible(actor),
        ~TicketRow.drill,
        TicketRow.merged_into.is_(None),
        TicketRow.searched_pairs.overlap(asked),
        lately,
    )
    if customer is not None:
        statement = statement.where(TicketRow.customer_id == customer)
    with Session(engine) as session:
        rows = session.scalars(statement.order_by(TicketRow.received_at.desc()).limit(_LOOKED_AT)).all()
    found = [_likened(said, row) for row in rows]
    found = [one for one in found if one.score >= ENOUGH]
    return sorted(found, key=lambda one: (one.row.stage is Stage.CLOSED, -one.score))[:TOLD]


def _likened(said: str, row: TicketRow) -> Similar:
    found = likeness(said, searchable(f"{row.title}\n{row.description}"))
    return Similar(row, found.score, found.terms)
