"""The telephone: calls that come in, those of them that nobody took, and who is told until somebody calls back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from domain.audience.telephone import MOST, WITHIN, Missed, said, stands, told_on
from domain.people.actors import Actor
from domain.people.phones import LOCAL, phone
from store.models import PhoneCallRow, TicketRow
from store.models.base import table_of
from store.projections.roles import News, tell_roles
from store.telling import tell_of_calls

#: A call of whose end nothing is heard is over by then; and one that nobody returned is shown for so long.
_GOES_ON, SHOWN = timedelta(hours=4), timedelta(days=7)
_LISTED = 200
#: The channel of reports that nobody of ours has taken.
_MAIL = "mail"
#: What is told of one number is told one after the other.
_ONE_NUMBER = text("SELECT pg_advisory_xact_lock(hashtext('zhishou.telephone'), hashtext(:digits))")
#: Of a call that rings for so long, and of whose end nothing is heard, nobody has taken it.
_RINGS_AT_MOST = timedelta(minutes=5)
#: For so long a clock that could not be started is started late.
LATELY = timedelta(days=1)


class CallEvent(StrEnum):
    """What the telephone system tells of a call."""

    RINGING = "ringing"
    ANSWERED = "answered"
    HUNG_UP = "hung_up"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something of a call. ``at``: when it happened, by the telephone system."""

    id: str
    event: CallEvent
    number: str
    at: datetime
    line: str | None = None
    agent: str | None = None
    recording: str | None = None


class OtherCallError(Exception):
    """A call of that id came from another number."""


class TooManyError(Exception):
    """So many calls were told of lately that no desk takes them."""


class NotMissedError(Exception):
    """It was taken, or still rings: there is nothing to return."""


def hear(engine: Engine, heard: Heard, now: datetime) -> PhoneCallRow:
    """The call as it is known now. Whatever is told again, or late, changes nothing that is known already.

    Raises:
        OtherCallError: that id is another call's.
        TooManyError: nothing is known of it yet, and too many calls are new.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        table, digits = table_of(PhoneCallRow), _digits(heard.number)
        session.execute(_ONE_NUMBER, {"digits": digits})
        if session.get(PhoneCallRow, heard.id) is None and _heard_lately(session.connection(), now) >= MOST:
            raise TooManyError
        given = insert(table).values(_columns(heard) | {"heard_at": now})
        kept: dict[str, Any] = {name: func.coalesce(table.c[name], given.excluded[name]) for name in _FILLED}
        kept["rang_at"] = func.least(table.c.rang_at, given.excluded.rang_at)
        session.execute(given.on_conflict_do_update(index_elements=["id"], set_=kept))
        call = session.get_one(PhoneCallRow, heard.id)
        if call.digits != digits:
            raise OtherCallError
        _spoken_to_since(session.connection(), call)
        session.refresh(call)
        tell_of_calls(session.connection())
        return call


def _heard_lately(connection: Connection, now: datetime) -> int:
    lately = PhoneCallRow.heard_at > now - WITHIN
    return connection.scalar(select(func.count()).select_from(PhoneCallRow).where(lately)) or 0


def flooded(engine: Engine, now: datetime) -> dict[str, str]:
    """The telephone, while calls are refused for their number; and the number."""
    with engine.connect() as connection:
        heard = _heard_lately(connection, now)
    return {"telephone": f"{heard} / {WITHIN // timedelta(minutes=1)} min"} if heard >= MOST else {}


#: Said by one event, and by no other.
_FILLED = ("line", "answered_at", "agent", "ended_at", "recording")


def _columns(heard: Heard) -> dict[str, Any]:
    same = {name: value for name, value in asdict(heard).items() if name not in {"event", "at"}}
    happened = {CallEvent.ANSWERED: "answered_at", CallEvent.HUNG_UP: "ended_at"}.get(heard.event)
    instants = {"answered_at": None, "ended_at": None} | ({happened: heard.at} if happened else {})
    return same | instants | {"digits": _digits(heard.number), "rang_at": heard.at}


def _digits(number: str) -> str:
    """By which a caller is known again; none of a number that is withheld, or too short to be anybody's."""
    digits = phone(number).digits
    return digits if len(digits) >= LOCAL else ""


def missed(call: PhoneCallRow) -> Missed | None:
    """The call, as one that nobody took; None: it is none."""
    return Missed(call.id, call.ended_at) if call.ended_at and not call.answered_at else None


def _spoken_to_since(connection: Connection, call: PhoneCallRow) -> None:
    """Whoever called in vain and was spoken to since waits for nobody, in whichever order both were told."""
    if not call.digits:
        return
    answered = select(func.max(PhoneCallRow.answered_at)).where(PhoneCallRow.digits == call.digits).scalar_subquery()
    waits = and_(PhoneCallRow.digits == call.digits, to_return(), PhoneCallRow.ended_at <= answered)
    connection.execute(update(PhoneCallRow).where(waits).values(returned_at=answered))


