"""Evidence of a ticket: the signed file, and the verdict on it, as `zhishou audit` makes them."""

import asyncio

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.access.finding import TheTicket
from api.access.permissions import READ_EVIDENCE
from api.backend import Backend, Behind
from api.evidence.documents import VerdictDocument
from api.http.problems import Problem, archive_elsewhere
from domain.words.label import Label
from evidence.faults import EvidenceError
from evidence.verifying import Verified
from gateway.exporting import export
from gateway.verdict.judging import Part, judged
from runtime.archive import is_in_reach

router = APIRouter(prefix="/api/tickets/{number}", tags=["evidence"])

_ELSEWHERE = Label(
    "归档及其密钥不在本服务可读的位置。请在归档所在的机器上运行 zhishou audit export 和 zhishou audit replay",
    "The archive and its keys lie where this service cannot read them: run `zhishou audit export` and "
    "`zhishou audit replay` where they are",
)


@router.get(
    "/evidence",
    dependencies=[READ_EVIDENCE],
    response_class=Response,
    responses={200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def read_evidence(ticket: TheTicket, behind: Behind) -> Response:
    """All that is known of the ticket in one signed file. `zhishou audit verify` checks it without a server."""
    try:
        data, _ = await _exported(behind, ticket.number)
    except EvidenceError as fault:
        raise _does_not_hold(fault) from None
    headers = {"Content-Disposition": f'attachment; filename="{ticket.number}.zip"'}
    return Response(data, media_type="application/zip", headers=headers)


@router.get("/verdict", dependencies=[READ_EVIDENCE])
async def read_verdict(ticket: TheTicket, behind: Behind) -> VerdictDocument:
    """Whether the ticket's evidence holds as it stands now, part by part."""
    try:
        _, told = await _exported(behind, ticket.number)
    except EvidenceError as fault:
        return VerdictDocument.of({Part.PROOF: fault})
    async with behind.heavy:
        return VerdictDocument.of(await run_in_threadpool(_judged, told), told)


async def _exported(behind: Backend, number: str) -> tuple[bytes, Verified]:
    """The bundle, and what it proves; 409 where the archive is not in reach."""
    if not is_in_reach(behind.settings):
        raise archive_elsewhere(_ELSEWHERE)
    async with behind.heavy:
        return await export(behind.settings, behind.reads, number, behind.tickets.client)


def _judged(told: Verified) -> dict[Part, EvidenceError | None]:
    """On a loop of its own: a replay takes long, and others are answered meanwhile."""
    return asyncio.run(judged(told))


def _does_not_hold(fault: EvidenceError) -> Problem:
    title = Label("证据不成立", "The evidence does not hold")
    said = Label("{place}：{why}", "{place}: {why}").filled(place=fault.place, why=fault.label)
    return Problem(409, "evidence-does-not-hold", title, said)
