"""Customers: who they are, their departments, and what they let us do in their name."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.people.actors import CUSTOMER_SIDE, Role
from domain.words.label import Label
from store.access.leaving import begin_anew, shut_out
from store.models import Agreement, CustomerRow, DepartmentRow, PersonRow, StandingAuthorisationRow
from store.paging import Found, Window, page_of, records, windowed
from store.registry import news, people
from store.registry.administration import administration
from store.registry.faults import ConflictError, Fault, InvalidError, UnknownError, already_taken, refuse
from store.registry.record import Kind
from store.registry.records import Authorisation, RegisteredCustomer
from store.registry.rules import authorisation_faults, customer_faults
from store.registry.seen import require_seen
from store.searching import holding, searched_of

_AUTHORISATION = tuple(getattr(StandingAuthorisationRow, one.name) for one in fields(Authorisation))


def customer_name(engine: Engine, customer: str) -> str | None:
    """The name of a customer from whom we take reports; None: no such customer."""
    wanted = (CustomerRow.id == customer, CustomerRow.active)
    with engine.connect() as connection:
        return connection.scalar(select(CustomerRow.name).where(*wanted))


def customer(engine: Engine, id_: str) -> RegisteredCustomer | None:
    """The customer; None: no such customer."""
    with engine.connect() as connection:
        return _found(connection, id_)


def customers(
    engine: Engine, window: Window, *, text: str | None = None, active: bool | None = None
) -> Found[RegisteredCustomer]:
    """Customers by id; ``text`` occurs in the id or the name, however it is typed."""
    statement = windowed(select(CustomerRow.id, CustomerRow.name, CustomerRow.active), window, CustomerRow.id)
    if active is not None:
        statement = statement.where(CustomerRow.active == active)
    if text is not None:
        statement = statement.where(holding(CustomerRow.searched, CustomerRow.searched_pairs, text))
    with engine.connect() as connection:
        rows = connection.execute(statement).mappings().all()
        departments = _departments(connection, [row["id"] for row in rows])
    found = [RegisteredCustomer(**row, departments=departments[row["id"]]) for row in rows]
    return page_of(found, window, lambda one: (one.id,))


def add_customer(engine: Engine, new: RegisteredCustomer) -> RegisteredCustomer:
    """Keep a new customer.

    Raises:
        InvalidError: its fields are wrong.
        ConflictError: the id is taken.
    """
    new = new.folded()
    refuse(customer_faults(new))
    with administration(engine) as connection:
        if taken_ids(connection, [new.id]):
            raise already_taken("id")
        keep(connection, [new])
    return new


def change_customer(
    engine: Engine, id_: str, changes: Mapping[str, Any], version: int | None = None
) -> RegisteredCustomer:
    """Change a customer; ``departments``, where given, are all that it has from now on; ``version``: as it was read.

    Raises:
        UnknownError: there is none of that id.
        InvalidError: its fields would be wrong.
        ConflictError: an approver speaks for a department that would be gone, or it has changed since it was read.
    """
    with administration(engine) as connection:
        before = _found(connection, id_)
        if before is None:
            raise UnknownError(id_)
        require_seen(connection, Kind.CUSTOMER, id_, version)
        after = replace(before, **changes).folded()
        refuse(customer_faults(after))
        _departments_stay(connection, after)
        row = {"name": after.name, "active": after.active} | searched_of(asdict(after), CustomerRow.FOUND_BY)
        connection.execute(update(CustomerRow).where(CustomerRow.id == id_).values(row))
        gone = (DepartmentRow.customer == id_, DepartmentRow.id.not_in(list(after.departments)))
        connection.execute(delete(DepartmentRow).where(*gone))
        _keep_departments(connection, [after])
        if before.active and not after.active:
            _shut_out_people(connection, id_)
            _end_authorisations(connection, id_)
        if before.active is not after.active:
            news.note(connection, id_, Agreement.CUSTOMER, id_)
    return after


def _shut_out_people(connection: Connection, customer: str) -> None:
    """Whoever acts for nobody else is out for good; the others begin anew, with what is left."""
    theirs = (PersonRow.customers.contains([customer]), PersonRow.role.in_(CUSTOMER_SIDE))
    for id_, live in connection.execute(select(PersonRow.id, PersonRow.live_customers).where(*theirs)).all():
        if live:
            begin_anew(connection, id_)
        else:
            shut_out(connection, id_)


def _end_authorisations(connection: Connection, customer: str) -> None:
    """What it let us do in its name is over for good; tickets hear of it by their own news."""
    row = StandingAuthorisationRow
    live = (row.customer == customer, row.revoked_at.is_(None), row.expires_at > func.now())
    ended = update(row).where(*live).values(revoked_at=func.now()).returning(row.id)
    for id_ in connection.scalars(ended).all():
        news.note(connection, customer, Agreement.AUTHORISATION, id_)


def taken_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of the ids a customer has."""
    return set(connection.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(list(ids)))))


