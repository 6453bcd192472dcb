"""What if: the same facts under another contract, or an edited pack, as `zhishou whatif` has it."""

import asyncio
from functools import partial
from typing import Annotated

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from api.access.finding import number_in
from api.access.permissions import READ_EVIDENCE
from api.backend import Backend, Behind
from api.http.inputs import takes
from api.http.problems import archive_elsewhere, wrong_field
from api.what_if.documents import WhatIfDocument
from api.what_if.requests import AskWhatIf
from domain.what_if.comparing import Comparison
from domain.words.label import Label
from gateway.what_if.asking import LeftOut, what_if
from gateway.what_if.reading import in_archive
from gateway.what_if.supposing import Edited, NotSupposedError, supposed
from runtime.archive import Archive, is_in_reach
from store.registry.contracts import contract_by_id

router = APIRouter(prefix="/api", tags=["what-if"])

_ELSEWHERE = Label(
    "归档不在本服务可读的位置。请在归档所在的机器上运行 zhishou whatif",
    "The archive lies where this service cannot read it: run `zhishou whatif` where it is",
)


@router.post("/what-if", dependencies=[READ_EVIDENCE])
async def ask_what_if(behind: Behind, asked: Annotated[AskWhatIf, takes(AskWhatIf)]) -> WhatIfDocument:
    """Which promises of tickets in the archive would have been met or breached under other terms. Touches nothing."""
    if not is_in_reach(behind.settings):
        raise archive_elsewhere(_ELSEWHERE)
    async with behind.supposing:
        found = await run_in_threadpool(_found, behind, asked)
    return WhatIfDocument.of(found)


def _found(behind: Backend, asked: AskWhatIf) -> list[Comparison | LeftOut]:
    """In a thread of its own: each ticket is replayed, and others are answered meanwhile."""
    edited = Edited(asked.edited.encode(), f"{asked.contract}.toml") if asked.edited else None
    contract = partial(contract_by_id, behind.reads)
    try:
        terms = supposed(asked.contract, contract, edited=edited, levels=asked.levels)
    except NotSupposedError as wrong:
        raise wrong_field(wrong.field, Label(str(wrong), str(wrong))) from None
    archive = Archive.of(behind.settings)
    archive.follow()
    numbers = [number_in(each) or each for each in asked.numbers]
    found = (asyncio.run(what_if(each, partial(in_archive, archive, each), terms)) for each in numbers)
    return [each for each in found if each is not None]
