"""Pages: cursors that cannot be mistaken for anything else, and the address of the next page."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from api.http.problems import Problem, wrong_field
from domain.words.label import Label


def next_page(request: Request, cursor: str) -> str:
    """Path and query of the page that begins at the cursor, filtered and sorted as this one."""
    pairs = parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"


def cursor_at(*parts: str | int | datetime | None) -> str:
    """The place of the last row of a page."""
    values = [part.isoformat() if isinstance(part, datetime) else part for part in parts]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def instant_and_name(cursor: str) -> tuple[datetime, str]:
    """A cursor of a list that is sorted by an instant; a Problem for anything else."""
    instant, name = perhaps_instant_and_name(cursor)
    if instant is None:
        raise _unknown()
    return instant, name


def perhaps_instant_and_name(cursor: str) -> tuple[datetime | None, str]:
    """The same, of a list that ends with what has no such instant."""
    instant, name = _parts(cursor, (str, type(None)), (str,))
    try:
        return instant and datetime.fromisoformat(instant), name
    except ValueError:
        raise _unknown() from None


def name(cursor: str) -> str:
    """A cursor of a list that is sorted by id; a Problem for anything else."""
    (id_,) = _parts(cursor, (str,))
    return str(id_)


def sequence(cursor: str) -> int:
    """A cursor of a timeline; a Problem for anything else."""
    (seq,) = _parts(cursor, (int,))
    if not 0 <= seq < 2**31:
        raise _unknown()
    return int(seq)


def _parts(cursor: str, *types: tuple[type, ...]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise _unknown() from None
    fits = isinstance(values, list) and len(values) == len(types)
    if not fits or not all(type(value) in type_ for value, type_ in zip(values, types, strict=True)):
        raise _unknown()
    if any(isinstance(value, str) and ("\x00" in value or not value.isascii()) for value in values):
        raise _unknown()
    return list(values)


def _unknown() -> Problem:
    return wrong_field("cursor", Label("不是本列表给出的游标", "is no cursor that this list gave"))
