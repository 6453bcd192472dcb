"""Which tickets exist for somebody: the row filter of every query, counts included."""

from sqlalchemy import ColumnElement, false, true

from domain.authority import MAY_READ
from domain.people import CUSTOMER_SIDE, Actor, Role
from domain.record import Happening
from store.models import EntryRow, TicketRow

#: Entries for the service company alone; a customer's person sees of them only what he did himself.
INTERNAL = frozenset({Happening.NOTED, Happening.ALARM_RAISED, Happening.COMMAND_REFUSED})


def visible(actor: Actor) -> ColumnElement[bool]:
    """The SQL of ``domain.authority.concerns``, for those who may read tickets at all."""
    if actor.role not in MAY_READ or actor.role is Role.VENDOR:
        return false()  # a vendor sees the tickets of his own cases; there are no cases yet
    if actor.role in CUSTOMER_SIDE:
        return TicketRow.customer_id.in_(actor.customers)
    return true()


def readable(actor: Actor) -> ColumnElement[bool]:
    """The entries of a visible timeline that somebody may read."""
    if actor.role not in CUSTOMER_SIDE:
        return true()
    return EntryRow.happening.not_in(INTERNAL) | (EntryRow.actor_id == actor.id)
