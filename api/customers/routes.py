"""Customers, their contracts, and what they let us do in their name."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.identity import Acts
from api.access.permissions import ADMINISTER, LOOK_UP, RECORD_AUTHORISATIONS
from api.backend import Behind
from api.customers.documents import AuthorisationDocument, ContractDocument, CustomerDocument, LevelDocument, levels_of
from api.customers.evidence import require_evidence
from api.customers.requests import (
    ChangedContract,
    ChangedCustomer,
    CustomersQuery,
    NewAuthorisation,
    NewContract,
    NewCustomer,
)
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing, name
from api.http.problems import existing
from api.http.queries import Query
from api.tables.importing import ImportedDocument, Importing, bring_in, described_tables
from store.imports import import_customers
from store.registry import contracts, customers, seen
from store.registry.record import Kind
from store.registry.records import Contract, RegisteredCustomer

router = APIRouter(prefix="/api/customers", tags=["customers"])


async def _version_of_customers(behind: Behind) -> int:
    return await behind.ask(seen.latest, *seen.OF_CUSTOMERS)


async def _version_of_contracts(behind: Behind) -> int:
    return await behind.ask(seen.latest, Kind.CONTRACT)


#: Found out before what is read, which so is never older.
CustomersVersion = Annotated[int, Depends(_version_of_customers)]
ContractsVersion = Annotated[int, Depends(_version_of_contracts)]


async def _customer(customer: str, behind: Behind) -> RegisteredCustomer:
    return existing(await behind.ask(customers.customer, customer))


async def _contract(customer: str, contract: str, behind: Behind) -> Contract:
    return existing(await behind.ask(contracts.contract, customer, contract))


TheCustomer = Annotated[RegisteredCustomer, Depends(_customer)]
TheContract = Annotated[Contract, Depends(_contract)]


@router.get("", dependencies=[LOOK_UP], response_model_exclude_unset=True)
async def list_customers(
    version: CustomersVersion, request: Request, behind: Behind, asked: Annotated[CustomersQuery, asks(CustomersQuery)]
) -> Page[CustomerDocument]:
    """Customers by id, active or not, a page at a time."""
    found = await behind.ask(customers.customers, asked.window(name), text=asked.text, active=asked.active)
    return listing(request, found, lambda one: CustomerDocument.of(one, version))


@router.post("", dependencies=[ADMINISTER], status_code=201, response_model=CustomerDocument)
async def add_customer(act: Acts, given: Annotated[NewCustomer, takes(NewCustomer)]) -> JSONResponse:
    """Add a customer."""
    kept = await act.change(customers.add_customer, given.customer)
    version = await _version_of_customers(act.behind)
    return created(CustomerDocument.of(kept, version), f"/api/customers/{kept.id}")


@router.post("/import", dependencies=[ADMINISTER], openapi_extra=described_tables())
async def bring_in_customers(request: Request, act: Acts, asked: Importing) -> ImportedDocument:
    """Import customers from a table, each perhaps with a contract, all of it or nothing; ``?check=true`` only looks."""
    return await bring_in(request, act, import_customers, asked)


@router.get("/{customer}", dependencies=[LOOK_UP, POSSIBLE_IDS])
async def read_customer(version: CustomersVersion, customer: TheCustomer) -> CustomerDocument:
    """A customer."""
    return CustomerDocument.of(customer, version)


@router.patch("/{customer}", dependencies=[ADMINISTER, POSSIBLE_IDS])
async def change_customer(
    customer: TheCustomer, given: Annotated[ChangedCustomer, takes(ChangedCustomer)], act: Acts
) -> CustomerDocument:
    """Change what is sent of a customer; ``departments`` are all that there are from then on."""
    await act.change(customers.change_customer, customer.id, given.changes, given.version)
    version = await _version_of_customers(act.behind)
    return CustomerDocument.of(await _customer(customer.id, act.behind), version)


@router.get("/{customer}/contracts", dependencies=[LOOK_UP, POSSIBLE_IDS], response_model_exclude_unset=True)
async def list_contracts(
    version: ContractsVersion,
    request: Request,
    customer: TheCustomer,
    behind: Behind,
    asked: Annotated[Query, asks(Query)],
) -> Page[ContractDocument]:
    """The customer's contracts by id, a page at a time."""
    found = await behind.ask(contracts.contracts, customer.id, asked.window(name))
    return listing(request, found, lambda one: ContractDocument.of(one, version))


