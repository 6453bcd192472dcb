"""Attachments: photos, signed forms and recordings that people bring to a ticket."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse
from starlette.requests import Request

from api.access.finding import TheTicket, find
from api.access.identity import Acts, Caller
from api.access.permissions import COMMAND_TICKETS, READ_TICKETS
from api.attachments.documents import AttachmentDocument
from api.attachments.receiving import receive
from api.attachments.requests import FILES, ID, file_name, full, media_type, over
from api.backend import Act, Backend, Behind
from api.http.documents import Page
from api.http.inputs import asks
from api.http.pages import instant_and_name, listing
from api.http.problems import existing, unavailable
from api.http.queries import Query
from domain.audience.visibility import sees_all
from domain.ticket.stages import Stage
from runtime.blobs import Blobs
from store import attachments
from store.attachments import FullError, LostError, Room, StoredFile
from store.models import AttachmentRow, TicketRow
from store.registry.names import names

router = APIRouter(prefix="/api/tickets/{number}/attachments", tags=["attachments"])

_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'"}


@router.post(
    "", dependencies=[COMMAND_TICKETS], status_code=201, response_model=AttachmentDocument, openapi_extra=FILES
)
async def add_attachment(request: Request, ticket: TheTicket, act: Acts) -> JSONResponse:
    """Bring a file: its bytes are the body. Commands then refer to it by its id, in ``data.attachments``.

    After the close ours alone bring any, as long as something is still owed: a report, a survey, a device to fetch.
    """
    type_ = media_type(request)
    name = file_name(request, type_)
    await _see_that_it_takes_any(act, ticket)
    room, stated = _room(act.behind), int(request.headers.get("content-length") or 0)
    actor, blobs = act.by.actor, _blobs(act.behind)
    try:
        await act.behind.ask(attachments.require_room, actor, ticket.number, stated, room)
        received = await receive(request, blobs, type_, act.behind.settings.upload_limit)
        file = StoredFile(received.sha256, received.size, type_, name, blobs.path(received.sha256))
        row = await _kept(act, ticket.number, file, room)
    except FullError:
        raise full() from None
    except LostError:
        raise unavailable() from None
    location = {"Location": f"/api/tickets/{ticket.number}/attachments/{row.id}"}
    called = await act.behind.ask(names, [row.uploaded_by])
    document = AttachmentDocument.of(row, actor, ticket.assignee, called)
    return JSONResponse(document.model_dump(mode="json"), 201, location)


async def _kept(act: Act, number: str, file: StoredFile, room: Room) -> AttachmentRow:
    """The row of a file; of one that nobody may bring any more by now nothing stays."""
    try:
        await _see_that_it_takes_any(act, await find(act.behind, act.by.actor, number))
        return await act.add(attachments.add, act.by.actor, number, file, room, datetime.now(UTC))
    except Exception:
        await act.behind.note(attachments.forget, file)
        raise


def _room(behind: Backend) -> Room:
    return Room(behind.settings.ticket_files, behind.settings.ticket_bytes)


async def _see_that_it_takes_any(act: Act, ticket: TicketRow) -> None:
    """409 where the ticket is closed and nothing more comes of it, or not for the caller."""
    if ticket.stage is not Stage.CLOSED:
        return
    if not (sees_all(act.by.actor) and await act.behind.tickets.is_looked_after(ticket.number)):
        raise over()


@router.get("", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def list_attachments(
    request: Request, ticket: TheTicket, actor: Caller, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[AttachmentDocument]:
    """The ticket's attachments that the caller may see, oldest first."""
    found = await behind.ask(attachments.page, actor, ticket.number, asked.window(instant_and_name))
    called = await behind.ask(names, [row.uploaded_by for row in found.items])
    return listing(request, found, lambda row: AttachmentDocument.of(row, actor, ticket.assignee, called))


@router.get("/{upload}", dependencies=[READ_TICKETS], response_class=FileResponse)
async def read_attachment(ticket: TheTicket, upload: str, actor: Caller, behind: Behind) -> FileResponse:
    """The file, to be saved and not to be shown; its ETag is the SHA-256 of its bytes."""
    possible = ID.fullmatch(upload) is not None
    row = existing(await behind.ask(attachments.one, actor, ticket.number, upload) if possible else None)
    headers = _HEADERS | {"ETag": f'"{row.sha256}"'}
    return FileResponse(_blobs(behind).path(row.sha256), headers=headers, media_type=row.media_type, filename=row.name)


def _blobs(behind: Backend) -> Blobs:
    return Blobs(behind.settings.uploads_folder)
