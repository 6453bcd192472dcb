"""Contract packs: listed, read whole, what lint finds in them; and when promises would be due."""

from functools import cache
from typing import Annotated

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from api.access.permissions import LIST_PACKS, READ_PACKS, WORK_OUT
from api.backend import Behind
from api.http.documents import Page
from api.http.inputs import takes
from api.http.problems import not_found
from api.packs.documents import FindingDocument, FindingsDocument, PackDocument, PackLine
from api.packs.promise_documents import PromisesDocument
from api.packs.requests import WorkOut
from api.packs.working_out import work_out
from policies import Pack, load_pack, pack_ids
from policies.lint import lint

router = APIRouter(prefix="/api", tags=["packs"])


@router.get("/packs", dependencies=[LIST_PACKS], response_model_exclude_unset=True)
async def list_packs(behind: Behind) -> Page[PackLine]:
    """The contract packs, with their levels and the numbers that customers call."""
    packs = await run_in_threadpool(lambda: [load_pack(id_) for id_ in pack_ids()])
    return Page(items=[PackLine.of(pack, behind.settings.hotline) for pack in packs])


@router.get("/packs/{pack}", dependencies=[READ_PACKS])
async def read_pack(pack: str, behind: Behind) -> PackDocument:
    """A contract pack: its clauses as the document has them, its hours and its process."""
    return PackDocument.of(await run_in_threadpool(_pack, pack), behind.settings.hotline)


@router.get("/packs/{pack}/findings", dependencies=[READ_PACKS])
async def list_findings(pack: str) -> FindingsDocument:
    """Every conflict between its clauses, and every value that the customer did not give us."""
    return await run_in_threadpool(_findings, (await run_in_threadpool(_pack, pack)).id)


@router.post("/promises", dependencies=[WORK_OUT])
async def work_out_promises(behind: Behind, asked: Annotated[WorkOut, takes(WorkOut)]) -> PromisesDocument:
    """What a contract would promise in a case, when each is due and why. Records nothing."""
    return await behind.ask(work_out, asked)


def _pack(id_: str) -> Pack:
    if id_ not in pack_ids():
        raise not_found()
    return load_pack(id_)


@cache
def _findings(id_: str) -> FindingsDocument:
    """Found once: every combination of levels and facts is gone through."""
    return FindingsDocument(items=[FindingDocument.of(one) for one in lint(load_pack(id_))])
