"""Routing: by which channels a message leaves the machine, settled once, before it does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Select, and_, literal, or_, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import InstrumentedAttribute

from domain.audience.letters import MOST
from domain.people.actors import CUSTOMER_SIDE, Role
from store.models import ChannelRow, Delivered, DeliveryRow, NotificationRow, PersonRow, Way

#: Messages that are taken up at once.
_AT_ONCE = 500
#: So far the clocks of senders may be apart. What was settled later than that was settled by a clock that was ahead.
SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a channel reaches.

    Attributes:
        address: what a person needs to be reached by it; None: it reaches a group, once and not each of them.
        most: so many letters reach one reader one by one within a minute.
    """

    address: InstrumentedAttribute[str] | InstrumentedAttribute[str | None] | None
    most: int


#: A robot that posts more than 20 times a minute is not heard for a while; what fails counts too.
_OF_ROBOTS = Reach(None, 15)
#: A program reads more than a person does.
REACH = {
    Way.MAIL: Reach(PersonRow.email, MOST),
    Way.WEBHOOK: Reach(PersonRow.id, 60),
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
    """Take up messages, the oldest first, for each channel by which their recipients can be reached; how many."""
    waiting = select(NotificationRow.id).where(NotificationRow.routed_at.is_(None))
    oldest = waiting.order_by(NotificationRow.created_at, NotificationRow.id).limit(_AT_ONCE)
    with engine.begin() as connection:
        ids = connection.scalars(oldest.with_for_update(skip_locked=True)).all()
        if not ids:
            return 0
        for way in ways:
            connection.execute(_add(way, ids, now))
        connection.execute(update(NotificationRow).where(NotificationRow.id.in_(ids)).values(routed_at=now))
    return len(ids)


def _add(way: Way, ids: Sequence[str], now: datetime) -> Insert:
    """Their deliveries by a channel: of whoever has an address there, and of what was told since it is."""
    values = {
        "message": NotificationRow.id,
        "channel": literal(way, DeliveryRow.channel.type),
        "recipient": NotificationRow.recipient,
        "ticket": NotificationRow.ticket,
        "entry": NotificationRow.seq,
        "created_at": NotificationRow.created_at,
        "state": literal(Delivered.WAITING, DeliveryRow.state.type),
        "attempts": literal(0),
        "next_at": literal(now, DeliveryRow.next_at.type),
        "as_of": literal(now, DeliveryRow.as_of.type),
    }
    # A channel that was opened by a clock that was ahead is open for what is told now.
    is_new = and_(ChannelRow.since > now + SKEW, NotificationRow.created_at >= now - SKEW)
    chosen = (
        select(*values.values())
        .join(PersonRow, PersonRow.id == NotificationRow.recipient)
        .join(ChannelRow, ChannelRow.name == way)
        .where(NotificationRow.id.in_(ids), or_(NotificationRow.created_at >= ChannelRow.since, is_new))
    )
    address = REACH[way].address
    chosen = _for_group(chosen) if address is None else chosen.where(address.is_not(None))
    return insert(DeliveryRow).from_select(list(values), chosen).on_conflict_do_nothing()


def _for_group(chosen: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """What asks somebody of ours to act about a ticket: all in the group read it, whoever it is for.

    One message of each entry leaves. Which one is settled when it does: some may be needless by then.
    """
    asks = NotificationRow.action["zh"].astext.is_not(None)
    ours = PersonRow.role.not_in([*CUSTOMER_SIDE, Role.VENDOR])
    return chosen.where(NotificationRow.ticket.is_not(None), NotificationRow.seq.is_not(None), asks, ours)
