"""The application: routes, errors, and what stands behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI

from api.backend import Backend
from api.http import errors
from api.http.watch import Watch
from api.permissions import require_declared
from api.routes import (
    access,
    commands,
    customers,
    events,
    history,
    inbox,
    links,
    people,
    providers,
    root,
    roster,
    session,
    sessions,
    tickets,
    tokens,
    uploads,
)
from runtime.settings import Settings

DESCRIPTION = "After-sales promises kept by durable timers. 售后承诺，到点不漏。"


def create_app(settings: Settings) -> FastAPI:
    """The application, which connects when it starts; refused where a route does not say who may call it."""
    behind = Backend.of(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with behind.running():
            yield

    app = FastAPI(
        title="值守 Zhishou",
        version=version("zhishou"),
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.backend = behind
    for routes in (
        root,
        providers,
        session,
        sessions,
        tokens,
        access,
        tickets,
        history,
        commands,
        inbox,
        events,
        links,
        uploads,
        people,
        customers,
        roster,
    ):
        app.include_router(routes.router)
    errors.install(app)
    app.add_middleware(Watch)
    require_declared(app)
    return app
