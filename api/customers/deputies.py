"""Deputies of a customer's approvers: named by the customer, or taken down by one of us with what proves it."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from starlette.requests import Request

from api.access.identity import Acts, Caller
from api.access.permissions import NAME_DEPUTIES
from api.backend import Behind
from api.customers.documents import DeputyDocument
from api.customers.evidence import require_evidence
from api.customers.requests import NewDeputy
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing
from api.http.problems import existing, not_found
from api.http.queries import Query
from domain.audience.authority import concerns
from store.registry import customers, deputies
from store.registry.names import names
from store.registry.records import Deputyship

router = APIRouter(prefix="/api/customers/{customer}/deputies", tags=["customers"])


async def _customer(customer: str, actor: Caller, behind: Behind) -> str:
    """The customer; 404 where it does not exist for the caller."""
    if not concerns(actor, customer):
        raise not_found()
    return existing(await behind.ask(customers.customer, customer)).id


TheCustomer = Annotated[str, Depends(_customer)]


async def _shown(behind: Behind, kept: Deputyship) -> DeputyDocument:
    return DeputyDocument.of(kept, await behind.ask(names, (kept.approver, kept.deputy)))


@router.get("", dependencies=[NAME_DEPUTIES, POSSIBLE_IDS], response_model_exclude_unset=True)
async def list_deputies(
    request: Request, customer: TheCustomer, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[DeputyDocument]:
    """The deputies of the customer's approvers, also those whose time is over; those named last come first."""
    found = await behind.ask(deputies.deputies, customer, asked.window(instant_and_name))
    people = await behind.ask(names, [who for each in found.items for who in (each.approver, each.deputy)])
    return listing(request, found, lambda each: DeputyDocument.of(each, people))


@router.post("", dependencies=[NAME_DEPUTIES, POSSIBLE_IDS], status_code=201, response_model=DeputyDocument)
async def name_deputy(customer: TheCustomer, given: Annotated[NewDeputy, takes(NewDeputy)], act: Acts) -> JSONResponse:
    """Name who answers in an approver's place from the first day to the last."""
    await require_evidence(act.behind, customer, given.evidence)
    actor = act.by.actor
    named = given.of(customer, actor, datetime.now(UTC))
    kept = await act.change(deputies.name_deputy, named, actor)
    return created(await _shown(act.behind, kept), f"/api/customers/{customer}/deputies/{kept.id}")


@router.get("/{deputy}", dependencies=[NAME_DEPUTIES, POSSIBLE_IDS])
async def read_deputy(customer: TheCustomer, deputy: str, behind: Behind) -> DeputyDocument:
    """Who answers in whose place, and when."""
    return await _shown(behind, existing(await behind.ask(deputies.deputyship, customer, deputy)))


@router.delete("/{deputy}", dependencies=[NAME_DEPUTIES, POSSIBLE_IDS], status_code=204)
async def end_deputyship(customer: TheCustomer, deputy: str, act: Acts) -> None:
    """End it before its last day: nobody answers by it any more, and it stays on record."""
    await act.change(deputies.end_deputyship, customer, deputy, act.by.actor, datetime.now(UTC))
