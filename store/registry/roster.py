"""The roster: who is on duty when, and where nobody is."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.audience.desk import How
from domain.audience.registry_news import CONCERNED, DutyTime, shift_taken_off, shifts_added
from domain.people.actors import Role
from domain.people.duty import Stretch, uncovered
from store.acting import acting_on
from store.models import PersonRow, ShiftRow
from store.paging import Found, Window, records
from store.registry.administration import administration
from store.registry.faults import ConflictError, UnknownError, refuse
from store.registry.people import by_id
from store.registry.records import Shift
from store.registry.rules import double_duty, shift_faults
from store.telling import tell

_COLUMNS = tuple(getattr(ShiftRow, one.name) for one in fields(Shift))
#: Who is there in person.
_THERE = func.coalesce(ShiftRow.substitute, ShiftRow.person)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who is on duty at an instant, until their shift ends."""

    duty: Role
    person: str
    name: str
    phone: str | None
    ends_at: datetime


def shifts(engine: Engine, window: Window, within: Stretch | None = None, *, duty: Role | None = None) -> Found[Shift]:
    """Shifts that have an instant in common with the stretch, earliest first."""
    statement = select(*_COLUMNS).where(*_filters(within, duty))
    return records(engine, Shift, statement, window, ShiftRow.begins_at, ShiftRow.id)


def shift(engine: Engine, id_: str) -> Shift | None:
    """The shift; None: there is none of that id."""
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(ShiftRow.id == id_)).mappings().one_or_none()
    return Shift(**row) if row else None


def add_shift(engine: Engine, new: Shift) -> Shift:
    """Put somebody on duty.

    Raises:
        InvalidError: the fields are wrong, or name nobody who could.
        ConflictError: somebody would be on the same duty twice at the same time.
    """
    with administration(engine) as connection:
        refuse(shift_faults(new, by_id(connection, new.names)))
        if any(new.collides(other) for other in meanwhile(connection, [new])):
            raise ConflictError(double_duty())
        (kept,) = keep(connection, [new])
    return kept


def remove_shift(engine: Engine, id_: str) -> None:
    """Take a shift off the roster.

    Raises:
        UnknownError: there is none of that id.
    """
    with administration(engine) as connection:
        gone = connection.execute(delete(ShiftRow).where(ShiftRow.id == id_).returning(*_COLUMNS)).mappings().first()
        if gone is None:
            raise UnknownError(id_)
        _tell_whoever_was_there(connection, Shift(**gone), datetime.now(UTC))


def gaps(engine: Engine, duty: Role, within: Stretch) -> tuple[Stretch, ...]:
    """The stretches without anybody active on duty (001-34)."""
    statement = select(ShiftRow.begins_at, ShiftRow.ends_at).join(PersonRow, serves())
    with engine.connect() as connection:
        rows = connection.execute(statement.where(*_filters(within, duty))).all()
    return uncovered(within, (Stretch(*row) for row in rows))


def on_duty(engine: Engine, at: datetime, duty: Role | None = None) -> list[OnDuty]:
    """Who is on duty at that instant, substitutes in the place of those whom they stand in for."""
    columns = (ShiftRow.duty, PersonRow.id, PersonRow.name, PersonRow.phone, ShiftRow.ends_at)
    statement = select(*columns).join(PersonRow, serves())
    statement = statement.where(ShiftRow.begins_at <= at, at < ShiftRow.ends_at)
    if duty is not None:
        statement = statement.where(ShiftRow.duty == duty)
    with engine.connect() as connection:
        return [OnDuty(*row) for row in connection.execute(statement.order_by(ShiftRow.duty, PersonRow.id))]


def meanwhile(connection: Connection, new: Sequence[Shift]) -> list[Shift]:
    """The shifts that these could collide with."""
    if not new:
        return []
    whole = Stretch(min(one.begins_at for one in new), max(one.ends_at for one in new))
    names = sorted({name for one in new for name in one.names})
    concerned = or_(ShiftRow.person.in_(names), ShiftRow.substitute.in_(names))
    rows = connection.execute(select(*_COLUMNS).where(concerned, *_filters(whole, None)))
    return [Shift(**row) for row in rows.mappings()]


def keep(connection: Connection, new: Iterable[Shift]) -> list[Shift]:
    """Insert shifts that have been checked; answer them with their ids."""
    kept = [one if one.id else replace(one, id=str(uuid.uuid4())) for one in new]
    if kept:
        connection.execute(insert(ShiftRow), [asdict(one) for one in kept])
        _tell_whoever_is_there(connection, kept, datetime.now(UTC))
    return kept


def _tell_whoever_is_there(connection: Connection, kept: Iterable[Shift], now: datetime) -> None:
    """Whoever is put on duty hears of it, of all shifts in one message; nobody of what they plan themselves."""
    planned: dict[str, list[DutyTime]] = {}
    for one in kept:
        if one.ends_at > now:
            planned.setdefault(one.there, []).append(_duty_time(one))
    for person, theirs in planned.items():
        if not _is_their_own(connection, person):
            tell(connection, [person], shifts_added(theirs, now), now, whom=CONCERNED, how=How.BY_NAME)


def _tell_whoever_was_there(connection: Connection, gone: Shift, now: datetime) -> None:
    if gone.ends_at > now and not _is_their_own(connection, gone.there):
        tell(connection, [gone.there], shift_taken_off(_duty_time(gone), now), now, whom=CONCERNED, how=How.BY_NAME)


def _is_their_own(connection: Connection, person: str) -> bool:
    acting = acting_on(connection)
    return acting is not None and person in acting.actor.accounts


def _duty_time(shift: Shift) -> DutyTime:
    return shift.begins_at, shift.ends_at, shift.duty


def _filters(within: Stretch | None, duty: Role | None) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if within is not None:
        filters += [ShiftRow.begins_at < within.ends_at, ShiftRow.ends_at > within.begins_at]
    if duty is not None:
        filters.append(ShiftRow.duty == duty)
    return filters


def serves() -> ColumnElement[bool]:
    """Whoever is there is active and still has the role; otherwise nobody is there."""
    return and_(PersonRow.id == _THERE, PersonRow.active, PersonRow.role == ShiftRow.duty)
