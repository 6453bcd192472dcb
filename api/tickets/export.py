"""The list of tickets as a sheet: exactly what the list holds, in the reader's language."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Annotated

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field
from sqlalchemy import Engine
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.access.identity import Caller
from api.access.permissions import EXPORT_TICKETS
from api.backend import Behind
from api.http.fields import OneOf
from api.http.inputs import asks
from api.http.language import language_of
from api.http.problems import invalid
from api.http.queries import Question
from api.tickets.queries import TicketFilters, asked_by
from api.tickets.sheets import COLUMNS, Form, Sheet
from domain.contract.calendars import CHINA
from domain.people.actors import Actor
from domain.words.label import Label
from store.models import TicketRow
from store.paging import Window
from store.queries import tickets
from store.queries.filters import Wanted
from store.queries.tickets import Order
from store.registry.names import Names, names

#: So many tickets a sheet may have.
MOST = 20_000
_PIECE = 64 * 1024
_TOO_MANY = Label(
    f"符合条件的工单超过 {MOST} 张，请按受理日期等条件缩小范围，分次导出",
    f"More than {MOST} tickets are wanted; narrow them, by the days on which they came, say, and export in parts",
)

router = APIRouter(prefix="/api/tickets/export", tags=["tickets"])


class ExportQuery(TicketFilters, Question):
    """What `GET /tickets/export` can be asked for: filters and order of the list. ``columns``: in this order."""

    columns: tuple[Annotated[str, OneOf(COLUMNS)], ...] = Field(default=(), strict=False, max_length=len(COLUMNS))
    format: Annotated[str, OneOf(Form)] = Form.CSV.value


@router.get("", dependencies=[EXPORT_TICKETS], response_class=StreamingResponse)
async def export_tickets(
    request: Request, actor: Caller, behind: Behind, asked: Annotated[ExportQuery, asks(ExportQuery)]
) -> StreamingResponse:
    """The tickets that exist for the caller as a sheet, to be saved: CSV for spreadsheets, or a workbook."""
    asked_by(actor, asked)
    now, form = datetime.now(UTC), Form(asked.format)
    wanted = asked.wanted(actor, now)
    (found,) = await behind.ask(tickets.how_many, actor, wanted, up_to=MOST)
    if found > MOST:
        raise invalid(detail=_TOO_MANY)
    sheet = Sheet(asked.columns, language_of(request))
    async with behind.heavy:
        rows = _rows(behind.reads, actor, wanted, Order(asked.sort))
        file = await run_in_threadpool(sheet.written, form, rows)
    name = f"tickets-{now.astimezone(CHINA):%Y%m%d-%H%M}.{form.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    closing = BackgroundTask(file.close)
    return StreamingResponse(_pieces(file), media_type=form.media_type, headers=headers, background=closing)


def _rows(reads: Engine, actor: Actor, wanted: Wanted, order: Order) -> Iterator[tuple[TicketRow, Names]]:
    """Page by page; what comes in between does not make it longer than a sheet may be."""
    window: Window | None = Window()
    left = MOST
    while window is not None:
        found = tickets.page(reads, actor, wanted, order, window)
        called = names(reads, [row.assignee for row in found.items])
        for row in found.items[:left]:
            yield row, called
        left -= len(found.items)
        window = Window(after=found.last) if found.last is not None and left > 0 else None


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
