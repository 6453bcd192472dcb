"""Paging: which rows of a list make a page, and where the next one goes on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Engine, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

Item = TypeVar("Item")
Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])

#: Where a row stands in its list: the values that the list is sorted by.
Place = tuple[datetime | str | int | None, ...]

_LARGEST = 1_000


@dataclass(frozen=True, slots=True)
class Window:
    """So many rows of a list, behind the one at this place; None: from the first on."""

    limit: int = _LARGEST
    after: Place | None = None

    @property
    def fetched(self) -> int:
        """One more than the page holds: it shows that another page follows."""
        return self.limit + 1


class Found(NamedTuple, Generic[Item]):
    """A page. ``last``: the place of its last row if another page follows."""

    items: Sequence[Item]
    last: Place | None


def windowed(
    statement: Statement, window: Window, *order: InstrumentedAttribute[Any], falling: bool = False
) -> Statement:
    """The statement, sorted by columns that know no null, with the rows that its page is made of."""
    if window.after is not None:
        row, last = tuple_(*order), tuple_(*window.after)
        statement = statement.where(row < last if falling else row > last)
    return statement.order_by(*(column.desc() if falling else column for column in order)).limit(window.fetched)


def page_of(rows: Sequence[Item], window: Window, place: Callable[[Item], Place]) -> Found[Item]:
    """Of the rows that were fetched those that the page holds."""
    if len(rows) <= window.limit:
        return Found(rows, None)
    return Found(rows[: window.limit], place(rows[window.limit - 1]))


def records(
    engine: Engine,
    record: Callable[..., Item],
    statement: Select[*tuple[Any, ...]],
    window: Window,
    *order: InstrumentedAttribute[Any],
    falling: bool = False,
) -> Found[Item]:
    """A page of the statement's rows, each as a record that has its columns for fields."""
    with engine.connect() as connection:
        rows = connection.execute(windowed(statement, window, *order, falling=falling)).mappings()
        found = [record(**row) for row in rows]
    return page_of(found, window, lambda one: tuple(getattr(one, column.key) for column in order))


def every(page: Callable[[Window], Found[Item]]) -> Iterator[Item]:
    """All rows of a list, page by page."""
    window: Window | None = Window()
    while window is not None:
        found, last = page(window)
        yield from found
        window = Window(after=last) if last is not None else None
