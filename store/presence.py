"""Presence: who has a ticket open, as of this minute."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic_core import to_json
from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, exists, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from domain.audience.presence import LASTS, Doing
from domain.people.actors import Role
from store.acting import Acting
from store.decisions import CHANNEL
from store.models import PersonRow, PresenceRow, SessionRow, TokenRow

#: So many that are gone are swept away by whoever comes.
_SWEPT = 50


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a ticket open."""

    id: str
    name: str
    role: Role
    doing: str
    until: datetime


def be_present(engine: Engine, by: Acting, number: str, doing: Doing, now: datetime) -> None:
    """Note that somebody has a ticket open; others are told where that is news."""
    row = {"ticket": number, "person": by.actor.id}
    said = {"doing": doing, "until": now + LASTS, "session": by.session, "token": by.token}
    with engine.begin() as connection:
        its = and_(PresenceRow.ticket == number, PresenceRow.person == by.actor.id)
        known = select(PresenceRow.doing).where(its, PresenceRow.until > now, _is_in())
        before = connection.scalar(known)
        new = insert(PresenceRow).values(row | said)
        connection.execute(new.on_conflict_do_update(index_elements=list(row), set_=said))
        _sweep(connection, now)
        if before != doing:
            _tell(connection, [number])


def present(engine: Engine, numbers: Collection[str], now: datetime) -> dict[str, list[Present]]:
    """Ticket by ticket, who has it open, by name."""
    columns = (PresenceRow.person.label("id"), PersonRow.name, PersonRow.role, PresenceRow.doing, PresenceRow.until)
    statement = select(PresenceRow.ticket, *columns).join(PersonRow, PersonRow.id == PresenceRow.person)
    statement = statement.where(PresenceRow.ticket.in_(numbers), PresenceRow.until > now, PersonRow.active, _is_in())
    there: dict[str, list[Present]] = {number: [] for number in numbers}
    with engine.connect() as connection:
        for row in connection.execute(statement.order_by(PersonRow.name, PresenceRow.person)):
            there[row.ticket].append(Present(row.id, row.name, row.role, row.doing, row.until))
    return there


def leave(connection: Connection, person: str) -> None:
    """Whoever is not let in any more by what they were there by is gone at once."""
    gone = delete(PresenceRow).where(PresenceRow.person == person, ~_is_in()).returning(PresenceRow.ticket)
    if numbers := connection.scalars(gone).all():
        _tell(connection, numbers)


def _is_in() -> ColumnElement[bool]:
    """What they are there by still opens something."""
    now = func.now()
    in_session = (SessionRow.id == PresenceRow.session, SessionRow.revoked_at.is_(None), SessionRow.expires_at > now)
    by_token = (TokenRow.id == PresenceRow.token, TokenRow.revoked_at.is_(None), TokenRow.expires_at > now)
    return or_(exists().where(*in_session), exists().where(*by_token))


def _sweep(connection: Connection, now: datetime) -> None:
    """Forget some of those that are gone, and wait for nobody."""
    old = select(PresenceRow.ticket, PresenceRow.person).where(PresenceRow.until < now - LASTS)
    old = old.order_by(PresenceRow.until).limit(_SWEPT).with_for_update(skip_locked=True)
    connection.execute(delete(PresenceRow).where(tuple_(PresenceRow.ticket, PresenceRow.person).in_(old)))


def _tell(connection: Connection, numbers: Sequence[str]) -> None:
    """Tell every process for whom somebody listens, when the transaction ends."""
    for number in numbers:
        connection.execute(select(func.pg_notify(CHANNEL, to_json({"presence": number}).decode())))
