"""Pages: a list as a document, and cursors that cannot be mistaken for anything else."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from api.http.documents import CountedPage, Document, Page
from api.http.problems import Problem, wrong_field
from domain.words.label import Label
from store.paging import Found, Place

Row = TypeVar("Row")
Line = TypeVar("Line", bound=Document)

#: Postgres has no such integer.
_TOO_LARGE = 2**31


def listing(request: Request, found: Found[Row], line: Callable[[Row], Line]) -> Page[Line]:
    """A page of a list, with the address of the next one."""
    following = _next_page(request, found.last) if found.last is not None else None
    return Page.of([line(row) for row in found.items], following)


def counted(
    request: Request, found: Found[Row], line: Callable[[Row], Line], total: int | None, *, up_to: int
) -> CountedPage[Line]:
    """The same, with how many there are in all, which were counted up to a number; None: nobody has counted."""
    page = listing(request, found, line)
    told = {"next": page.next} if page.next is not None else {}
    if total is None:
        return CountedPage(items=page.items, **told)
    return CountedPage(items=page.items, total=min(total, up_to), exact=total <= up_to, **told)


def _next_page(request: Request, last: Place) -> str:
    """Path and query of the page that begins behind the place, filtered and sorted as this one."""
    pairs = parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name != "cursor"]
    return f"{request.url.path}?{urlencode([*kept, ('cursor', _cursor_at(last))])}"


def _cursor_at(place: Place) -> str:
    values = [part.isoformat() if isinstance(part, datetime) else part for part in place]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def instant_and_name(cursor: str) -> Place:
    """The place in a list that is sorted by an instant; a Problem for any other cursor."""
    place = perhaps_instant_and_name(cursor)
    if place[0] is None:
        raise _unknown()
    return place


def perhaps_instant_and_name(cursor: str) -> Place:
    """The same, of a list that ends with what has no such instant."""
    instant, name = _parts(cursor, (str, type(None)), (str,))
    try:
        return instant and _instant(instant), name
    except (ValueError, OverflowError):
        raise _unknown() from None


def _instant(text: str) -> datetime:
    """In UTC: Postgres knows no offset of 16 hours and more."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("a cursor's instant has an offset")
    return instant.astimezone(UTC)


def number_and_instant_and_name(cursor: str) -> Place:
    """The place in a list that is sorted by a number, then by an instant, where there are such."""
    number, instant, name = _parts(cursor, (int, type(None)), (str, type(None)), (str,))
    if number is not None and not 0 <= number < _TOO_LARGE:
        raise _unknown()
    try:
        return number, instant and _instant(instant), name
    except (ValueError, OverflowError):
        raise _unknown() from None


def name(cursor: str) -> Place:
    """The place in a list that is sorted by id; a Problem for any other cursor."""
    return tuple(_parts(cursor, (str,)))


def sequence(cursor: str) -> Place:
    """The place in a timeline; a Problem for any other cursor."""
    (seq,) = _parts(cursor, (int,))
    if not 0 <= seq < _TOO_LARGE:
        raise _unknown()
    return (seq,)


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
