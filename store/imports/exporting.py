"""Writing the tables out: what is active, in the columns in which it is brought in."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine

from store.imports import tables
from store.paging import every
from store.registry import contracts, customers, people, roster
from store.registry.people import Wanted
from store.registry.records import Contract, RegisteredCustomer


def people_csv(engine: Engine) -> str:
    """Active people."""
    active = Wanted(active=True)
    found = every(lambda window: people.people(engine, active, window))
    return tables.written(tables.PEOPLE, (asdict(one) | {"same_as": min(one.also, default=None)} for one in found))


def customers_csv(engine: Engine) -> str:
    """Active customers, a row for each of their active contracts."""
    found = every(lambda window: customers.customers(engine, window, active=True))
    return tables.written(tables.CUSTOMERS, (row for one in found for row in _rows(engine, one)))


def _rows(engine: Engine, customer: RegisteredCustomer) -> Iterator[dict[str, Any]]:
    own = {"id": customer.id, "name": customer.name} | customer.departments
    agreed: list[Contract] = [
        one for one in every(lambda window: contracts.contracts(engine, customer.id, window)) if one.active
    ]
    for contract in agreed:
        yield asdict(contract) | own | {"contract": contract.id}
    if not agreed:
        yield own


def roster_csv(engine: Engine) -> str:
    """Every shift."""
    found = every(lambda window: roster.shifts(engine, window))
    return tables.written(tables.ROSTER, (asdict(one) for one in found))
