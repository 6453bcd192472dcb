"""What comes for a ticket that has ended: nobody is left to record it, and people are told all the same."""

from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from domain.audience.notices.notice import Standing
from domain.ticket.commands import Command
from domain.ticket.opening import Contact, Customer
from domain.ticket.timeline import Entry, Happening
from domain.words.refusals import CLOSED
from policies import level_names
from store.models import TicketRow
from store.projections.merged import goes_on
from store.projections.notifications import add_notifications


def tell_afterwards(engine: Engine, number: str, command: Command, now: datetime) -> None:
    """Tell of a command that came after the end, as if the ticket had refused it; a repeat tells nobody again."""
    with Session(engine) as session, session.begin():
        row = session.scalars(select(TicketRow).where(TicketRow.number == number)).one()
        ends_in = goes_on(session.connection(), number).number
        into = {"into": ends_in} if ends_in != number else {}
        refused = Entry(
            row.seq,
            Happening.COMMAND_REFUSED,
            command.accepted_at,
            command.accepted_at,
            command.actor,
            command.command_id,
            {"kind": command.kind, "reason": CLOSED.code, "data": dict(command.data), **into},
        )
        add_notifications(session.connection(), standing_of(row), (refused,), now)


def standing_of(row: TicketRow) -> Standing:
    """How a ticket stands, as far as its row says."""
    return Standing(
        number=row.number,
        customer=Customer(row.customer_id, row.customer_name),
        contact=Contact(row.contact_name, row.contact_phone),
        title=row.title,
        stage=row.stage,
        received_at=row.received_at,
        level=row.level,
        level_name=level_names(row.pack).get(row.level) if row.pack and row.level else None,
        owner=row.assignee,
        vendors=tuple(row.vendors),
        other_contacts=tuple(Contact(**each) for each in row.other_contacts),
    )
