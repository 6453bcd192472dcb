"""Who could be given work: people of ours who can be in charge, with what they have; vendors who sign in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, and_, any_, func, literal, or_, select

from domain.people.actors import IN_CHARGE, Role
from domain.people.duty import Grade
from domain.ticket.stages import Stage
from store.models import CustomerRow, OrganisationRow, PersonRow, TicketRow
from store.registry.roster import on_duty

_AT_WORK = [stage for stage in Stage if stage.is_work]


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who can be in charge. ``load``: how many open tickets they are in charge of."""

    id: str
    name: str
    role: Role
    grade: Grade | None
    on_duty: bool
    load: int


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor's person who signs in, and the vendor."""

    id: str
    name: str
    organisation: str | None


def able(engine: Engine, at: datetime) -> list[Able]:
    """Whoever is on duty first, of these whoever has least to do."""
    there = {one.person for one in on_duty(engine, at)}
    load = (
        select(TicketRow.assignee, func.count().label("load"))
        .where(TicketRow.stage.in_(_AT_WORK), ~TicketRow.drill, TicketRow.assignee.is_not(None))
        .group_by(TicketRow.assignee)
        .subquery()
    )
    statement = (
        select(PersonRow.id, PersonRow.name, PersonRow.role, PersonRow.grade, func.coalesce(load.c.load, 0))
        .outerjoin(load, load.c.assignee == PersonRow.id)
        .where(PersonRow.active, PersonRow.role.in_(IN_CHARGE))
    )
    with engine.connect() as connection:
        rows = connection.execute(statement).all()
    found = [Able(id_, name, role, grade, id_ in there, many) for id_, name, role, grade, many in rows]
    return sorted(found, key=lambda one: (not one.on_duty, one.load, one.id))


def vendors(engine: Engine) -> list[Vendor]:
    """Vendors' people, vendor by vendor."""
    statement = (
        select(PersonRow.id, PersonRow.name, OrganisationRow.name)
        .outerjoin(OrganisationRow, OrganisationRow.id == PersonRow.organisation)
        .where(PersonRow.active, PersonRow.role == Role.VENDOR)
        .order_by(OrganisationRow.name, PersonRow.id)
    )
    with engine.connect() as connection:
        return [Vendor(*row) for row in connection.execute(statement)]


@dataclass(frozen=True, slots=True)
class Answers:
    """Somebody of a customer who answers its questions."""

    id: str
    name: str
    role: Role


def who_answer(engine: Engine, customer: str | None) -> list[Answers]:
    """The customer's contacts, then the approvers of its technical department."""
    columns = (PersonRow.id, PersonRow.name, PersonRow.role)
    is_live = select(CustomerRow.id).where(CustomerRow.id == customer, CustomerRow.active).exists()
    theirs = (PersonRow.active, literal(customer) == any_(PersonRow.customers), is_live)
    technical = and_(PersonRow.role == Role.CUSTOMER_APPROVER, PersonRow.department == "technical")
    answering = or_(PersonRow.role == Role.CUSTOMER_CONTACT, technical)
    statement = select(*columns).where(*theirs, answering).order_by(PersonRow.role.desc(), PersonRow.id)
    with engine.connect() as connection:
        return [Answers(*row) for row in connection.execute(statement)]
