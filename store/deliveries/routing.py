"""Routing: by which channels a message leaves the machine, settled once, before it does."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Text, cast, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from domain.audience.letters import MOST
from domain.audience.messages import Message
from domain.audience.reaching import APPS, Addresses, Leaving, urgency, ways_to
from domain.people.actors import CUSTOMER_SIDE, Role
from store.deliveries.addresses import COLUMNS, addresses
from store.deliveries.policy import Policy, policy_of
from store.deliveries.wanting import WANTING, wanted
from store.models import ChannelRow, Delivered, DeliveryRow, NotificationRow, PersonRow, Way
from store.models.base import table_of

#: Messages that are taken up at once.
_AT_ONCE = 500
#: So far the clocks of senders may be apart. What was settled later than that was settled by a clock that was ahead.
SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a channel reaches.

    Attributes:
        address: what a person needs to be reached by it; None: it has addresses of its own, or it reaches a group, once
            and not each of them.
        most: so many letters reach one reader one by one within a minute.
    """

    address: InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | None
    most: int


#: Whose people are in no group of ours.
_OUTSIDE = CUSTOMER_SIDE | {Role.VENDOR}
#: A robot that posts more than 20 times a minute is not heard for a while; what fails counts too.
_OF_ROBOTS = Reach(None, 15)
#: A program reads more than a person does.
REACH = {
    Way.MAIL: Reach(PersonRow.email, MOST),
    Way.WEBHOOK: Reach(PersonRow.id, 60),
    # Carriers take one a minute for a number; what comes beyond it is one that says how many there are.
    Way.SMS: Reach(PersonRow.phone, 1),
    Way.VOICE: Reach(PersonRow.phone, 1),
    **dict.fromkeys(APPS, Reach(None, MOST)),
    Way.WECOM: _OF_ROBOTS,
    Way.DINGTALK: _OF_ROBOTS,
    Way.FEISHU: _OF_ROBOTS,
}


def open_channels(engine: Engine, ways: Collection[Way], now: datetime) -> None:
    """Note since when the installation has these: what was told before stays in the inbox, and floods nobody."""
    with engine.begin() as connection:
        for way in ways:
            connection.execute(insert(ChannelRow).values(name=way, since=now).on_conflict_do_nothing())


def route(engine: Engine, ways: Collection[Way], now: datetime) -> int:
    """Take up messages, the oldest first, for each channel by which they are to leave; how many."""
    waiting = select(NotificationRow.id).where(NotificationRow.routed_at.is_(None))
    oldest = waiting.order_by(NotificationRow.created_at, NotificationRow.id).limit(_AT_ONCE)
    with engine.begin() as connection:
        ids = connection.scalars(oldest.with_for_update(skip_locked=True)).all()
        if not ids:
            return 0
        policy, since = policy_of(connection, now), _open_since(connection, ways)
        told = connection.execute(_TOLD.where(NotificationRow.id.in_(ids))).mappings()
        rows = [row for message in told for row in _deliveries(message, policy, since, now)]
        if rows:
            connection.execute(_ADD, rows)
        connection.execute(update(NotificationRow).where(NotificationRow.id.in_(ids)).values(routed_at=now))
    return len(ids)


_TOLD = select(
    NotificationRow.id,
    NotificationRow.recipient,
    NotificationRow.ticket,
    NotificationRow.seq,
    NotificationRow.created_at,
    *WANTING,
    cast(PersonRow.role, Text).label("role"),
    *COLUMNS,
).join(PersonRow, PersonRow.id == NotificationRow.recipient)
_ADD = insert(table_of(DeliveryRow)).on_conflict_do_nothing()


def _open_since(connection: Connection, ways: Collection[Way]) -> dict[Way, datetime]:
    asked = select(ChannelRow.name, ChannelRow.since).where(ChannelRow.name.in_(ways))
    return {row.name: row.since for row in connection.execute(asked)}


def _deliveries(
    message: RowMapping, policy: Policy, since: Mapping[Way, datetime], now: datetime
) -> Iterator[dict[str, Any]]:
    """Those of a message by the channels that were open when it was told."""
    open_then = (way for way, at in since.items() if _was_open(at, message["created_at"], now))
    is_of_entry = message["ticket"] is not None and message["seq"] is not None
    of_group = is_of_entry and message["asks"] and message["role"] not in _OUTSIDE
    ways = ways_to(open_then, addresses(message), called=message["called"], of_group=of_group)
    reader = policy.reader(message["recipient"], ways, message["how"])
    for each in policy.leaving(wanted(message), message["role"], reader, now):
        yield {
            "message": message["id"],
            "channel": each.way,
            "recipient": message["recipient"],
            "ticket": message["ticket"],
            "entry": message["seq"],
            "created_at": message["created_at"],
            "state": Delivered.WAITING,
            "attempts": 0,
            "next_at": each.at,
            "as_of": now,
            "instead": each.instead,
        }


def _was_open(since: datetime, told_at: datetime, now: datetime) -> bool:
    """A channel that was opened by a clock that was ahead is open for what is told now."""
    return told_at >= since or (since > now + SKEW and told_at >= now - SKEW)


def previewed(connection: Connection, sent: Sequence[Message], now: datetime) -> list[tuple[Leaving, ...]]:
    """Of each of these messages by which channels it would leave, were it told now."""
    policy, ways = policy_of(connection, now), list(_open_since(connection, list(Way)))
    people = select(PersonRow.id, *COLUMNS).where(PersonRow.id.in_([each.recipient.id for each in sent]))
    known = {row.id: addresses(row) for row in connection.execute(people)}
    found = []
    for each in sent:
        role, asks = each.recipient.role, each.sentence.action is not None
        called, of_group = each.call is not None, asks and role not in _OUTSIDE
        reached = known.get(each.recipient.id, Addresses())
        ways_there = ways_to(ways, reached, called=called, of_group=of_group)
        reader = policy.reader(each.recipient.id, ways_there, each.how)
        wants = urgency(each.data, asks=asks, called=called)
        found.append(policy.leaving(wants, role, reader, now))
    return found
