"""Claiming: the letters that leave next by a channel, each for one sender, who loses it if it is not heard of again."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, and_, distinct, func, or_, select, text, tuple_
from sqlalchemy.orm import Session, aliased, undefer

from domain.audience.letters import MOST, WITHIN, letters
from domain.people.actors import Actor
from store.deliveries.routing import ADDRESSES
from store.models import PENDING, Delivered, DeliveryRow, NotificationRow, PersonRow, Way
from store.queries.visibility import tellable

#: So long a sender has a letter: longer than it may try.
LEASE = timedelta(minutes=2)
#: Rows that are looked at to find what leaves next.
_LOOKED_AT = 500
#: A claim is made by one sender at a time, and one that is frozen in it holds up nobody for longer.
_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtext('zhishou.delivery'), hashtext(:way))")
_LET_GO = text("SET LOCAL idle_in_transaction_session_timeout = '10s'")


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves for somebody by one channel.

    Attributes:
        id: the same however often it is sent.
        address: as the channel has addresses.
        messages: oldest first.
    """

    id: str
    way: Way
    name: str
    address: str
    messages: tuple[NotificationRow, ...]
    attempts: int = 1


def claim(session: Session, way: Way, now: datetime, most: int) -> list[Letter]:
    """The letters that leave now: about ``most``, for all of one person's leave together.

    The caller commits before it sends any.
    """
    session.execute(_LET_GO)
    if not session.scalar(_LOCK, {"way": way}):
        return []
    claimed: list[Letter] = []
    for recipient, rows in _by_recipient(_whole(session, session.scalars(_due(way, now)).all())):
        if len(claimed) >= most:
            break
        claimed += _letters(session, recipient, rows, way, now)
    return claimed


def address_of(engine: Engine, id_: str, way: Way) -> tuple[str, str] | None:
    """Name and address of somebody who may enter; None: a channel does not reach them."""
    with Session(engine) as session:
        person = session.get(PersonRow, id_)
        address = _address(person, way) if person is not None else None
        return (person.name, address) if person is not None and address else None


def _address(person: PersonRow, way: Way) -> str | None:
    """Where a channel reaches somebody; nobody is reached who may not enter."""
    return getattr(person, ADDRESSES[way].key) if person.enters else None


def _due(way: Way, now: datetime) -> Select[DeliveryRow]:
    """What may leave, oldest first: a letter that was lost or failed again as it was, and what waits for nothing.

    What waits behind another message of its ticket does not, nor what is for somebody who has had enough for now.
    A letter of several waits for none: it would leave without some of them.
    """
    before = aliased(DeliveryRow)
    behind = (
        select(before.message)
        .where(before.channel == way, before.state.in_(PENDING), before.next_at > now)
        .where(before.recipient == DeliveryRow.recipient, before.ticket == DeliveryRow.ticket)
        .where(before.created_at < DeliveryRow.created_at)
        .exists()
    )
    chosen = select(DeliveryRow).where(
        DeliveryRow.channel == way, DeliveryRow.state.in_(PENDING), DeliveryRow.next_at <= now
    )
    is_of_several = and_(DeliveryRow.letter.is_not(None), DeliveryRow.letter != DeliveryRow.message)
    chosen = chosen.where(or_(is_of_several, ~behind))
    rested = or_(DeliveryRow.letter.is_not(None), DeliveryRow.recipient.not_in(_full(way, now)))
    return chosen.where(rested).order_by(DeliveryRow.created_at, DeliveryRow.message).limit(_LOOKED_AT)


