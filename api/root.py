"""At the root: what operators and other programs ask."""

from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from api import openapi
from api.access.permissions import PUBLIC
from api.backend import Behind
from api.http.middleware import BEAT_AGE, REGISTRY, SET_ASIDE, SILENT, STANDSTILLS, UNHEARD
from domain.audience.watch import Trouble
from store.migrate import is_current
from store.registry import people
from store.watch.findings import Health, health

router = APIRouter(include_in_schema=False)


@router.get("/healthz", dependencies=[PUBLIC])
async def healthy() -> dict[str, str]:
    """This process answers."""
    return {"status": "ok"}


@router.get("/readyz", dependencies=[PUBLIC])
async def ready(behind: Behind) -> JSONResponse:
    """A ticket can be opened now: the tables are of this version, people exist, Temporal answers.

    ``status``: ``ready``, ``degraded`` where there are ``warnings``, or ``not_ready``, which alone is no 200. Warnings:
    an alarm would reach, or has reached, nobody; the watchdog finds something that stands still; a part is silent.
    """
    checks = {
        "database": await behind.ask(_database_is_ready),
        "temporal": await behind.tickets.answers(),
    }
    warned = await behind.ask(_warned) if checks["database"] else {}
    told = {"warnings": [name for name, stands in warned.items() if stands], **{n: warned.get(n) for n in _TOLD}}
    if not all(checks.values()):
        return JSONResponse({"status": "not_ready", **checks, **told}, 503)
    return JSONResponse({"status": "degraded" if told["warnings"] else "ready", **checks, **told})


#: Of these warnings more is told: how many of each kind, and the parts by name.
_TOLD = ("standing_still", "silent")


def _warned(reads: Engine) -> dict[str, Any]:
    """What stands of each warning."""
    try:
        now = health(reads)
        return {
            "nobody_to_tell": not people.somebody_answers(reads),
            "unheard_alarms": people.unheard(reads) > 0,
            "standing_still": now.findings,
            "silent": now.silent,
        }
    except SQLAlchemyError:
        return {}


def _database_is_ready(reads: Engine) -> bool:
    try:
        return is_current(reads) and people.headcount(reads) > 0
    except SQLAlchemyError:
        return False


@router.get("/metrics", dependencies=[PUBLIC])
async def metrics(behind: Behind) -> Response:
    """Counts and times of requests, alarms that reached nobody, and what stands still, for Prometheus.

    They name routes, never people or tickets. Where the database does not answer the last count stands.
    """
    with suppress(SQLAlchemyError):
        UNHEARD.set(await behind.ask(people.unheard))
        _measure(await behind.ask(health))
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)


def _measure(now: Health) -> None:
    for trouble in Trouble:
        STANDSTILLS.labels(trouble).set(now.findings.get(trouble, 0))
    for part, (age, _) in now.heard.items():
        BEAT_AGE.labels(part).set(age)
    SET_ASIDE.set(now.set_aside)
    SILENT.set(len(now.silent))


@router.get("/openapi.json", dependencies=[PUBLIC])
async def interface(request: Request) -> JSONResponse:
    """All of this as an OpenAPI document."""
    return JSONResponse(openapi.document(request.app))
