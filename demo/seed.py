"""The seed: the demo's customers, contracts, people and roster in a database."""

import uuid
from dataclasses import asdict
from datetime import UTC, datetime, time

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from demo.people import CUSTOMERS, DEPARTMENTS, ENDS_ON, ORGANISATIONS, PEOPLE, STARTS_ON, DemoPerson, contract_id
from demo.roster import shifts
from domain.contract.calendars import CHINA
from domain.people.actors import Role
from store.access.passwords import new_password
from store.database import connect
from store.models import (
    ContractRow,
    CustomerRow,
    DepartmentRow,
    OrganisationRow,
    PersonRow,
    ShiftRow,
    StandingAuthorisationRow,
)
from store.registry.records import Authorisation, Contract, Person
from store.registry.roster import meanwhile


def seed(database_url: str, now: datetime | None = None) -> dict[str, str]:
    """Add what is missing of the demo; answer the passwords of the people added, this once."""
    engine = connect(database_url)
    try:
        with engine.begin() as connection:
            _add_customers(connection)
            passwords = _add_people(connection)
            _add_authorisation(connection)
            _add_shifts(connection, now or datetime.now(UTC))
            return passwords
    finally:
        engine.dispose()


def _add_customers(connection: Connection) -> None:
    organisations = [{"id": id_, "name": name, "kind": kind} for id_, (name, kind) in ORGANISATIONS.items()]
    customers = [{"id": id_, "name": name} for id_, (name, _) in CUSTOMERS.items()]
    departments = [
        {"customer": customer, "id": word, "name": name}
        for customer, named in DEPARTMENTS.items()
        for word, name in named.items()
    ]
    contracts = [
        asdict(Contract(contract_id(id_), id_, pack, starts_on=STARTS_ON, ends_on=ENDS_ON))
        for id_, (_, pack) in CUSTOMERS.items()
    ]
    connection.execute(insert(OrganisationRow).on_conflict_do_nothing(), organisations)
    connection.execute(insert(CustomerRow).on_conflict_do_nothing(), customers)
    connection.execute(insert(DepartmentRow).on_conflict_do_nothing(), departments)
    connection.execute(insert(ContractRow).on_conflict_do_nothing(), contracts)


def _add_people(connection: Connection) -> dict[str, str]:
    known = set(connection.scalars(select(PersonRow.id)))
    passwords: dict[str, str] = {}
    for place, (id_, person) in enumerate(PEOPLE.items()):
        if id_ in known:
            continue
        passwords[id_], hashed = new_password()
        row = asdict(_person(id_, person, place)) | {"password_hash": hashed}
        connection.execute(insert(PersonRow).values(row))
    return passwords


def _person(id_: str, person: DemoPerson, place: int) -> Person:
    ours = "vendor" if person.role is Role.VENDOR else "service"
    return Person(
        id=id_,
        name=person.name,
        role=person.role,
        department=person.department,
        customers=person.customers,
        organisation=None if person.customers else ours,
        phone=f"139000000{place:02}",
        email=f"{id_}@example.com",
        grade=person.grade,
    )


def _add_authorisation(connection: Connection) -> None:
    """A customer that lets us coordinate its vendors (004-05)."""
    authorisation = Authorisation(
        id=_always_the_same("authorisation"),
        customer="demo-xinhe",
        scope="代表客户诊断故障，并协调相关厂商共同处理",
        channel="paper",
        evidence=None,
        granted_by="刘雅琴",
        granted_at=datetime.combine(STARTS_ON, time(), CHINA),
        expires_at=datetime.combine(ENDS_ON, time(), CHINA),
        recorded_by="pm",
    )
    connection.execute(insert(StandingAuthorisationRow).on_conflict_do_nothing(), [asdict(authorisation)])


def _add_shifts(connection: Connection, now: datetime) -> None:
    """What is missing of the roster, where nobody has planned otherwise."""
    planned = shifts(now)
    others = meanwhile(connection, planned)
    missing = [asdict(shift) for shift in planned if not any(shift.collides(other) for other in others)]
    if missing:
        connection.execute(insert(ShiftRow).on_conflict_do_nothing(), missing)


def _always_the_same(what: str) -> str:
    """An id by which a second start knows what the first one added."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"demo {what}"))
