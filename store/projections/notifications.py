"""Who is told of an entry: rows for the sender and the inbox, in the transaction of the entry itself."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, and_, bindparam, case, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.audience.desk import Desk, Duty, Member, StandIn
from domain.audience.messages import Message, asks, heard, messages, wants_somebody
from domain.audience.notices.notice import Standing
from domain.audience.visibility import OBLIGATION, TICKET, may_see
from domain.people.actors import Actor, Role
from domain.ticket.timeline import Entry, Happening
from store.models import PersonRow, ShiftRow, UnheardRow
from store.models.base import table_of
from store.models.person import acted_for, may_enter
from store.projections.merged import goes_on
from store.registry.deputies import standing_in
from store.telling import put_messages

log = structlog.get_logger()

#: A roster is kept for a role that has a shift so near.
_NEAR = timedelta(days=7)
# Made once, as the projection's other statements are.
_SHIFT = table_of(ShiftRow)
_RUNS = and_(_SHIFT.c.begins_at <= bindparam("now"), _SHIFT.c.ends_at > bindparam("now"))
#: Who is on which duty, and which duties are kept besides: a few rows, of however many shifts.
_DUTIES = (
    select(_SHIFT.c.duty, *(case((_RUNS, whom)).label(whom.name) for whom in (_SHIFT.c.person, _SHIFT.c.substitute)))
    .where(_SHIFT.c.begins_at < bindparam("before"), _SHIFT.c.ends_at > bindparam("after"))
    .distinct()
)
_MEMBERS = select(
    PersonRow.id,
    PersonRow.name,
    PersonRow.role,
    PersonRow.customers,
    PersonRow.department,
    PersonRow.phone,
    PersonRow.active,
    PersonRow.live_customers,
).where(
    or_(
        PersonRow.role.in_(bindparam("roles", expanding=True)),
        PersonRow.id.in_(bindparam("named", expanding=True)),
    )
)


def add_notifications(connection: Connection, standing: Standing, entries: Sequence[Entry], now: datetime) -> None:
    """Tell the people whom the entries are for. Entries for nobody cost no question."""
    sent = told(connection, standing, entries, now)
    put_messages(connection, [message_row(standing, message, now) for message in sent])
    note_unheard(connection, standing, entries, heard(sent))


def note_unheard(connection: Connection, standing: Standing, entries: Sequence[Entry], known: frozenset[int]) -> None:
    """An alarm that reached nobody is counted: ``/metrics`` says so, and ``/readyz`` warns."""
    alarms = [
        entry
        for entry in entries
        if entry.happening is Happening.ALARM_RAISED and entry.seq not in known and wants_somebody(entry, standing)
    ]
    rows = [{"ticket": standing.number, "seq": entry.seq, "raised_at": entry.recorded_at} for entry in alarms]
    if rows:
        log.error("an alarm that nobody can be told", ticket=standing.number, alarms=len(rows))
        connection.execute(insert(UnheardRow).on_conflict_do_nothing(index_elements=["ticket", "seq"]), rows)


def told(connection: Connection, standing: Standing, entries: Sequence[Entry], now: datetime) -> tuple[Message, ...]:
    """The messages that these entries make, as people and roster stand at that instant.

    What still comes for a ticket that was merged is told to who is in charge where it goes on.
    """
    late = tuple(entry for entry in entries if _came_after_the_merge(entry))
    if not late:
        return _told(connection, standing, entries, now)
    here = tuple(entry for entry in entries if not _came_after_the_merge(entry))
    there = replace(standing, owner=goes_on(connection, standing.number).owner)
    return (*_told(connection, standing, here, now), *_told(connection, there, late, now))


def _came_after_the_merge(entry: Entry) -> bool:
    return entry.happening is Happening.COMMAND_REFUSED and "into" in entry.data


def _told(connection: Connection, standing: Standing, entries: Sequence[Entry], now: datetime) -> tuple[Message, ...]:
    needed = asks(entries, standing)
    if needed is None:
        return ()
    roles, people = needed
    deputies = standing_in(connection, standing.customer.id, now) if Role.CUSTOMER_APPROVER in roles else []
    desk = desk_of(connection, roles, {*people, *(one.deputy for one in deputies)}, now)
    stand_ins = tuple(StandIn(one.deputy, one.approver) for one in deputies)
    return messages(entries, standing, replace(desk, deputies=stand_ins))


def desk_of(connection: Connection, roles: Iterable[Role], people: Iterable[str], now: datetime) -> Desk:
    """Who there is of these roles and people, and who is on duty."""
    shifts = connection.execute(_DUTIES, {"now": now, "before": now + _NEAR, "after": now - _NEAR}).all()
    running = tuple(Duty(row.duty, row.person, row.substitute) for row in shifts if row.person is not None)
    named = {*people, *(duty.there for duty in running)}
    found = connection.execute(_MEMBERS, {"roles": list(roles), "named": list(named)}).all()
    members = {row.id: _member(row) for row in found}
    return Desk(members, running, frozenset(row.duty for row in shifts))


def _member(row: Any) -> Member:  # noqa: ANN401  # a row of these columns
    customers = acted_for(row.customers, row.live_customers)
    active = may_enter(row.role, customers, active=row.active)
    return Member(Actor(row.id, row.role, customers, row.department), row.name, row.phone, active)


def message_row(standing: Standing, message: Message, now: datetime) -> dict[str, Any]:
    """A message as it is kept."""
    entry, sentence = message.entry, message.sentence
    return {
        "id": _id(standing.number, message, now),
        "ticket": standing.number,
        "seq": entry.seq,
        "recipient": message.recipient.id,
        "happening": entry.happening,
        "grounds": {"whom": message.whom, "how": message.how} | ({"gap": message.gap} if message.gap else {}),
        "title": sentence.title.as_json(),
        "text": sentence.text.as_json(),
        "action": sentence.action and sentence.action.as_json(),
        "about": _about(standing, message),
        "data": message.data,
        "call": message.call,
        "created_at": entry.recorded_at,
    }


def _about(standing: Standing, message: Message) -> dict[str, Any]:
    """Customer, level, since when and due when, as far as they are for the recipient; of alarms how late."""
    reader, owed = message.recipient, standing.owed
    due_at = message.entry.data.get("due_at") or (owed.due_at.isoformat() if owed else None)
    told: tuple[tuple[str, Any, bool], ...] = (
        ("customer", standing.customer.name, may_see(reader, TICKET, "customer")),
        ("level", standing.level_name and standing.level_name.as_json(), may_see(reader, TICKET, "level")),
        ("since", standing.received_at.isoformat(), may_see(reader, TICKET, "received_at")),
        ("due_at", due_at, may_see(reader, OBLIGATION, "due_at")),
        ("late_s", message.late_s, may_see(reader, OBLIGATION, "due_at")),
    )
    return {name: value for name, value, seen in told if seen}


def _id(number: str, message: Message, now: datetime) -> str:
    if message.gap is None:
        about = number
        if message.entry.happening is Happening.COMMAND_REFUSED:
            about = f"{number} {message.entry.command_id}"
        elif message.entry.happening is Happening.SET_ASIDE:  # it comes beside the message of the entry itself
            about = f"{number} {Happening.SET_ASIDE}"
        return notification_id(about, message.entry.seq, message.recipient.id)
    return gap_id(message.gap, message.recipient.id, now)


def gap_id(role: Role, recipient: str, now: datetime) -> str:
    """Once an hour and role, whatever meets the gap."""
    return notification_id(f"gap {role} {now.astimezone(UTC):%Y-%m-%dT%H}", 0, recipient)


def notification_id(number: str, seq: int, recipient: str) -> str:
    """The same for the same message, so that a receiver can drop a repeat."""
    return hashlib.sha256(f"{number}\n{seq}\n{recipient}".encode()).hexdigest()[:32]
