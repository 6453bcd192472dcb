"""What the customer is asked beside applications: which entry asks it, and the links that were handed over for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from domain.audience.newcomers import TOLD_BY, asks
from domain.matters.links import ABOUT, ASKED, FOR, SINCE
from domain.matters.matter import Asked
from domain.people.actors import CUSTOMER_SIDE, Actor
from domain.ticket.timeline import Happening
from store.models import EntryRow, PersonRow, TicketRow


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question that waits, as whoever answers it reads it.

    Attributes:
        seq: of the entry that asks it, which is what tells it from one that is asked later.
        by: who asks; ``name``: what they are called.
        said: what the entry says.
    """

    asked: Asked
    about: str | None
    seq: int
    at: datetime
    by: Actor
    name: str | None
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HandedLink:
    """A link as a ticket's timeline has it: for one person and one question; by whom of ours, and when.

    Attributes:
        seq: of its entry: what is asked behind it is another question.
        since: when its question is asked since, as the ticket has it.
    """

    asked: Asked
    about: str | None
    to: str
    by: str | None
    at: datetime
    seq: int
    since: datetime | None


def question(engine: Engine, number: str, asked: Asked, about: str | None) -> QuestionShown | None:
    """The question, while the ticket waits for its answer."""
    with Session(engine) as session:
        waits_for = session.scalar(select(TicketRow.waits_for).where(TicketRow.number == number)) or ()
        if asked not in waits_for:
            return None
        asking = (EntryRow.ticket == number, EntryRow.happening.in_(TOLD_BY))
        rows = session.scalars(select(EntryRow).where(*asking).order_by(EntryRow.seq)).all()
        entry = asks(asked, about, [row.entry for row in rows])
        if entry is None:
            return None
        name = session.scalar(select(PersonRow.name).where(PersonRow.id == entry.actor.id))
    return QuestionShown(asked, about, entry.seq, entry.at, entry.actor, name, entry.data)


def handed(engine: Engine, number: str, sender: str, command_id: str) -> HandedLink | None:
    """The link that somebody handed over, or took along, by this command of theirs."""
    its = (EntryRow.ticket == number, EntryRow.command_id == command_id, EntryRow.actor_id == sender)
    with Session(engine) as session:
        row = session.scalar(select(EntryRow).where(*its, EntryRow.happening == Happening.LINK_HANDED))
    if row is None:
        return None
    data, is_ours = row.data, row.actor_role not in CUSTOMER_SIDE
    return HandedLink(
        asked=Asked(data[ASKED.name]),
        about=data.get(ABOUT.name),
        to=data[FOR.name],
        by=sender if is_ours else None,
        at=row.recorded_at,
        seq=row.seq,
        since=datetime.fromisoformat(data[SINCE]) if SINCE in data else None,
    )
