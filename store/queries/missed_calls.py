"""Calls that nobody took: the newest first, whose number each was, and who was told of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from store.models import NotificationRow, PersonRow, PhoneCallRow
from store.paging import Found, Window, page_of, windowed

_OF_CALL = NotificationRow.data["phone_call"].astext


@dataclass(frozen=True, slots=True)
class ToldOfCall:
    """Somebody who was told of a call, when, and since when they have read it."""

    person: str
    name: str
    at: datetime
    read_at: datetime | None


def missed_calls(engine: Engine, window: Window, *, waiting: bool) -> Found[PhoneCallRow]:
    """Calls that ended before anybody took them, those missed last first; ``waiting``: that nobody has returned."""
    row = PhoneCallRow
    asked = select(row).where(row.answered_at.is_(None), row.ended_at.is_not(None))
    if waiting:
        asked = asked.where(row.returned_at.is_(None))
    with Session(engine) as session:
        rows = session.scalars(windowed(asked, window, row.ended_at, row.id, falling=True)).all()
    return page_of(rows, window, lambda one: (one.ended_at, one.id))


def told_of(engine: Engine, calls: Collection[str]) -> Mapping[str, list[ToldOfCall]]:
    """By call, who was told of it, in that order."""
    row = NotificationRow
    columns = (_OF_CALL.label("call"), PersonRow.id, PersonRow.name, row.created_at, row.read_at)
    asked = select(*columns).join(PersonRow, PersonRow.id == row.recipient).where(_OF_CALL.in_(calls))
    found = defaultdict[str, list[ToldOfCall]](list)
    with engine.connect() as connection:
        for each in connection.execute(asked.order_by(row.created_at, PersonRow.name)):
            found[each.call].append(ToldOfCall(each.id, each.name, each.created_at, each.read_at))
    return found
