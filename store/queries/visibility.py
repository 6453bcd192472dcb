"""Which tickets exist for somebody, and which of their lines: the row filters of every query, counts included."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from domain.audience.authority import MAY_READ
from domain.audience.notices.notice import OUTSIDE
from domain.audience.registry_news import CONCERNED
from domain.audience.sights import REMINDERS, Whose
from domain.audience.visibility import entry, sees_all, sight
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.timeline import Happening
from store.models import EntryRow, NotificationRow, TicketRow


def visible(actor: Actor) -> ColumnElement[bool]:
    """The SQL of ``domain.audience.authority.concerns``, for those who may read tickets at all."""
    if actor.role not in MAY_READ:
        return false()
    if actor.role is Role.VENDOR:
        return TicketRow.vendors.contains([actor.id])
    if actor.role in CUSTOMER_SIDE:
        return TicketRow.customer_id.in_(actor.customers)
    return true()


def readable(actor: Actor) -> ColumnElement[bool]:
    """The SQL of ``domain.audience.visibility.entry``: the lines of a visible timeline that are there for somebody."""
    if sees_all(actor):
        return true()
    there = or_(
        EntryRow.happening.in_(_seen_of(actor, Whose.EVERYBODYS)),
        and_(EntryRow.happening.in_(_seen_of(actor, Whose.OWN_SIDES)), _own_side(actor)),
        and_(EntryRow.happening.in_(_seen_of(actor, Whose.ONES_OWN)), EntryRow.actor_id == actor.id),
    )
    return and_(there, _not_anothers(actor)) if actor.role in CUSTOMER_SIDE else there


def seen(row: EntryRow, viewer: Actor) -> dict[str, Any]:
    """What of a readable line's data is for somebody.

    Of a report that was taken for another customer's then, that it happened is all that this one's people see.
    """
    of_theirs = viewer.role not in CUSTOMER_SIDE or row.customer is None or row.customer in viewer.customers
    actor = Actor(row.actor_id, row.actor_role, department=row.actor_department)
    return (entry(viewer, row.happening, actor, row.data) or {}) if of_theirs else {}


def _not_anothers(actor: Actor) -> ColumnElement[bool]:
    """Nothing from before it was found to be theirs, where it was taken for another customer's; but that it began."""
    began = EntryRow.happening == Happening.OPENED
    return or_(EntryRow.customer.is_(None), EntryRow.customer.in_(actor.customers), began)


def tellable(actor: Actor) -> ColumnElement[bool]:
    """The messages that somebody may still read, whatever they were when they were told.

    Of people outside: what is not hidden from them, in the words for people outside, of alarms only reminders; and
    what the registry tells them of themselves, or of a ticket that they see. Of the administrator: what says nothing of
    a ticket.
    """
    if actor.role is Role.ADMINISTRATOR:
        return NotificationRow.about == {}
    there = or_(
        NotificationRow.ticket.is_(None), NotificationRow.ticket.in_(select(TicketRow.number).where(visible(actor)))
    )
    if sees_all(actor):
        return there
    told = [happening for happening in Happening if sight(actor, happening).whose is not Whose.NOBODYS]
    no_alarm = NotificationRow.happening != Happening.ALARM_RAISED
    reminds = NotificationRow.data["alarm"].astext.in_(REMINDERS)
    for_them = NotificationRow.grounds["whom"].astext.in_(OUTSIDE)
    of_oneself = and_(
        NotificationRow.ticket.is_(None),
        NotificationRow.happening.is_(None),
        NotificationRow.grounds["whom"].astext == CONCERNED,
    )
    of_a_ticket = and_(NotificationRow.ticket.is_not(None), NotificationRow.happening.is_(None))
    of_what_happened = and_(NotificationRow.happening.in_(told), or_(no_alarm, reminds))
    return or_(of_oneself, and_(there, for_them, or_(of_a_ticket, of_what_happened)))


def _seen_of(actor: Actor, whose: Whose) -> list[Happening]:
    return [happening for happening in Happening if sight(actor, happening).whose is whose]


def _own_side(actor: Actor) -> ColumnElement[bool]:
    """The SQL of ``domain.audience.visibility.is_own``."""
    if actor.role in CUSTOMER_SIDE:
        return EntryRow.actor_role.in_(CUSTOMER_SIDE)
    return or_(EntryRow.actor_id == actor.id, EntryRow.data["vendor"].astext == actor.id)
