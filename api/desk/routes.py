"""The desk: customers to choose from, whose number it is, tickets that may be of the same fault."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter

from api.access.identity import Caller
from api.access.permissions import KNOW_CALLERS
from api.backend import Behind
from api.desk.documents import CallerDocument, DeskCustomer, DeskCustomerWhole, SimilarDocument, in_charge
from api.desk.queries import CallersAsked, CustomersAsked, SimilarAsked
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks
from api.http.problems import existing
from store.queries import callers, similar
from store.registry.names import names

router = APIRouter(prefix="/api/desk", tags=["desk"])


@router.get("/customers", dependencies=[KNOW_CALLERS], response_model_exclude_unset=True)
async def find_customers(
    actor: Caller, behind: Behind, asked: Annotated[CustomersAsked, asks(CustomersAsked)]
) -> Page[DeskCustomer]:
    """Customers from whom we take reports, by a part of the name or id: twenty at most."""
    found = await behind.ask(callers.customers, actor, asked.text)
    return Page(items=[DeskCustomer.of(one) for one in found])


@router.get("/customers/{customer}", dependencies=[KNOW_CALLERS, POSSIBLE_IDS])
async def look_at_customer(customer: str, actor: Caller, behind: Behind) -> DeskCustomerWhole:
    """One of them, with what it lets us do in its name."""
    found = await behind.ask(callers.customer, actor, customer, datetime.now(UTC))
    return DeskCustomerWhole.whole(existing(found))


@router.get("/callers", dependencies=[KNOW_CALLERS], response_model_exclude_unset=True)
async def find_callers(
    actor: Caller, behind: Behind, asked: Annotated[CallersAsked, asks(CallersAsked)]
) -> Page[CallerDocument]:
    """Whose number it is, by the registry and by former reports, however it is written; with their open tickets."""
    found = await behind.ask(callers.callers, actor, asked.phone)
    called = await behind.ask(names, in_charge(row for one in found for row in one.open))
    return Page(items=[CallerDocument.of(one, actor, called) for one in found])


@router.get("/similar", dependencies=[KNOW_CALLERS], response_model_exclude_unset=True)
async def find_similar(
    actor: Caller, behind: Behind, asked: Annotated[SimilarAsked, asks(SimilarAsked)]
) -> Page[SimilarDocument]:
    """Five tickets at most that may be of the fault: open ones first, then those closed within 30 days."""
    found = await behind.ask(similar.similar, actor, asked.text, asked.customer, datetime.now(UTC))
    called = await behind.ask(names, in_charge(one.row for one in found))
    return Page(items=[SimilarDocument.of(one, actor, called) for one in found])
