"""The application: routes, errors, and what stands behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import console, root
from api.access.permissions import require_declared
from api.approval import routes as approval
from api.attachments import routes as attachments
from api.backend import Backend
from api.channel_rules import routes as channel_rules
from api.chat import routes as chat
from api.chat.doors import Doors
from api.commands import routes as commands
from api.customers import deputies
from api.customers import routes as customers
from api.customers.telling import telling
from api.desk import routes as desk
from api.evidence import routes as evidence
from api.http import errors
from api.http.bounds import BoundedBody, BoundedQuery
from api.http.compression import Compressed
from api.http.console import Console
from api.http.cookies import PlainCookies
from api.http.hosts import Hosts
from api.http.middleware import RequestLog
from api.inbox import routes as inbox
from api.mail import routes as mail
from api.packs import routes as packs
from api.people import routes as people
from api.people.leaving import looking_after_who_left
from api.phrases import routes as phrases
from api.registry import routes as registry
from api.roster import routes as roster
from api.sign_in import administration, confirmations, provider_routes, sessions, tokens
from api.sign_in import routes as sign_in
from api.sign_in.providers import providers_of
from api.statistics import routes as statistics
from api.telephone import routes as telephone
from api.telephone.clocks import seeing_that_calls_are_returned
from api.tickets import events, export, history, presence
from api.tickets import routes as tickets
from api.views import routes as views
from api.wall import routes as wall
from api.what_if import routes as what_if
from runtime.console_build import built
from runtime.settings import Settings
from runtime.words import listed

#: In the order in which the interface's description lists them.
FEATURES = (
    console,
    root,
    provider_routes,
    sign_in,
    sessions,
    tokens,
    administration,
    confirmations,
    # Before an address that takes any word for a number.
    export,
    tickets,
    history,
    commands,
    inbox,
    views,
    events,
    approval,
    attachments,
    evidence,
    what_if,
    people,
    phrases,
    presence,
    customers,
    deputies,
    desk,
    telephone,
    mail,
    chat,
    roster,
    channel_rules,
    statistics,
    wall,
    packs,
    registry,
)
DESCRIPTION = "After-sales promises kept by durable timers. 售后承诺，到点不漏。"


@asynccontextmanager
async def sweeping(behind: Backend) -> AsyncIterator[None]:
    """What is done again and again beside the requests."""
    async with telling(behind), looking_after_who_left(behind), seeing_that_calls_are_returned(behind):
        yield


def create_app(settings: Settings) -> FastAPI:
    """The application, which connects when it starts; refused where a route does not say who may call it."""
    behind = Backend.of(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with behind.running(), sweeping(behind):
            yield

    app = FastAPI(
        title="值守 Zhishou",
        version=version("zhishou"),
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        redirect_slashes=False,
        # As they are: a router that is included makes each of them anew, and asks all of them again at every request.
        routes=[route for feature in FEATURES for route in feature.router.routes],
    )
    app.state.backend, app.state.providers, app.state.chats = behind, providers_of(settings), Doors.of(settings)
    app.state.console = Console.of(built(settings.console))
    errors.install(app)
    app.add_middleware(Compressed)
    app.add_middleware(Hosts, settings=settings)
    for bounds in (BoundedBody, BoundedQuery, PlainCookies, RequestLog):
        app.add_middleware(bounds)
    if proxies := listed(settings.trusted_proxies):
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=proxies)
    require_declared(app)
    return app