@router.post(
    "/{customer}/contracts",
    dependencies=[ADMINISTER, POSSIBLE_IDS],
    status_code=201,
    response_model=ContractDocument,
)
async def add_contract(
    customer: TheCustomer, given: Annotated[NewContract, takes(NewContract)], act: Acts
) -> JSONResponse:
    """Add a contract of the customer."""
    kept = await act.change(contracts.add_contract, given.of(customer.id))
    version = await _version_of_contracts(act.behind)
    return created(ContractDocument.of(kept, version), f"/api/customers/{customer.id}/contracts/{kept.id}")


@router.get("/{customer}/contracts/{contract}", dependencies=[LOOK_UP, POSSIBLE_IDS])
async def read_contract(version: ContractsVersion, contract: TheContract) -> ContractDocument:
    """A contract of the customer."""
    return ContractDocument.of(contract, version)


@router.get("/{customer}/contracts/{contract}/levels", dependencies=[LOOK_UP, POSSIBLE_IDS])
async def list_levels(contract: TheContract) -> Page[LevelDocument]:
    """The levels that a report under this contract can have, gravest first, and what is promised at each."""
    return Page(items=levels_of(contract, datetime.now(UTC)))


@router.patch("/{customer}/contracts/{contract}", dependencies=[ADMINISTER, POSSIBLE_IDS])
async def change_contract(
    contract: TheContract, given: Annotated[ChangedContract, takes(ChangedContract)], act: Acts
) -> ContractDocument:
    """Change what is sent of a contract; tickets that are open keep what was agreed for them."""
    meant = (contract.customer, contract.id)
    await act.change(contracts.change_contract, *meant, given.changes, given.version)
    version = await _version_of_contracts(act.behind)
    return ContractDocument.of(await _contract(*meant, act.behind), version)


@router.get(
    "/{customer}/authorisations",
    dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS],
    response_model_exclude_unset=True,
)
async def list_authorisations(
    request: Request, customer: TheCustomer, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[AuthorisationDocument]:
    """The customer's standing authorisations, also those that are over; latest first."""
    found = await behind.ask(customers.authorisations, customer.id, asked.window(instant_and_name))
    return listing(request, found, AuthorisationDocument.of)


@router.post(
    "/{customer}/authorisations",
    dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS],
    status_code=201,
    response_model=AuthorisationDocument,
)
async def authorise(
    customer: TheCustomer, given: Annotated[NewAuthorisation, takes(NewAuthorisation)], act: Acts
) -> JSONResponse:
    """Record a standing authorisation (004-05); it opens no remote session."""
    await require_evidence(act.behind, customer.id, given.evidence)
    now = datetime.now(UTC)
    kept = await act.change(customers.authorise, given.of(customer.id, act.by.actor.id, now), now)
    return created(AuthorisationDocument.of(kept), f"/api/customers/{customer.id}/authorisations/{kept.id}")


@router.get("/{customer}/authorisations/{authorisation}", dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS])
async def read_authorisation(customer: str, authorisation: str, behind: Behind) -> AuthorisationDocument:
    """A standing authorisation."""
    return AuthorisationDocument.of(existing(await behind.ask(customers.authorisation, customer, authorisation)))


@router.delete(
    "/{customer}/authorisations/{authorisation}",
    dependencies=[RECORD_AUTHORISATIONS, POSSIBLE_IDS],
    status_code=204,
)
async def revoke_authorisation(customer: str, authorisation: str, act: Acts) -> None:
    """Revoke a standing authorisation: it allows nothing any more and stays on record."""
    await act.change(customers.revoke_authorisation, customer, authorisation, datetime.now(UTC))
