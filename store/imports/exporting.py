"""Writing the tables out: what is active, in the columns in which it is brought in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from sqlalchemy import Engine

from store.imports import tables
from store.registry import contracts, customers, people, roster
from store.registry.people import Wanted
from store.registry.records import Contract, Customer

_PAGE = 1_000

Item = TypeVar("Item")
Page = tuple[Sequence[Item], Item | None]


def every(page: Callable[[Item | None], Page[Item]]) -> Iterator[Item]:
    """All items, page by page; each page is asked for with the last item of the one before."""
    last: Item | None = None
    while True:
        found, last = page(last)
        yield from found
        if last is None:
            return


def people_csv(engine: Engine) -> str:
    """Active people."""
    active = Wanted(active=True)
    found = every(lambda last: people.people(engine, active, after=last.id if last else None, limit=_PAGE))
    return tables.written(tables.PEOPLE, (asdict(one) for one in found))


def customers_csv(engine: Engine) -> str:
    """Active customers, a row for each of their active contracts."""
    found = every(lambda last: customers.customers(engine, active=True, after=last.id if last else None, limit=_PAGE))
    return tables.written(tables.CUSTOMERS, (row for one in found for row in _rows(engine, one)))


def _rows(engine: Engine, customer: Customer) -> Iterator[dict[str, Any]]:
    own = {"id": customer.id, "name": customer.name} | customer.departments
    agreed: list[Contract] = [
        one
        for one in every(
            lambda last: contracts.contracts(engine, customer.id, after=last.id if last else None, limit=_PAGE)
        )
        if one.active
    ]
    for contract in agreed:
        yield asdict(contract) | own | {"contract": contract.id}
    if not agreed:
        yield own


def roster_csv(engine: Engine) -> str:
    """Every shift."""
    found = every(lambda last: roster.shifts(engine, after=(last.begins_at, last.id) if last else None, limit=_PAGE))
    return tables.written(tables.ROSTER, (asdict(one) for one in found))
