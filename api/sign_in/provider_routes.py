"""Signing in by an identity provider: out to its page, and back with what it says."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import wraps

from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.access import cookies
from api.access.permissions import PUBLIC
from api.backend import Backend, Behind
from api.http.documents import Page
from api.http.problems import Problem, not_found
from api.sign_in import entering
from api.sign_in.documents import ProviderDocument
from api.sign_in.explaining import explanation
from api.sign_in.problems import flow_over, nobody_of_ours, provider_down, provider_refused
from api.sign_in.providers.base import Identified, Provider, ProviderDownError, ProviderRefusedError
from domain.people.actors import Actor
from runtime.sign_in_settings import Way
from store.access import sign_in_flows
from store.access.identities import person_behind, person_with_email

router = APIRouter(prefix="/api/session", tags=["session"])
Handler = Callable[[str, Request, Behind], Awaitable[Response]]


def for_people(handler: Handler) -> Handler:
    """What goes wrong is shown as a page: a browser was sent here."""

    @wraps(handler)
    async def explaining(provider: str, request: Request, behind: Behind) -> Response:
        try:
            return await handler(provider, request, behind)
        except Problem as problem:
            return explanation(request, problem)
        except ProviderDownError:
            return explanation(request, provider_down())
        except ProviderRefusedError:
            return explanation(request, provider_refused())

    return explaining


@router.get("/providers", dependencies=[PUBLIC], response_model_exclude_unset=True)
async def list_providers(request: Request) -> Page[ProviderDocument]:
    """Identity providers by which people may sign in."""
    labels = {name: one.label for name, one in _providers(request).items()}
    items = [
        ProviderDocument(id=name, name=label.as_json(), href=f"/api/session/{name}") for name, label in labels.items()
    ]
    return Page(items=items)


@router.get("/{provider}", dependencies=[PUBLIC], status_code=302, response_class=RedirectResponse)
@for_people
async def go(provider: str, request: Request, behind: Behind) -> Response:
    """Go to the provider's page; the browser keeps what it has to show when it comes back."""
    _, chosen = _chosen(request, provider)
    await entering.go_out(request, behind)
    flow = await behind.note(sign_in_flows.begin, provider, datetime.now(UTC))
    address = await chosen.address(flow, _back(behind, provider))
    cookies.give(request, behind.settings, cookies.FLOW, flow.browser, sign_in_flows.LASTS)
    return RedirectResponse(address, 302)


@router.get("/{provider}/callback", dependencies=[PUBLIC], status_code=303, response_class=RedirectResponse)
@for_people
async def come_back(provider: str, request: Request, behind: Behind) -> Response:
    """Come back from the provider's page: a session for whom it names, if that is somebody of ours."""
    way, chosen = _chosen(request, provider)
    answer = dict(request.query_params)
    browser = cookies.read(request, behind.settings, cookies.FLOW) or ""
    cookies.take_back(request, behind.settings, cookies.FLOW)
    state = answer.get("state", "")
    flow = await behind.note(sign_in_flows.take, provider, state, browser, datetime.now(UTC))
    if flow is None:
        raise flow_over()
    found = await chosen.identify(flow, _back(behind, provider), answer)
    actor = await behind.ask(_person, provider, found)
    if actor is None:
        raise nobody_of_ours(provider, found.subject)
    await entering.come_in(request, behind, actor, way)
    return RedirectResponse("/", 303)


def _providers(request: Request) -> dict[Way, Provider]:
    """Those that are set up, by the words that stand in addresses."""
    found: dict[Way, Provider] = request.app.state.providers
    return found


def _chosen(request: Request, provider: str) -> tuple[Way, Provider]:
    found = _providers(request)
    if provider not in found:
        raise not_found()
    way = Way(provider)
    return way, found[way]


def _back(behind: Backend, provider: str) -> str:
    return f"{behind.settings.public_url}/api/session/{provider}/callback"


def _person(reads: Engine, provider: str, found: Identified) -> Actor | None:
    """Whom an administrator bound; else, where that is allowed, the one person with the verified address."""
    bound = person_behind(reads, provider, found.subject)
    return bound or (person_with_email(reads, provider, found.email) if found.email else None)
