"""Claiming: the letters that leave next by a channel, each for one sender, who loses it if it is not heard of again."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, and_, distinct, func, or_, select, text, tuple_
from sqlalchemy.orm import Session, aliased

from domain.audience.letters import MOST, WITHIN, letters
from store.deliveries.reading import Words, words_of
from store.deliveries.routing import ADDRESSES, SKEW
from store.models import PENDING, Delivered, DeliveryRow, PersonRow, Way

#: So long a sender has a letter: longer than it may try.
LEASE = timedelta(minutes=2)
#: What is said of a message, or of a recipient, that another version has stored.
UNREADABLE = "this version cannot read it"
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
    messages: tuple[Words, ...]
    attempts: int = 1


def claim(session: Session, way: Way, now: datetime, most: int, again: int) -> list[Letter]:
    """The letters that leave now: about ``most``, for all of one person's leave together.

    Of those that failed or were lost before only about ``again``: whoever hangs over letters does not hold up new ones.
    The caller commits before it sends any.
    """
    session.execute(_LET_GO)
    if not session.scalar(_LOCK, {"way": way}):
        return []
    tried = _claimed(session, way, now, min(most, again), _tried(way, now))
    return tried + _claimed(session, way, now, most - len(tried), _fresh(way, now))


def _claimed(session: Session, way: Way, now: datetime, most: int, due: Select[DeliveryRow]) -> list[Letter]:
    claimed: list[Letter] = []
    if most <= 0:
        return claimed
    for recipient, rows in _by_recipient(_whole(session, session.scalars(due).all())):
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


def _tried(way: Way, now: datetime) -> Select[DeliveryRow]:
    """Letters that were lost or failed, and leave again as they were.

    What waits behind another message of its ticket does not; a letter of several waits for none: it would leave
    without some of them.
    """
    before = aliased(DeliveryRow)
    is_of_several = DeliveryRow.letter != DeliveryRow.message
    return _due(way, now).where(
        DeliveryRow.letter.is_not(None), or_(is_of_several, ~_behind(before, _waits(before, now)))
    )


def _fresh(way: Way, now: datetime) -> Select[DeliveryRow]:
    """What is in no letter yet, but for whoever has had enough for now, and behind what is in one."""
    before = aliased(DeliveryRow)
    behind = _behind(before, or_(before.letter.is_not(None), _waits(before, now)))
    return _due(way, now).where(DeliveryRow.letter.is_(None), ~behind, DeliveryRow.recipient.not_in(_full(way, now)))


def _due(way: Way, now: datetime) -> Select[DeliveryRow]:
    """What waits for no time, oldest first."""
    of_way = select(DeliveryRow).where(DeliveryRow.channel == way, DeliveryRow.state.in_(PENDING))
    due = of_way.where(~_waits(DeliveryRow, now))
    return due.order_by(DeliveryRow.created_at, DeliveryRow.message).limit(_LOOKED_AT)


def _waits(row: type[DeliveryRow], now: datetime) -> ColumnElement[bool]:
    """Whether its time has not come; by a clock that has gone back since nothing waits."""
    return and_(row.next_at > now, row.as_of <= now + SKEW)


def _behind(before: type[DeliveryRow], holds_up: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an earlier message of the same ticket to the same person holds a message up."""
    earlier = select(before.message).where(before.channel == DeliveryRow.channel, before.state.in_(PENDING), holds_up)
    of_ticket = earlier.where(before.recipient == DeliveryRow.recipient, before.ticket == DeliveryRow.ticket)
    return of_ticket.where(before.created_at < DeliveryRow.created_at).exists()


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
    left = and_(DeliveryRow.state == Delivered.SENT, DeliveryRow.sent_at.between(now - WITHIN, now + SKEW))
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
    """What leaves for somebody. What need not leave any more is put aside, and why; what cannot be read is dead."""
    try:
        person = session.get_one(PersonRow, recipient)
    except LookupError:  # a role, say, that this version does not know
        for row in rows:
            row.state, row.said = Delivered.DEAD, UNREADABLE
        return []
    address = _address(person, way)
    messages = words_of(session, person.actor, [row.message for row in rows]) if address else {}
    leaving = {row.message: words for row in rows if (words := _needed(row, messages))}
    return [
        Letter(id_, way, person.name, address, tuple(leaving[row.message] for row in its), its[0].attempts)
        for id_, its in _sorted(
            [row for row in rows if row.message in leaving], _count(session, recipient, way, now), now
        )
        if address
    ]


def _needed(row: DeliveryRow, messages: Mapping[str, Words | None]) -> Words | None:
    """Its words; None: it does not leave, and what became of it is noted."""
    if row.message not in messages:
        row.state, row.said = Delivered.NEEDLESS, "not for them any more"
        return None
    words = messages[row.message]
    if words is None:
        row.state, row.said = Delivered.DEAD, UNREADABLE
    elif words.needless:
        row.state, row.said = Delivered.NEEDLESS, words.needless
    else:
        return words
    return None


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
                row.letter, row.state, row.next_at, row.as_of = letter, Delivered.LEAVING, now + LEASE, now
                row.tried_since = row.tried_since or now
                row.attempts += 1
            yield letter, its
        before |= tickets


def _digest(ids: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()[:32]
