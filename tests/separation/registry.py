"""What the registry holds while the machine runs: a strict contract, nobody's leave, and people who claim things."""

from dataclasses import asdict

from sqlalchemy import Engine, delete, update
from sqlalchemy.dialects.postgresql import insert

from domain.people.actors import Actor, Role
from store.models import CustomerRow, PersonRow, StandingAuthorisationRow
from store.registry.contracts import add_contract
from store.registry.records import Contract, Person
from tests.people import PEOPLE
from tests.separation.moves import OTHERS
from tests.separation.starts import SWITCHES


def prepare(engine: Engine) -> None:
    """The strict contract, and no customer's leave to call vendors beside what is said on the ticket."""
    add_contract(engine, Contract("strict", "demo-xinhe", "xinhe", switches=SWITCHES))
    with engine.begin() as connection:
        connection.execute(delete(StandingAuthorisationRow))
        people = (*PEOPLE.values(), *OTHERS)
        for customer in {customer for actor in people for customer in actor.customers}:  # whose people may enter
            connection.execute(insert(CustomerRow).values(id=customer, name=customer).on_conflict_do_nothing())
        for actor in people:
            row = asdict(_person(actor))
            connection.execute(insert(PersonRow).values(row).on_conflict_do_nothing())


def becomes(engine: Engine, actor: Actor) -> None:
    """The person of this id is of this role, department and customers from now on."""
    row = {"role": actor.role, "department": actor.department, "customers": actor.customers}
    with engine.begin() as connection:
        connection.execute(update(PersonRow).where(PersonRow.id == actor.id).values(row))


def add_approvers(engine: Engine, *names: str) -> None:
    """More people than one for a department: ``tech...`` and ``business...``."""
    with engine.begin() as connection:
        for name in names:
            department = "technical" if name.startswith("tech") else "business"
            actor = Actor(name, Role.CUSTOMER_APPROVER, PEOPLE["tech"].customers, department)
            connection.execute(insert(PersonRow).values(asdict(_person(actor))))


def _person(actor: Actor) -> Person:
    return Person(actor.id, actor.id, actor.role, actor.department, actor.customers)