def _whole(session: Session, rows: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    """With the rest of the letters of which not all rows were looked at: a letter leaves whole, for it ends whole."""
    begun = {(row.channel, row.letter) for row in rows if row.letter is not None}
    if not begun:
        return list(rows)
    rest = select(DeliveryRow).where(tuple_(DeliveryRow.channel, DeliveryRow.letter).in_(begun))
    rest = rest.where(DeliveryRow.state.in_(PENDING), DeliveryRow.message.not_in([row.message for row in rows]))
    return [*rows, *session.scalars(rest.order_by(DeliveryRow.created_at, DeliveryRow.message))]


def _lately(way: Way, now: datetime) -> ColumnElement[bool]:
    """The letters that have left within `WITHIN`, or will: those that failed leave all at once when they can."""
    left = and_(DeliveryRow.state == Delivered.SENT, DeliveryRow.sent_at > now - WITHIN)
    made = and_(DeliveryRow.state.in_(PENDING), DeliveryRow.letter.is_not(None))
    return and_(DeliveryRow.channel == way, or_(left, made))


def _full(way: Way, now: datetime) -> Select[str]:
    """Who has had as many letters as anybody reads."""
    counted = select(DeliveryRow.recipient).where(_lately(way, now)).group_by(DeliveryRow.recipient)
    return counted.having(func.count(distinct(DeliveryRow.letter)) >= MOST)


def _by_recipient(rows: Sequence[DeliveryRow]) -> Iterator[tuple[str, list[DeliveryRow]]]:
    """Whoever has waited longest comes first."""
    theirs: dict[str, list[DeliveryRow]] = defaultdict(list)
    for row in rows:
        theirs[row.recipient].append(row)
    yield from theirs.items()


def _letters(session: Session, recipient: str, rows: list[DeliveryRow], way: Way, now: datetime) -> list[Letter]:
    """What leaves for somebody. What need not leave any more is put aside, and why."""
    person = session.get_one(PersonRow, recipient)
    address = _address(person, way)
    messages = _messages(session, person.actor, [row.message for row in rows]) if address else {}
    live = [row for row in rows if _is_needed(row, messages.get(row.message))]
    return [
        Letter(id_, way, person.name, address, tuple(messages[row.message] for row in its), its[0].attempts)
        for id_, its in _sorted(live, _count(session, recipient, way, now), now)
        if address
    ]


def _messages(session: Session, reader: Actor, ids: Sequence[str]) -> dict[str, NotificationRow]:
    """Those of them that somebody may still read."""
    asked = select(NotificationRow).options(undefer(NotificationRow.overtaken))
    found = session.scalars(asked.where(NotificationRow.id.in_(ids), tellable(reader)))
    return {row.id: row for row in found}


def _is_needed(row: DeliveryRow, message: NotificationRow | None) -> bool:
    """Notes what became of it where it is not: it was read, what it asks is asked no more, or it is not theirs now."""
    if message is None:
        row.said = "not for them any more"
    elif message.read_at is not None:
        row.said = "read"
    elif message.overtaken is not None:
        row.said = message.overtaken
    else:
        return True
    row.state = Delivered.NEEDLESS
    return False


def _count(session: Session, recipient: str, way: Way, now: datetime) -> int:
    """How many letters have left for somebody lately, or will."""
    asked = select(func.count(distinct(DeliveryRow.letter))).where(_lately(way, now))
    return session.scalar(asked.where(DeliveryRow.recipient == recipient)) or 0


def _sorted(rows: Sequence[DeliveryRow], lately: int, now: datetime) -> Iterator[tuple[str, list[DeliveryRow]]]:
    """Letter by letter: those that were made before as they were, then what is new. Each is the sender's from now.

    Letters are sent side by side, so one that speaks of a ticket waits until those before it that do have left.
    """
    made: dict[str, list[DeliveryRow]] = defaultdict(list)
    for row in rows:
        if row.letter is not None:
            made[row.letter].append(row)
    new = {row.message: row for row in rows if row.letter is None}
    for ids in letters(list(new), lately):
        made[ids[0] if len(ids) == 1 else _digest(ids)] = [new[id_] for id_ in ids]
    before: set[str] = set()
    for letter, its in made.items():
        tickets = {row.ticket for row in its if row.ticket is not None}
        if tickets.isdisjoint(before):
            for row in its:
                row.letter, row.state, row.next_at = letter, Delivered.LEAVING, now + LEASE
                row.attempts += 1
            yield letter, its
        before |= tickets


def _digest(ids: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:32]
