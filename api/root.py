"""At the root: the page, and what operators and other programs ask."""

from contextlib import suppress
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from api import openapi
from api.access.permissions import PUBLIC
from api.backend import Behind
from api.http.middleware import REGISTRY, UNHEARD
from store.migrate import is_current
from store.registry import people

_PAGE = (Path(__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

router = APIRouter(include_in_schema=False)


@router.get("/", dependencies=[PUBLIC])
async def page() -> HTMLResponse:
    """What people see first."""
    return HTMLResponse(_PAGE, headers={"Content-Security-Policy": _POLICY})


@router.get("/healthz", dependencies=[PUBLIC])
async def healthy() -> dict[str, str]:
    """This process answers."""
    return {"status": "ok"}


@router.get("/readyz", dependencies=[PUBLIC])
async def ready(behind: Behind) -> JSONResponse:
    """A ticket can be opened now: the tables are of this version, people exist, Temporal answers.

    ``warnings``: an alarm would reach, or has reached, nobody.
    """
    checks = {
        "database": await behind.ask(_database_is_ready),
        "temporal": await behind.tickets.answers(),
    }
    warnings = await behind.ask(_unheard) if checks["database"] else []
    return JSONResponse({**checks, "warnings": warnings}, 200 if all(checks.values()) else 503)


def _unheard(reads: Engine) -> list[str]:
    try:
        found = {"nobody_to_tell": not people.somebody_answers(reads), "unheard_alarms": people.unheard(reads) > 0}
    except SQLAlchemyError:
        return []
    return [name for name, stands in found.items() if stands]


def _database_is_ready(reads: Engine) -> bool:
    try:
        return is_current(reads) and people.headcount(reads) > 0
    except SQLAlchemyError:
        return False


@router.get("/metrics", dependencies=[PUBLIC])
async def metrics(behind: Behind) -> Response:
    """Counts and times of requests, and alarms that reached nobody, for Prometheus.

    They name routes, never people or tickets. Where the database does not answer the last count stands.
    """
    with suppress(SQLAlchemyError):
        UNHEARD.set(await behind.ask(people.unheard))
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


@router.get("/openapi.json", dependencies=[PUBLIC])
async def interface(request: Request) -> JSONResponse:
    """All of this as an OpenAPI document."""
    return JSONResponse(openapi.document(request.app))
