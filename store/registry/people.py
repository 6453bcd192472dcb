"""People: who there is, and their administration. Nobody is ever deleted, for tickets name them."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Engine, Text, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from domain.audience.confirmation_news import Turn
from domain.audience.desk import ANSWER_FOR_ALL
from domain.people.actors import IN_CHARGE, Actor, Role
from domain.words.label import Label
from store.access.leaving import begin_anew, shut_out
from store.acting import acting_on
from store.models import DepartmentRow, PersonRow, TicketRow, UnheardRow
from store.models.customer import CustomerRow
from store.paging import Found, Window, records
from store.registry.accounts import are_one, link, require_told, rewrite, unlink
from store.registry.administration import administration
from store.registry.alone import keeps_apart, keeps_their_side, stays_administered
from store.registry.confirmations import ask, tell_what_one_did
from store.registry.faults import ConflictError, Fault, UnknownError, already_taken, refuse
from store.registry.news import note_person
from store.registry.organisations import kinds
from store.registry.record import Kind
from store.registry.records import Person
from store.registry.resting import NO_LEAVE, Leave, hand_shifts, resting
from store.registry.rules import Known, person_faults
from store.registry.seen import require_seen
from store.searching import holding

_LEFT_TOO = Label("接手人刚刚也停用或离岗，请另选一位", "has left as well just now: name somebody else")
_RESTS_BY_NOW = Label(
    "刚有事项转到此人名下，请重新提交", "has just become responsible for something: send it once more"
)
_COLUMNS = tuple(getattr(PersonRow, one.name) for one in fields(Person))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of people is to hold; an empty filter lets everybody through.

    Attributes:
        customer: somebody who acts for it.
        text: occurs in the id, the name, the phone or the email, however it is typed.
    """

    role: Role | None = None
    customer: str | None = None
    active: bool | None = None
    text: str | None = None


def person(engine: Engine, name: str) -> Actor | None:
    """Who acts under that name; None: nobody, or nobody any more."""
    with Session(engine) as session:
        found = session.get(PersonRow, name)
        return found.actor if found and found.enters else None


def headcount(engine: Engine) -> int:
    """How many active people there are; 0: nobody could do anything."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(PersonRow).where(PersonRow.active)) or 0


def somebody_answers(engine: Engine) -> bool:
    """Whether there is anybody whom an alarm for nobody else would reach."""
    asked = select(PersonRow.id).where(PersonRow.active, PersonRow.role.in_(ANSWER_FOR_ALL)).limit(1)
    with engine.connect() as connection:
        return connection.scalar(asked) is not None


def unheard(engine: Engine) -> int:
    """How many alarms reached nobody."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(UnheardRow)) or 0


def details(engine: Engine, id_: str) -> Person | None:
    """All that is known of somebody; None: nobody has that id."""
    with engine.connect() as connection:
        return _found(connection, id_)


def people(engine: Engine, wanted: Wanted, window: Window) -> Found[Person]:
    """People, by id."""
    return records(engine, Person, select(*_COLUMNS).where(*_filters(wanted)), window, PersonRow.id)


def colleagues(engine: Engine, window: Window) -> Found[Person]:
    """Those whom work can be given to: active, and of a role that can be in charge."""
    statement = select(*_COLUMNS).where(PersonRow.active, PersonRow.role.in_(IN_CHARGE))
    return records(engine, Person, statement, window, PersonRow.id)


def add_person(engine: Engine, new: Person, *, same_as: str | None = None) -> Person:
    """Keep a new person, who has no password yet; ``same_as``: another account of theirs.

    Raises:
        InvalidError: the fields are wrong.
        ConflictError: the id is taken, or the phone or mail is somebody's who may be the same person.
    """
    new = new.folded()
    with administration(engine) as connection:
        refuse(person_faults(new, known_to(connection, [new])))
        if _found(connection, new.id) is not None:
            raise already_taken("id")
        keep(connection, [new])
        if same_as is not None:
            link(connection, new.id, same_as)
        kept = by_id(connection, [new.id])[new.id]
        require_told(connection, kept)
    return kept


def change_person(
    engine: Engine,
    id_: str,
    changes: Mapping[str, Any],
    *,
    by: str | None = None,
    leave: Leave = NO_LEAVE,
    version: int | None = None,
) -> Person:
    """Change what is known of somebody; ``by``: the administrator who does, None on the command line.

    ``version``: as it was read. ``same_as`` among the changes links another account of theirs; None asks a second to
    take the account out of it.

    Raises:
        UnknownError: nobody has that id.
        InvalidError: the fields would be wrong.
        ConflictError: it takes another, or something has changed since it was read.
    """
    with administration(engine) as connection:
        before = _known(connection, id_, version)
        _leaves_in_good_hands(connection, before, leave)
        after = replace(before, **{name: value for name, value in changes.items() if name != "same_as"}).folded()
        refuse(person_faults(after, known_to(connection, [after])))
        stays_administered(connection, before, after, by)
        after = _as_may(connection, before, after, changes, by)
        rewrite(connection, after)
        _with_other_rights(connection, before, after)
        return _as_one_person(connection, before, changes, by)


def _leaves_in_good_hands(connection: Connection, before: Person, leave: Leave) -> None:
    """Of two who leave at once none is the other's successor, and nobody leaves with what has just become theirs."""
    now = datetime.now(UTC)
    if leave.nothing_rests and resting(connection, before, now):
        raise ConflictError(Fault("active", _RESTS_BY_NOW))
    if leave.successor is not None:
        if not connection.scalar(select(PersonRow.active).where(PersonRow.id == leave.successor)):
            raise ConflictError(Fault("successor", _LEFT_TOO))
        hand_shifts(connection, before, leave.successor, now)


