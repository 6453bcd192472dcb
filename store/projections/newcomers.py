"""Newcomers: whoever becomes one of a customer's people is told what its tickets wait for, as if they had been there.

A message has the id that it would have had then, so that nobody hears twice of what they know.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from domain.audience.messages import Message
from domain.audience.newcomers import TOLD_BY, departments_heard, still_asked
from domain.people.actors import Actor, Role
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening
from store.models import EntryRow, TicketRow
from store.projections.afterwards import standing_of
from store.projections.notifications import message_row, told
from store.registry.deputies import standing_in
from store.telling import put_messages


def tell_newcomer(engine: Engine, customer: str, person: str, now: datetime) -> None:
    """Tell them of each question of the customer's open tickets that is theirs to answer now."""
    waiting = (TicketRow.customer_id == customer, TicketRow.stage != Stage.CLOSED, ~TicketRow.drill)
    statement = select(TicketRow).where(*waiting, TicketRow.waits_for != ()).order_by(TicketRow.number)
    with Session(engine) as session, session.begin():
        connection = session.connection()
        for row in session.scalars(statement).all():
            standing, entries = standing_of(row), asking(session, row.number)
            for entry in still_asked(row.waits_for, entries):
                theirs = (one for one in told(connection, standing, (entry,), now) if one.recipient.id == person)
                new = [one for one in theirs if _waits_for(connection, one, customer, entries, now)]
                # It comes now, however long ago it was asked: an old message would stand far down in their inbox.
                rows = [message_row(standing, one, now) | {"created_at": now} for one in new]
                put_messages(connection, rows)


def asking(session: Session, number: str) -> list[Entry]:
    """The entries of a ticket that say what its customer is still asked, in their order."""
    these = (EntryRow.ticket == number, EntryRow.happening.in_(TOLD_BY))
    return [row.entry for row in session.scalars(select(EntryRow).where(*these).order_by(EntryRow.seq))]


def _waits_for(
    connection: Connection, message: Message, customer: str, entries: Sequence[Entry], now: datetime
) -> bool:
    """Whether it is theirs to answer: of an application, for a department that has not spoken."""
    if message.entry.happening is not Happening.MAJOR_APPLIED:
        return True
    heard = departments_heard(message.entry, entries)
    return any(each not in heard for each in _departments(connection, message.recipient, customer, now))


def _departments(connection: Connection, person: Actor, customer: str, now: datetime) -> Iterator[str]:
    """For which departments of the customer somebody speaks now."""
    if person.role is Role.CUSTOMER_APPROVER and person.department:
        yield person.department
    yield from (each.department for each in standing_in(connection, customer, now) if each.deputy == person.id)
