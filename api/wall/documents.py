"""The wall, as it travels."""

from datetime import datetime
from typing import Self

from api.http.documents import Document, Plain, WordsShown
from api.http.instants import Shown
from api.roster.documents import OnDutyDocument
from api.tickets.documents import CallShown, NextDue
from domain.words.label import Label
from policies.loader import level_names
from store.models import TicketRow
from store.queries.tickets import OfLevel
from store.queries.wall import Wall
from store.registry.names import Names


class OpenDocument(Document):
    """So many open tickets of a level. ``place``: 0 is the gravest of its pack; null: nobody has classified them."""

    level: WordsShown | None
    place: int | None
    tickets: int

    @classmethod
    def of(cls, one: OfLevel) -> Self:
        """With the level's own name."""
        scale = [*level_names(one.pack or "")]
        place = scale.index(one.level) if one.level in scale else None
        return cls(level=_level(one.pack, one.level), place=place, tickets=one.tickets)


class WallLine(Document):
    """A ticket, as far as it is read from afar."""

    number: str
    title: str
    customer: str
    level: WordsShown | None
    assignee: str | None
    paused: str | None
    call: CallShown | None
    next_due: NextDue | None

    @classmethod
    def of(cls, row: TicketRow, names: Names) -> Self:
        """Of a row."""
        due = row.next_due_at and NextDue(key=row.next_due_key or "", due_at=row.next_due_at)
        return cls(
            number=row.number,
            title=row.title,
            customer=row.customer_name,
            level=_level(row.pack, row.level),
            assignee=row.assignee and names.get(row.assignee, row.assignee),
            paused=row.paused,
            call=CallShown.of(row, names),
            next_due=due,
        )


def _level(pack: str | None, level: str | None) -> WordsShown | None:
    if level is None:
        return None
    return WordsShown(**level_names(pack or "").get(level, Label(level, level)).as_json())


class LatenessDocument(Plain):
    """How late the alarms of broken promises came this month, in milliseconds."""

    p99_ms: float
    max_ms: int


class WallDocument(Document):
    """What stands on the wall.

    ``next``: tickets in work, the ten that are due first, broken promises before all. ``breaches_today``: since
    midnight in China. ``lateness``: null where no such alarm was raised this month.
    """

    at: Shown
    open: list[OpenDocument]
    next: list[WallLine]
    breaches_today: int
    approvals: int
    lateness: LatenessDocument | None
    on_duty: list[OnDutyDocument]

    @classmethod
    def of(cls, found: Wall, at: datetime, names: Names) -> Self:
        """As it stands."""
        return cls(
            at=at,
            open=[OpenDocument.of(one) for one in found.open],
            next=[WallLine.of(row, names) for row in found.next],
            breaches_today=found.breaches_today,
            approvals=found.approvals,
            lateness=found.lateness and LatenessDocument.of(found.lateness),
            on_duty=[OnDutyDocument.of(one) for one in found.on_duty],
        )
