"""What rests on somebody: what has to go to another, or openly to nobody, before they leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, exists, or_, select, update
from sqlalchemy.orm import aliased

from domain.audience.authority import MAY
from domain.audience.desk import How
from domain.audience.registry_news import CONCERNED, shifts_handed
from domain.matters.matter import Asked
from domain.people.actors import IN_CHARGE, Role
from domain.ticket.commands import CommandKind
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from store.models import EntryRow, PersonRow, ShiftRow, TicketRow
from store.registry.records import Person
from store.telling import tell

#: Who may have a call.
_MAY_ANSWER = [role for role, kinds in MAY.items() if CommandKind.ACKNOWLEDGE in kinds]
_OPEN = (TicketRow.stage != Stage.CLOSED, ~TicketRow.drill)


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on somebody.

    Attributes:
        tickets: numbers of open tickets that they are in charge of.
        shifts: ids of shifts that run or are to come, in which they are to be there.
        vendor_cases: numbers of tickets on which they have an open case.
        approvals: numbers of tickets that wait for their approval.
    """

    tickets: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()
    vendor_cases: tuple[str, ...] = ()
    approvals: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything does."""
        return bool(self.tickets or self.shifts or self.vendor_cases or self.approvals)


@dataclass(frozen=True, slots=True)
class Leave:
    """How somebody leaves.

    Attributes:
        successor: who stands in for them in the shifts that are to come.
        nothing_rests: on them, when it was looked at.
    """

    successor: str | None = None
    nothing_rests: bool = False


NO_LEAVE = Leave()


def resting_on(engine: Engine, person: Person, now: datetime) -> Resting:
    """What rests on them now."""
    with engine.connect() as connection:
        return resting(connection, person, now)


def resting(connection: Connection, person: Person, now: datetime) -> Resting:
    """The same, within a transaction; rehearsals are nobody's work."""
    return Resting(
        tickets=_tickets(connection, TicketRow.assignee == person.id),
        shifts=tuple(connection.scalars(select(ShiftRow.id).where(*_there(person.id, now)).order_by(ShiftRow.id))),
        vendor_cases=_tickets(connection, _has_a_case(person)) if person.role is Role.VENDOR else (),
        approvals=_tickets(connection, _waits_for(person)) if person.role is Role.CUSTOMER_APPROVER else (),
    )


def leaves(before: Person, changes: Mapping[str, Any]) -> bool:
    """Whether the change takes them off what rests on them: they go, or lose a customer, or speak for another."""
    customers = set(changes.get("customers", before.customers))
    speaks_for = (changes.get("role", before.role), changes.get("department", before.department))
    gone = changes.get("active") is False or bool(set(before.customers) - customers)
    return gone or speaks_for != (before.role, before.department)


def hand_shifts(connection: Connection, before: Person, successor: str, now: datetime) -> None:
    """The shifts in which somebody was to be there are the successor's, who stands in for them and is told.

    Where the successor is on the same duty meanwhile anyway, the shift stays as it is: nobody is there twice.
    """
    theirs = aliased(ShiftRow)
    there_anyway = exists(
        select(theirs.id).where(
            or_(theirs.person == successor, theirs.substitute == successor),
            theirs.duty == ShiftRow.duty,
            theirs.begins_at < ShiftRow.ends_at,
            theirs.ends_at > ShiftRow.begins_at,
        )
    )
    given = update(ShiftRow).where(*_there(before.id, now), ~there_anyway).values(substitute=successor)
    handed = connection.execute(given.returning(ShiftRow.begins_at, ShiftRow.ends_at)).all()
    if handed:
        sentence = shifts_handed(before.name, [(row.begins_at, row.ends_at) for row in handed], now)
        tell(connection, [successor], sentence, now, whom=CONCERNED, how=How.BY_NAME)


def _there(person: str, now: datetime) -> tuple[Any, ...]:
    in_person = and_(ShiftRow.person == person, ShiftRow.substitute.is_(None))
    return ShiftRow.ends_at > now, or_(in_person, ShiftRow.substitute == person)