def _known(connection: Connection, id_: str, version: int | None) -> Person:
    """Somebody as they are, and as whoever changes them has read them."""
    before = _found(connection, id_)
    if before is None:
        raise UnknownError(id_)
    require_seen(connection, Kind.PERSON, id_, version)
    return before


def _with_other_rights(connection: Connection, before: Person, after: Person) -> None:
    """What somebody entered by ends with their rights; by new ones they hear what waits for them."""
    changed = _rights(before) != _rights(after)
    if before.active and not after.active:
        shut_out(connection, before.id)
    elif changed or before.email != after.email:
        begin_anew(connection, before.id)
    if after.active and (changed or not before.active):
        note_person(connection, before.id, after.role, after.customers)


def _as_one_person(connection: Connection, before: Person, changes: Mapping[str, Any], by: str | None) -> Person:
    """The person as kept, once it is clear which accounts are theirs."""
    same_as = changes.get("same_as")
    if same_as is not None:
        link(connection, before.id, same_as)
    elif "same_as" in changes and before.also:
        if by is None:
            unlink(connection, before.id)
        else:
            ask(connection, before.id, by=by, now=datetime.now(UTC), parting=True)
    after = by_id(connection, [before.id])[before.id]
    if (before.phone, before.email) != (after.phone, after.email):
        require_told(connection, after)
    return after


def _as_may(
    connection: Connection, before: Person, after: Person, changes: Mapping[str, Any], by: str | None
) -> Person:
    """The person after what one administrator alone may change of them; who is at the command line may all."""
    if by is not None:
        keeps_their_side(before, after)
        keeps_apart(connection, before, changes, by)
        after = _with_mail(connection, before, after, by)
    _tell_of_the_mail(connection, before, after, by)
    return after


def _with_mail(connection: Connection, before: Person, after: Person, by: str) -> Person:
    """Another mail of somebody else waits for a second; who gives the same as another did stands for it too."""
    if after.email is None or before.id == by:
        return after
    if after.email != before.email:
        ask(connection, before.id, by=by, now=datetime.now(UTC), email=after.email)
        return replace(after, email=before.email)
    giver = connection.scalar(select(PersonRow.email_by).where(PersonRow.id == before.id))
    if giver is not None and not are_one(connection, giver, by):
        connection.execute(update(PersonRow).where(PersonRow.id == before.id).values(email_by=None))
    return after


def _tell_of_the_mail(connection: Connection, before: Person, after: Person, by: str | None) -> None:
    """Where it changes by one alone: it is taken away, or another is given on the command line."""
    if after.email == before.email:
        return
    turn = Turn.TAKEN if after.email is None else Turn.MADE
    if turn is Turn.TAKEN or by is None:
        tell_what_one_did(connection, before.id, turn, datetime.now(UTC), by=by)


def _rights(one: Person) -> tuple[object, ...]:
    """What of somebody decides what they may see and do."""
    return one.role, one.customers, one.department


def known_to(connection: Connection, new: Iterable[Person]) -> Known:
    """What there is of what these people name."""
    new = list(new)
    named = {customer for one in new for customer in one.customers}
    customers: dict[str, set[str]] = {
        id_: set() for id_ in connection.scalars(select(CustomerRow.id).where(CustomerRow.id.in_(named)))
    }
    departments = select(DepartmentRow.customer, DepartmentRow.id).where(DepartmentRow.customer.in_(customers))
    for customer, department in connection.execute(departments):
        customers[customer].add(department)
    departments_of = {id_: frozenset(words) for id_, words in customers.items()}
    return Known(departments_of, kinds(connection), _called(connection, {one.id for one in new}))


def _called(connection: Connection, ids: set[str]) -> frozenset[str]:
    """Those of the ids by which tickets call vendors who never were people of ours."""
    on_tickets = func.unnest(TicketRow.vendors)
    some = select(on_tickets.label("word")).where(TicketRow.vendors.op("&&")(cast(list(ids), ARRAY(Text)))).subquery()
    words = connection.scalars(select(some.c.word).distinct().where(some.c.word.in_(ids)))
    return frozenset(words) - taken_ids(connection, ids)


def taken_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of the ids somebody has."""
    return set(connection.scalars(select(PersonRow.id).where(PersonRow.id.in_(list(ids)))))


def keep(connection: Connection, new: Iterable[Person]) -> None:
    """Insert people that have been checked. Who alone stands for a mail is kept with it: nobody enters by that yet."""
    acting = acting_on(connection)
    new, by = list(new), acting.actor.id if acting else None
    rows = [asdict(one) | {"email_by": by if one.email else None} for one in new]
    if rows:
        connection.execute(insert(PersonRow), rows)
    for one in new:
        note_person(connection, one.id, one.role, one.customers if one.active else ())


def by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Person]:
    """Those of the people that there are."""
    rows = connection.execute(select(*_COLUMNS).where(PersonRow.id.in_(list(ids)))).mappings()
    return {row["id"]: Person(**row) for row in rows}


def _found(connection: Connection, id_: str) -> Person | None:
    return by_id(connection, [id_]).get(id_)


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if wanted.role is not None:
        filters.append(PersonRow.role == wanted.role)
    if wanted.customer is not None:
        filters.append(PersonRow.customers.contains([wanted.customer]))
    if wanted.active is not None:
        filters.append(PersonRow.active == wanted.active)
    if wanted.text is not None:
        filters.append(holding(PersonRow.searched, PersonRow.searched_pairs, wanted.text))
    return filters
