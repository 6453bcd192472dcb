"""Customers, their contracts, and what they let us do in their name."""

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.identity import Caller
from api.access.permissions import ADMINISTER, RECORD_AUTHORISATIONS
from api.backend import Behind
from api.customers.documents import AuthorisationDocument, ContractDocument, CustomerDocument
from api.customers.requests import (
    ChangedContract,
    ChangedCustomer,
    CustomersQuery,
    NewAuthorisation,
    NewContract,
    NewCustomer,
)
from api.http.body import read_json
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.openapi import asks, takes
from api.http.pages import cursor_at, instant_and_name, name, next_page
from api.http.problems import not_found
from api.http.queries import Query, read_query
from api.http.validation import validated
from api.tables.importing import ImportedDocument, bring_in, takes_tables
from store.imports import import_customers
from store.registry import contracts, customers
from store.registry.records import Customer

router = APIRouter(prefix="/api/customers", tags=["customers"])


def _known(behind: Behind, customer: str) -> Customer:
    found = customers.customer(behind.reads, customer)
    if found is None:
        raise not_found()
    return found


@router.get("", dependencies=[ADMINISTER], response_model_exclude_unset=True, openapi_extra=asks(CustomersQuery))
def list_customers(request: Request, behind: Behind) -> Page[CustomerDocument]:
    """Customers by id, active or not, a page at a time."""
    asked = read_query(request, CustomersQuery)
    after = name(asked.cursor) if asked.cursor else None
    found, last = customers.customers(
        behind.reads, text=asked.text, active=asked.active, after=after, limit=asked.limit
    )
    following = next_page(request, cursor_at(last.id)) if last else None
    return Page.of([CustomerDocument.of(one) for one in found], following)


@router.post(
    "", dependencies=[ADMINISTER], status_code=201, response_model=CustomerDocument, openapi_extra=takes(NewCustomer)
)
async def add_customer(request: Request, behind: Behind) -> JSONResponse:
    """A new customer."""
    given = validated(NewCustomer, await read_json(request)).customer
    kept = await run_in_threadpool(customers.add_customer, behind.database, given)
    return created(CustomerDocument.of(kept), f"/api/customers/{kept.id}")


@router.post("/import", dependencies=[ADMINISTER], openapi_extra=takes_tables())
async def bring_in_customers(request: Request, behind: Behind) -> ImportedDocument:
    """Customers from a table, each perhaps with a contract, all of it or nothing."""
    return await bring_in(request, behind, import_customers)


@router.get("/{customer}", dependencies=[ADMINISTER, POSSIBLE_IDS])
def read_customer(customer: str, behind: Behind) -> CustomerDocument:
    """A customer."""
    return CustomerDocument.of(_known(behind, customer))


@router.patch("/{customer}", dependencies=[ADMINISTER, POSSIBLE_IDS], openapi_extra=takes(ChangedCustomer))
async def change_customer(request: Request, customer: str, behind: Behind) -> CustomerDocument:
    """Change what is sent; ``departments`` are all that there are from then on."""
    await run_in_threadpool(_known, behind, customer)
    changes = validated(ChangedCustomer, await read_json(request)).changes
    changed = await run_in_threadpool(customers.change_customer, behind.database, customer, changes)
    return CustomerDocument.of(changed)


@router.get(
    "/{customer}/contracts",
    dependencies=[ADMINISTER, POSSIBLE_IDS],
    response_model_exclude_unset=True,
    openapi_extra=asks(Query),
)
def list_contracts(request: Request, customer: str, behind: Behind) -> Page[ContractDocument]:
    """The customer's contracts by id, a page at a time."""
    _known(behind, customer)
    asked = read_query(request, Query)
    after = name(asked.cursor) if asked.cursor else None
    found, last = contracts.contracts(behind.reads, customer, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.id)) if last else None
    return Page.of([ContractDocument.of(one) for one in found], following)


@router.post(
    "/{customer}/contracts",
    dependencies=[ADMINISTER, POSSIBLE_IDS],
    status_code=201,
    response_model=ContractDocument,
    openapi_extra=takes(NewContract),
)
async def add_contract(request: Request, customer: str, behind: Behind) -> JSONResponse:
    """A new contract of the customer."""
    await run_in_threadpool(_known, behind, customer)
    given = validated(NewContract, await read_json(request)).of(customer)
    kept = await run_in_threadpool(contracts.add_contract, behind.database, given)
    return created(ContractDocument.of(kept), f"/api/customers/{customer}/contracts/{kept.id}")


@router.get("/{customer}/contracts/{contract}", dependencies=[ADMINISTER, POSSIBLE_IDS])
def read_contract(customer: str, contract: str, behind: Behind) -> ContractDocument:
    """A contract of the customer."""
    found = contracts.contract(behind.reads, customer, contract)
    if found is None:
        raise not_found()
    return ContractDocument.of(found)


@router.patch(
    "/{customer}/contracts/{contract}", dependencies=[ADMINISTER, POSSIBLE_IDS], openapi_extra=takes(ChangedContract)
)
async def change_contract(request: Request, customer: str, contract: str, behind: Behind) -> ContractDocument:
    """Change what is sent; tickets that are open keep what was agreed for them."""
    if await run_in_threadpool(contracts.contract, behind.reads, customer, contract) is None:
        raise not_found()
    changes = validated(ChangedContract, await read_json(request)).changes
    changed = await run_in_threadpool(contracts.change_contract, behind.database, customer, contract, changes)
    return ContractDocument.of(changed)


@router.get(
    "/{customer}/authorisations",
    dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS],
    response_model_exclude_unset=True,
    openapi_extra=asks(Query),
)
def list_authorisations(request: Request, customer: str, behind: Behind) -> Page[AuthorisationDocument]:
    """What the customer lets us do in its name, also what is over; latest first."""
    _known(behind, customer)
    asked = read_query(request, Query)
    after = instant_and_name(asked.cursor) if asked.cursor else None
    found, last = customers.authorisations(behind.reads, customer, after=after, limit=asked.limit)
    following = next_page(request, cursor_at(last.granted_at, last.id)) if last else None
    return Page.of([AuthorisationDocument.of(one) for one in found], following)


@router.post(
    "/{customer}/authorisations",
    dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS],
    status_code=201,
    response_model=AuthorisationDocument,
    openapi_extra=takes(NewAuthorisation),
)
async def authorise(request: Request, customer: str, actor: Caller, behind: Behind) -> JSONResponse:
    """Record a standing authorisation (004-05); it opens no remote session."""
    await run_in_threadpool(_known, behind, customer)
    now = datetime.now(UTC)
    given = validated(NewAuthorisation, await read_json(request)).of(customer, actor.id, now)
    kept = await run_in_threadpool(customers.authorise, behind.database, given, now)
    return created(AuthorisationDocument.of(kept), f"/api/customers/{customer}/authorisations/{kept.id}")


@router.get("/{customer}/authorisations/{authorisation}", dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS])
def read_authorisation(customer: str, authorisation: str, behind: Behind) -> AuthorisationDocument:
    """A standing authorisation."""
    found = customers.authorisation(behind.reads, customer, authorisation)
    if found is None:
        raise not_found()
    return AuthorisationDocument.of(found)


@router.delete(
    "/{customer}/authorisations/{authorisation}",
    dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS],
    status_code=204,
)
def revoke_authorisation(customer: str, authorisation: str, behind: Behind) -> None:
    """From now on it allows nothing; it stays on record."""
    customers.revoke_authorisation(behind.database, customer, authorisation, datetime.now(UTC))
