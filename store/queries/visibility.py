"""Which tickets exist for somebody: the row filter of every query, counts included."""

from sqlalchemy import ColumnElement, false, true

from domain.authority import MAY_READ
from domain.people import CUSTOMER_SIDE, Actor, Role
from domain.record import Happening
from store.models import EntryRow, TicketRow

#: Entries for the service company alone; others see of them only what their own side did.
INTERNAL = frozenset({Happening.NOTED, Happening.ALARM_RAISED, Happening.COMMAND_REFUSED})

_OUTSIDERS = (CUSTOMER_SIDE, frozenset({Role.VENDOR}))


def visible(actor: Actor) -> ColumnElement[bool]:
    """The SQL of ``domain.authority.concerns``, for those who may read tickets at all."""
    if actor.role not in MAY_READ:
        return false()
    if actor.role is Role.VENDOR:
        return TicketRow.vendors.contains([actor.id])
    if actor.role in CUSTOMER_SIDE:
        return TicketRow.customer_id.in_(actor.customers)
    return true()


def readable(actor: Actor) -> ColumnElement[bool]:
    """The entries of a visible timeline that somebody may read."""
    own_side = next((side for side in _OUTSIDERS if actor.role in side), None)
    if own_side is None:
        return true()
    return EntryRow.happening.not_in(INTERNAL) | EntryRow.actor_role.in_(own_side)