def keep(connection: Connection, new: Sequence[RegisteredCustomer]) -> None:
    """Insert customers that have been checked."""
    rows = [{"id": one.id, "name": one.name, "active": one.active} for one in new]
    if rows:
        connection.execute(insert(CustomerRow), rows)
        _keep_departments(connection, new)


def _keep_departments(connection: Connection, of: Iterable[RegisteredCustomer]) -> None:
    rows = [{"customer": one.id, "id": word, "name": name} for one in of for word, name in one.departments.items()]
    if rows:
        new = insert(DepartmentRow)
        connection.execute(
            new.on_conflict_do_update(constraint="pk_department", set_={"name": new.excluded.name}), rows
        )


def _found(connection: Connection, id_: str) -> RegisteredCustomer | None:
    columns = (CustomerRow.id, CustomerRow.name, CustomerRow.active)
    row = connection.execute(select(*columns).where(CustomerRow.id == id_)).mappings().one_or_none()
    return RegisteredCustomer(**row, departments=_departments(connection, [id_])[id_]) if row else None


def _departments(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {id_: {} for id_ in ids}
    columns = (DepartmentRow.customer, DepartmentRow.id, DepartmentRow.name)
    rows = connection.execute(select(*columns).where(DepartmentRow.customer.in_(ids)).order_by(DepartmentRow.id))
    for owner, word, name in rows:
        found[owner][word] = name
    return found


def _departments_stay(connection: Connection, after: RegisteredCustomer) -> None:
    speaks = (PersonRow.active, PersonRow.role == Role.CUSTOMER_APPROVER, PersonRow.customers.contains([after.id]))
    statement = select(PersonRow.id).where(*speaks, PersonRow.department.not_in(list(after.departments)))
    if who := connection.scalars(statement.order_by(PersonRow.id)).all():
        names = ", ".join(who)
        raise ConflictError(
            Fault(
                "departments",
                Label(f"仍有审批人属于要删除的部门：{names}", f"of one that would be gone are still {names}"),
            )
        )


def authorisations(engine: Engine, of: str, window: Window) -> Found[Authorisation]:
    """What the customer granted, latest first."""
    row = StandingAuthorisationRow
    statement = select(*_AUTHORISATION).where(row.customer == of)
    return records(engine, Authorisation, statement, window, row.granted_at, row.id, falling=True)


def authorisation(engine: Engine, of: str, id_: str) -> Authorisation | None:
    """What the customer granted under that id; None: nothing."""
    meant = (StandingAuthorisationRow.customer == of, StandingAuthorisationRow.id == id_)
    with engine.connect() as connection:
        row = connection.execute(select(*_AUTHORISATION).where(*meant)).mappings().one_or_none()
    return Authorisation(**row) if row else None


def authorise(engine: Engine, new: Authorisation, now: datetime) -> Authorisation:
    """Record a customer's standing authorisation (004-05).

    Raises:
        UnknownError: no such customer.
        InvalidError: the fields are wrong.
    """
    new = replace(new.folded(), id=str(uuid.uuid4()))
    with administration(engine) as connection:
        if not taken_ids(connection, [new.customer]):
            raise UnknownError(new.customer)
        refuse(authorisation_faults(new, now))
        if not people.taken_ids(connection, [new.recorded_by]):
            raise InvalidError(
                Fault("recorded_by", Label(f"没有人员 {new.recorded_by}", f"nobody is called {new.recorded_by}"))
            )
        connection.execute(insert(StandingAuthorisationRow).values(asdict(new)))
        news.note(connection, new.customer, Agreement.AUTHORISATION, new.id)
    return new


def revoke_authorisation(engine: Engine, of: str, id_: str, now: datetime) -> None:
    """From now on it allows nothing; what was done under it stays done.

    Raises:
        UnknownError: the customer granted none of that id.
    """
    meant = (StandingAuthorisationRow.id == id_, StandingAuthorisationRow.customer == of)
    revoked = func.coalesce(StandingAuthorisationRow.revoked_at, now)
    with administration(engine) as connection:
        statement = update(StandingAuthorisationRow).where(*meant).values(revoked_at=revoked)
        if connection.execute(statement).rowcount == 0:
            raise UnknownError(id_)
        news.note(connection, of, Agreement.AUTHORISATION, id_)


def standing_until(engine: Engine, of: str, at: datetime) -> datetime | None:
    """Until when the customer lets us diagnose and coordinate vendors in its name, as of ``at``; None: it does not."""
    latest = func.max(StandingAuthorisationRow.expires_at)
    with engine.connect() as connection:
        return connection.scalar(select(latest).where(StandingAuthorisationRow.customer == of, _live(at)))


def _live(at: datetime) -> ColumnElement[bool]:
    row = StandingAuthorisationRow
    return and_(row.granted_at <= at, at < row.expires_at, or_(row.revoked_at.is_(None), row.revoked_at > at))