def returned(engine: Engine, actor: Actor, id_: str, ticket: str | None, now: datetime) -> PhoneCallRow | None:
    """The call, to which somebody has called back, or of which a ticket came; the first one's word stays. None: there
    is no such call.

    Raises:
        NotMissedError: there is nothing to return, and no ticket.
    """
    with Session(engine, expire_on_commit=False) as session, session.begin():
        call = session.get(PhoneCallRow, id_, with_for_update=True)
        if call is None:
            return None
        if ticket is None and missed(call) is None:
            raise NotMissedError
        call.ticket = call.ticket or ticket
        call.returned_at, call.returned_by = call.returned_at or now, call.returned_by or actor.id
        tell_of_calls(session.connection())
        return call


def calls(engine: Engine, now: datetime) -> tuple[Sequence[PhoneCallRow], int]:
    """Those that ring or are spoken in, then those that wait to be returned, oldest first; and how many there are.

    More than anybody reads are left out.
    """
    goes_on = and_(PhoneCallRow.ended_at.is_(None), PhoneCallRow.rang_at > now - _GOES_ON)
    waits = and_(to_return(), PhoneCallRow.ended_at > now - SHOWN)
    these = or_(goes_on, waits)
    order = (PhoneCallRow.ended_at.is_not(None), PhoneCallRow.rang_at, PhoneCallRow.id)
    with Session(engine) as session:
        shown = session.scalars(select(PhoneCallRow).where(these).order_by(*order).limit(_LISTED)).all()
        whole = len(shown) < _LISTED
        counted = select(func.count()).select_from(PhoneCallRow).where(these)
        return shown, len(shown) if whole else session.scalar(counted) or 0


def missed_lately(engine: Engine, now: datetime) -> list[Missed]:
    """Those of the last day that nobody took, nor has returned; what has rung for long enough has ended."""
    asked = select(PhoneCallRow.id, PhoneCallRow.ended_at)
    rings = and_(
        PhoneCallRow.ended_at.is_(None), PhoneCallRow.answered_at.is_(None), PhoneCallRow.returned_at.is_(None)
    )
    forgotten = update(PhoneCallRow).where(rings, PhoneCallRow.rang_at < now - _RINGS_AT_MOST)
    with engine.begin() as connection:
        if connection.execute(forgotten.values(ended_at=PhoneCallRow.rang_at + _RINGS_AT_MOST)).rowcount:
            tell_of_calls(connection)
        found = connection.execute(asked.where(to_return(), PhoneCallRow.ended_at > now - LATELY))
        return [Missed(row.id, row.ended_at) for row in found]


def to_return() -> ColumnElement[bool]:
    """Whether nobody took it, and nobody has called back."""
    return and_(
        PhoneCallRow.answered_at.is_(None), PhoneCallRow.ended_at.is_not(None), PhoneCallRow.returned_at.is_(None)
    )


def remind(engine: Engine, call: Missed, rung: int, now: datetime) -> bool:
    """Tell whoever answers for a missed call on that rung, each once; whether it still has to be returned.

    What was away when rungs were reached tells once, where the call stands by now, and all whom they mean.
    """
    with engine.begin() as connection:
        asked = select(PhoneCallRow.number, PhoneCallRow.digits, PhoneCallRow.rungs_told)
        asked = asked.where(PhoneCallRow.id == call.id, to_return())
        if (waits := connection.execute(asked.with_for_update()).one_or_none()) is None:
            return False
        if waits.rungs_told > rung:
            return True
        reached = max(rung, stands(call, now))
        sentence = said(reached, call, waits.number, _names(connection, {waits.digits}).get(waits.digits))
        news = News(f"call {call.id} {reached}", sentence, {"phone_call": call.id})
        tell_roles(connection, told_on(reached, since=waits.rungs_told), [news], now)
        told = update(PhoneCallRow).where(PhoneCallRow.id == call.id)
        connection.execute(told.values(rungs_told=reached + 1))
        tell_of_calls(connection)  # who was told stands beside the call
    return True


def callers(engine: Engine, digits: Iterable[str]) -> dict[str, str]:
    """By number, whose it was when it last reported something."""
    with engine.connect() as connection:
        return _names(connection, set(digits))


def _names(connection: Connection, digits: set[str]) -> dict[str, str]:
    """Whoever writes a mail writes any number and name: they say nothing before somebody has found whose it is."""
    number, known = TicketRow.contact_number, digits - {""}
    told = or_(TicketRow.channel != _MAIL, TicketRow.customer_id.is_not(None))
    tail = func.right(number, LOCAL).in_({each[-LOCAL:] for each in known})  # as the index has it
    newest = select(number, TicketRow.contact_name).ext(distinct_on(number)).where(tail, number.in_(known), told)
    rows = connection.execute(newest.order_by(number, TicketRow.received_at.desc()))
    return {row.contact_number: row.contact_name for row in rows if row.contact_name}
