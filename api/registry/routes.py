"""The record of the registry: who changed what, for the auditor and for administrators."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request

from api.access.permissions import READ_RECORD
from api.backend import Behind
from api.http.documents import Page
from api.http.inputs import asks
from api.http.pages import listing, sequence
from api.registry.documents import ChangeDocument
from api.registry.requests import ChangesQuery
from store.registry.names import names
from store.registry.record import changes

router = APIRouter(prefix="/api/registry", tags=["registry"])


@router.get("/changes", dependencies=[READ_RECORD], response_model_exclude_unset=True)
async def list_changes(
    request: Request, behind: Behind, asked: Annotated[ChangesQuery, asks(ChangesQuery)]
) -> Page[ChangeDocument]:
    """Changes of people, their access, customers, contracts, the roster and the rest; latest first."""
    found = await behind.ask(changes, asked.sought, asked.window(sequence))
    called = await behind.ask(names, [id_ for each in found.items for id_ in (each.person, each.whom)])
    return listing(request, found, lambda change: ChangeDocument.of(change, called))
