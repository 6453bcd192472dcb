"""Attachments: photos, signed forms and recordings that people bring to a ticket."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, JSONResponse
from starlette.requests import Request
from starlette.responses import Response

from api.access.finding import TheTicket, find
from api.access.identity import Acts, Caller
from api.access.permissions import COMMAND_TICKETS, READ_TICKETS
from api.attachments.documents import AttachmentDocument
from api.attachments.media import SHOWN
from api.attachments.receiving import Receiver, receive
from api.attachments.requests import FILES, ID, FileQuery, erased, file_name, full, media_type, over
from api.attachments.serving import SANDBOX
from api.backend import Act, Backend, Behind
from api.http.documents import Page
from api.http.hashes import hash_of_key
from api.http.inputs import asks
from api.http.keys import another_request, perhaps_key
from api.http.pages import instant_and_name, listing
from api.http.problems import existing, unavailable
from api.http.queries import Query
from domain.audience.visibility import sees_all
from domain.ticket.stages import Stage
from runtime.blobs import Blobs
from store import attachments
from store.attachments import AnotherError, FullError, LostError, Room, StoredFile
from store.erasing import erased_files
from store.models import AttachmentRow, TicketRow
from store.registry.names import names

router = APIRouter(prefix="/api/tickets/{number}/attachments", tags=["attachments"])

_HEADERS = {
    "Content-Security-Policy": SANDBOX,
    "Cache-Control": "private, max-age=31536000, immutable",
    # Kept for whoever was let in with the same session: the next person at this browser has another.
    "Vary": "Cookie, Authorization",
}


@router.post(
    "", dependencies=[COMMAND_TICKETS], status_code=201, response_model=AttachmentDocument, openapi_extra=FILES
)
async def add_attachment(
    request: Request, ticket: TheTicket, act: Acts, key: Annotated[str | None, Depends(perhaps_key)]
) -> JSONResponse:
    """Bring a file: its bytes are the body. Commands then refer to it by its id, in ``data.attachments``.

    The same file under the same `Idempotency-Key` again: 200 and the same attachment, also when the ticket has been
    closed since. After the close ours alone bring any, as long as something is still owed: a report, a survey, a
    device to fetch.
    """
    row, is_new = await _brought(request, ticket, act, hash_of_key(act.by.actor.id, key) if key else None)
    location = {"Location": f"/api/tickets/{ticket.number}/attachments/{row.id}"}
    called = await act.behind.ask(names, [row.uploaded_by])
    document = AttachmentDocument.of(row, act.by.actor, ticket.assignee, called)
    return JSONResponse(document.model_dump(mode="json", exclude_unset=True), 201 if is_new else 200, location)


async def _brought(request: Request, ticket: TicketRow, act: Act, key_hash: str | None) -> tuple[AttachmentRow, bool]:
    """The row of the request's file, and whether it is new; a Problem where the ticket does not take it."""
    type_ = media_type(request)
    name = file_name(request, type_)
    actor, blobs, room = act.by.actor, _blobs(act.behind), _room(act.behind)
    is_known = key_hash is not None and await act.behind.ask(attachments.brought_under, key_hash) is not None
    try:
        if not is_known:
            await _see_that_it_takes_any(act, ticket)
            stated = int(request.headers.get("content-length") or 0)
            await act.behind.ask(attachments.require_room, actor, ticket.number, stated, room)
        to = Receiver(blobs, act.behind.settings.upload_limit, act.behind.looking)
        received = await receive(request, to, type_)
        path = blobs.path(received.sha256)
        file = StoredFile(received.sha256, received.size, type_, name, path, key_hash)
        return await _kept(act, ticket.number, file, room, is_known=is_known)
    except FullError:
        raise full() from None
    except AnotherError:
        raise another_request() from None
    except LostError:
        raise unavailable() from None


async def _kept(act: Act, number: str, file: StoredFile, room: Room, *, is_known: bool) -> tuple[AttachmentRow, bool]:
    """The row of a file, and whether it is new; of one that nobody may bring any more by now nothing stays."""
    try:
        found = await find(act.behind, act.by.actor, number)
        if not is_known:
            await _see_that_it_takes_any(act, found)
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
    ids = [row.id for row in found.items]
    theirs = await _the_customers(behind, ticket, ids) if sees_all(actor) else None
    gone = await behind.ask(erased_files, ids)
    return listing(request, found, lambda row: AttachmentDocument.of(row, actor, ticket.assignee, called, theirs, gone))


async def _the_customers(behind: Backend, ticket: TicketRow, ids: list[str]) -> set[str]:
    return await behind.ask(attachments.seen_by_customer, ticket.number, ticket.customer_id, ids)


@router.get("/{upload}", dependencies=[READ_TICKETS], response_class=FileResponse)
async def read_attachment(
    request: Request,
    ticket: TheTicket,
    upload: str,
    actor: Caller,
    behind: Behind,
    asked: Annotated[FileQuery, asks(FileQuery)],
) -> Response:
    """The file, to be saved; with `show`, a picture that browsers know to be shown, without anything that runs.

    Its ETag is the SHA-256 of its bytes, which never change: whoever has them may keep them.
    """
    possible = ID.fullmatch(upload) is not None
    row = existing(await behind.ask(attachments.one, actor, ticket.number, upload) if possible else None)
    if await behind.ask(erased_files, [row.id]):
        raise erased()
    headers = _HEADERS | {"ETag": f'"{row.sha256}"'}
    if headers["ETag"] in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    how = "inline" if asked.show and row.media_type in SHOWN else "attachment"
    return FileResponse(
        _blobs(behind).path(row.sha256),
        headers=headers,
        media_type=row.media_type,
        filename=row.name,
        content_disposition_type=how,
    )


def _blobs(behind: Backend) -> Blobs:
    return Blobs(behind.settings.uploads_folder)