def _tickets(connection: Connection, rests: Any) -> tuple[str, ...]:  # noqa: ANN401  # a condition on tickets
    return tuple(connection.scalars(select(TicketRow.number).where(*_OPEN, rests).order_by(TicketRow.number)))


def _waits_for(approver: Person) -> Any:  # noqa: ANN401  # a condition on tickets
    return and_(TicketRow.customer_id.in_(approver.customers), TicketRow.waits_for.contains([Asked.APPROVAL]))


def open_cases(engine: Engine, vendor: str) -> Sequence[tuple[str, str]]:
    """The cases that a vendor's person has, each with its ticket; rehearsals are nobody's work."""
    statement = select(EntryRow.ticket, EntryRow.data["case"].astext)
    statement = statement.where(EntryRow.ticket == TicketRow.number, *_OPEN, *_has(vendor))
    with engine.connect() as connection:
        found = connection.execute(statement.order_by(EntryRow.ticket, EntryRow.seq))
        return [(number, case) for number, case in found]


@dataclass(frozen=True, slots=True)
class Left:
    """What is left on a ticket with somebody who has left, or has another role; ``seq``: since which entry."""

    ticket: str
    seq: int
    person: str
    name: str


def sessions_left(engine: Engine) -> Sequence[Left]:
    """Remote work on open tickets of people who are not active, or not in the role any more in which they began it."""
    later = aliased(EntryRow)
    is_over = exists(
        select(later.seq).where(
            later.ticket == EntryRow.ticket, later.happening == Happening.REMOTE_ENDED, later.seq > EntryRow.seq
        )
    )
    begun = (EntryRow.happening == Happening.REMOTE_STARTED, EntryRow.actor_id == PersonRow.id, ~is_over)
    gone = or_(~PersonRow.active, PersonRow.role != EntryRow.actor_role)
    return _left(engine, EntryRow.seq, EntryRow.ticket == TicketRow.number, *begun, gone)


def tickets_left(engine: Engine) -> Sequence[Left]:
    """Open tickets in the charge of people who are not active, or could be in charge of none any more."""
    gone = or_(~PersonRow.active, PersonRow.role.not_in(IN_CHARGE))
    return _left(engine, TicketRow.seq, TicketRow.assignee == PersonRow.id, gone)


def calls_left(engine: Engine) -> Sequence[Left]:
    """Calls of open tickets that people have who are not active, or could answer none any more.

    Who is in charge of the ticket leaves the call with it.
    """
    gone = or_(~PersonRow.active, PersonRow.role.not_in(_MAY_ANSWER))
    theirs = and_(TicketRow.answered_by == PersonRow.id, TicketRow.assignee.is_distinct_from(PersonRow.id))
    return _left(engine, TicketRow.seq, theirs, gone)


def _left(engine: Engine, since: Any, *left: Any) -> Sequence[Left]:  # noqa: ANN401  # a column, conditions
    """Rehearsals are nobody's work."""
    statement = select(TicketRow.number, since, PersonRow.id, PersonRow.name).where(*_OPEN, *left)
    with engine.connect() as connection:
        return [Left(*row) for row in connection.execute(statement.order_by(TicketRow.number))]


def _has_a_case(vendor: Person) -> Any:  # noqa: ANN401  # a condition on tickets
    return exists(select(EntryRow.seq).where(EntryRow.ticket == TicketRow.number, *_has(vendor.id)))


def _has(vendor: str) -> tuple[Any, ...]:
    """A case was opened for them or handed to them, and none of that name closed or handed on since."""
    later = aliased(EntryRow)
    is_over = exists(
        select(later.seq).where(
            later.ticket == EntryRow.ticket,
            later.happening.in_((Happening.VENDOR_CASE_CLOSED, Happening.VENDOR_CASE_HANDED)),
            later.seq > EntryRow.seq,
            later.data["case"] == EntryRow.data["case"],
        )
    )
    begun = EntryRow.happening.in_((Happening.VENDOR_CASE_OPENED, Happening.VENDOR_CASE_HANDED))
    return begun, EntryRow.data["vendor"].astext == vendor, ~is_over
