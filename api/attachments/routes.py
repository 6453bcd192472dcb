"""Attachments: photos, signed forms and recordings that people bring to a ticket."""

from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.finding import find
from api.access.identity import Caller
from api.access.permissions import COMMAND_TICKETS, READ_TICKETS
from api.attachments.documents import AttachmentDocument
from api.attachments.receiving import receive
from api.attachments.requests import FILES, ID, file_name, media_type
from api.backend import Backend, Behind
from api.http.documents import Page
from api.http.openapi import asks
from api.http.pages import cursor_at, instant_and_name, next_page
from api.http.problems import not_found
from api.http.queries import Query, read_query
from runtime.blobs import Blobs
from store import attachments
from store.attachments import Spot, StoredFile

router = APIRouter(prefix="/api/tickets/{number}/attachments", tags=["attachments"])

_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'"}


@router.post(
    "", dependencies=[COMMAND_TICKETS], status_code=201, response_model=AttachmentDocument, openapi_extra=FILES
)
async def add_attachment(request: Request, number: str, actor: Caller, behind: Behind) -> JSONResponse:
    """Bring a file: its bytes are the body. Commands then refer to it by its id, in ``data.attachments``."""
    ticket = await find(behind, actor, number)
    type_ = media_type(request)
    name = file_name(request, type_)
    received = await receive(request, _blobs(behind), type_, behind.settings.upload_limit)
    file = StoredFile(received.sha256, received.size, type_, name)
    row = await run_in_threadpool(attachments.add, behind.database, actor, ticket.number, file, datetime.now(UTC))
    location = {"Location": f"/api/tickets/{ticket.number}/attachments/{row.id}"}
    return JSONResponse(AttachmentDocument.of(row, actor, ticket.assignee).model_dump(mode="json"), 201, location)


@router.get("", dependencies=[READ_TICKETS], response_model_exclude_unset=True, openapi_extra=asks(Query))
async def list_attachments(request: Request, number: str, actor: Caller, behind: Behind) -> Page[AttachmentDocument]:
    """The ticket's attachments that the caller may see, oldest first."""
    ticket = await find(behind, actor, number)
    asked = read_query(request, Query)
    after = Spot(*instant_and_name(asked.cursor)) if asked.cursor else None
    rows, last = await run_in_threadpool(
        attachments.page, behind.reads, actor, ticket.number, after=after, limit=asked.limit
    )
    following = next_page(request, cursor_at(last.uploaded_at, last.id)) if last else None
    return Page.of([AttachmentDocument.of(row, actor, ticket.assignee) for row in rows], following)


@router.get("/{upload}", dependencies=[READ_TICKETS], response_class=FileResponse)
async def read_attachment(number: str, upload: str, actor: Caller, behind: Behind) -> FileResponse:
    """The file, to be saved and not to be shown; its ETag is the SHA-256 of its bytes."""
    ticket = await find(behind, actor, number)
    possible = ID.fullmatch(upload) is not None
    row = await run_in_threadpool(attachments.one, behind.reads, actor, ticket.number, upload) if possible else None
    if row is None:
        raise not_found()
    headers = _HEADERS | {"ETag": f'"{row.sha256}"'}
    return FileResponse(_blobs(behind).path(row.sha256), headers=headers, media_type=row.media_type, filename=row.name)


def _blobs(behind: Backend) -> Blobs:
    return Blobs(behind.settings.uploads_folder)
