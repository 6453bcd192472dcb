"""Leavers: an application that waits for a department which has nobody left waits in vain, and people hear of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from domain.audience.desk import ANSWER_FOR_ALL, Desk, Reached
from domain.audience.newcomers import departments_heard, still_asked
from domain.audience.notices.notice import Standing, Whom
from domain.audience.registry_news import waits_in_vain
from domain.people.actors import Role
from domain.ticket.timeline import Happening
from store.models import TicketRow
from store.projections.afterwards import standing_of
from store.projections.newcomers import asking
from store.projections.notifications import desk_of
from store.projections.roles import News, tell_people

#: Of whom the desk must know, to find who could answer and who is told.
_ROLES = {Role.CUSTOMER_APPROVER, Role.CUSTOMER_CONTACT, Role.PROJECT_MANAGER, Role.HOTLINE, *ANSWER_FOR_ALL}


def tell_of_silence(engine: Engine, department: str, tickets: Iterable[str], now: datetime) -> None:
    """Tell of those of these tickets that wait for a department of the customer which has nobody left (000-09)."""
    with Session(engine) as session, session.begin():
        these = select(TicketRow).where(TicketRow.number.in_(list(tickets))).order_by(TicketRow.number)
        for row in session.scalars(these).all():
            if _waits_for(session, row, department):
                _tell(session.connection(), standing_of(row), department, now)


def _tell(connection: Connection, standing: Standing, department: str, now: datetime) -> None:
    desk = desk_of(connection, _ROLES, [standing.owner] if standing.owner else [], now)
    if desk.customers(Role.CUSTOMER_APPROVER, standing, [department]):
        return
    about = f"{standing.number} waits for {department} in vain since {now.isoformat()}"
    to_ours, to_theirs = waits_in_vain(standing.number, standing.customer.name, department)
    tell_people(connection, _ours(desk, standing), [News(f"{about}: ours", to_ours, ticket=standing.number)], now)
    contacts = _grounds(Whom.CONTACT, desk.customers(Role.CUSTOMER_CONTACT, standing))
    tell_people(connection, contacts, [News(f"{about}: theirs", to_theirs, ticket=standing.number)], now)


def _waits_for(session: Session, row: TicketRow, department: str) -> bool:
    entries = asking(session, row.number)
    applied = (one for one in still_asked(row.waits_for, entries) if one.happening is Happening.MAJOR_APPLIED)
    return any(department not in departments_heard(one, entries) for one in applied)


def _ours(desk: Desk, standing: Standing) -> dict[str, dict[str, Any]]:
    """Who is in charge, and the project manager, who had applied."""
    manager = _grounds(Whom.PROJECT_MANAGER, desk.role(Role.PROJECT_MANAGER))
    return manager | _grounds(Whom.OWNER, desk.owner(standing.owner))


def _grounds(whom: Whom, reached: Iterable[Reached]) -> dict[str, dict[str, Any]]:
    return {each.person: {"whom": whom, "how": each.how} for each in reached}
