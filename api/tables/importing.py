"""Importing: the body of a request is a table, as CSV or as an Excel file."""

from typing import Annotated, Any, Protocol

from pydantic import Field
from sqlalchemy import Engine
from starlette.requests import Request

from api.backend import Act
from api.http.body import read_limited
from api.http.documents import Document
from api.http.inputs import asks
from api.http.problems import FieldError, invalid, wrong_field
from api.http.queries import Question
from domain.words.label import Label
from store.imports import Form, TableError, form_of

LIMIT = 2**20
#: So many faults are told; a file with more has one cause.
_MOST_FAULTS = 500

#: What Windows calls both a CSV file and a workbook.
_OF_WINDOWS = "application/vnd.ms-excel"


class Import(Protocol):
    """What brings a table in, whole or not at all."""

    def __call__(self, engine: Engine, data: bytes, form: Form, *, check: bool) -> int:
        """How many rows; with ``check`` nothing is kept."""
        ...


class ImportQuery(Question):
    """What can be asked of an import. ``check``: only look; what is wrong is told, and nothing is brought in."""

    check: bool = Field(default=False, strict=False)


class ImportedDocument(Document):
    """How many rows of a file were looked at, and how many brought in: all, or none where it was only checked."""

    checked: int
    imported: int


#: What a request asks of an import.
Importing = Annotated[ImportQuery, asks(ImportQuery)]


async def bring_in(request: Request, act: Act, table: Import, asked: ImportQuery) -> ImportedDocument:
    """How many rows were brought in, or would be; a Problem that names every wrong cell otherwise, and none was."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {*Form, _OF_WINDOWS}:
        raise wrong_field("Content-Type", Label("须为 {forms}", "must be one of {forms}").filled(forms=", ".join(Form)))
    data = await read_limited(request, LIMIT)
    form = form_of(data) if media_type == _OF_WINDOWS else Form(media_type)
    try:
        rows = await act.change(table, data, form, check=asked.check)
    except TableError as wrong:
        faults = wrong.faults[:_MOST_FAULTS]
        raise invalid(*(FieldError(fault.field, fault.message) for fault in faults)) from None
    return ImportedDocument(checked=rows, imported=0 if asked.check else rows)


def described_tables() -> dict[str, Any]:
    """What the OpenAPI document says of such a body."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    return {"requestBody": {"required": True, "content": {form.value: binary for form in Form}}}
