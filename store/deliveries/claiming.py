"""Claiming: the letters that leave next by a channel, each for one sender, who loses it if it is not heard of again."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, Select, and_, distinct, exists, func, or_, select, text, true, tuple_
from sqlalchemy.orm import Session, aliased

from domain.audience.letters import MOST, WITHIN, letters
from domain.audience.reaching import APPS, GROUPS, ON_THE_PHONE
from store.approvals.travelling import opened, path_of
from store.deliveries.addresses import account
from store.deliveries.needing import UNREADABLE, Needs, once_an_entry
from store.deliveries.reading import Words, words_of
from store.deliveries.routing import REACH, SKEW
from store.models import PENDING, ChannelRow, Delivered, DeliveryRow, PersonRow, Way

#: So long a sender has a letter: longer than it may try.
LEASE = timedelta(minutes=2)
#: So many characters of what opens a link say that a server has repeated it.
_TELLING = 6
#: What is said of a link that is not sent any more.
_LINK_OVER = "the link is over, or not asked for any more"
#: A letter was made of it, and has not left yet.
_MADE = and_(DeliveryRow.state.in_(PENDING), DeliveryRow.letter.is_not(None))
#: Rows that are looked at to find what leaves next, and of one reader.
_LOOKED_AT, _OF_ONE = 500, 5_000
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

    @property
    def opens(self) -> str:
        """The path of the link that it brings; empty: it brings none."""
        return self.messages[-1].opens

    def hidden(self, said: str) -> str:
        """Without what opens its link, or the beginning of it, and without its recipient's address.

        Whoever had the letter may have repeated either, and what they say is kept.
        """
        token = self.opens.rpartition("/")[2]
        said = re.sub(rf"{re.escape(token[:_TELLING])}[\w-]*", "***", said) if token else said
        address = rf"(?<![\w.-]){re.escape(self.address)}(?!\w)"
        return re.sub(address, "***", said, flags=re.IGNORECASE) if self.address else said


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
    looked_at = session.scalars(due.limit(_LOOKED_AT)).all()
    for seen in _by_reader(looked_at, way):
        if len(claimed) >= most:
            break
        rows = seen if len(looked_at) < _LOOKED_AT else _all_of(session, due, seen[0], way)
        claimed += _letters(session, _whole(session, rows), way, now)
    return claimed


def _all_of(session: Session, due: Select[DeliveryRow], row: DeliveryRow, way: Way) -> Sequence[DeliveryRow]:
    """All that waits for a reader: a storm is one letter for each, however many are told of it."""
    its = due if way in GROUPS else due.where(DeliveryRow.recipient == row.recipient)
    return session.scalars(its.limit(_OF_ONE)).all()


def address_of(engine: Engine, id_: str, way: Way) -> tuple[str, str] | None:
    """Name and address of somebody who may enter; None: a channel does not reach them."""
    with Session(engine) as session:
        person = session.get(PersonRow, id_)
        address = _address(session, person, way) if person is not None else None
        return (person.name, address) if person is not None and address else None


def _address(session: Session, person: PersonRow, way: Way) -> str | None:
    """Where a channel reaches somebody; nobody is reached who may not enter."""
    column = REACH[way].address
    if not person.enters:
        return None
    if way in APPS:
        return account(session, person.id, way)
    return str(way) if column is None else getattr(person, column.key)


def _tried(way: Way, now: datetime) -> Select[DeliveryRow]:
    """Letters that were lost or failed, and leave again as they were.

    What waits behind another message of its ticket does not; a letter of several waits for none: it would leave
    without some of them.
    """
    before = aliased(DeliveryRow)
    is_of_several = DeliveryRow.letter != DeliveryRow.message
    return _due(way, now).where(
        DeliveryRow.letter.is_not(None), or_(is_of_several, ~_behind(way, before, _holds_up(before, now)))
    )


def _fresh(way: Way, now: datetime) -> Select[DeliveryRow]:
    """What is in no letter yet, but for whoever has had enough for now, and behind what is in one."""
    before = aliased(DeliveryRow)
    behind = _behind(way, before, or_(before.letter.is_not(None), _holds_up(before, now)))
    fresh = _due(way, now).where(DeliveryRow.letter.is_(None), ~behind, _has_room(way, now))
    return fresh.where(~_on_its_way(way)) if way in GROUPS else fresh


def _due(way: Way, now: datetime) -> Select[DeliveryRow]:
    """What waits for no time, oldest first."""
    of_way = select(DeliveryRow).where(DeliveryRow.channel == way, DeliveryRow.state.in_(PENDING))
    due = of_way.where(~_waits(DeliveryRow, now))
    return due.order_by(DeliveryRow.created_at, DeliveryRow.message)


def _holds_up(row: type[DeliveryRow], now: datetime) -> ColumnElement[bool]:
    """Whether it failed and waits. What waits for its first time, as the policy would have it, holds up nothing."""
    return and_(row.tried_since.is_not(None), _waits(row, now))


def _waits(row: type[DeliveryRow], now: datetime) -> ColumnElement[bool]:
    """Whether its time has not come; by a clock that has gone back since nothing waits."""
    return and_(row.next_at > now, row.as_of <= now + SKEW)


def _behind(way: Way, before: type[DeliveryRow], holds_up: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether an earlier message of the same ticket to the same reader holds a message up."""
    earlier = select(before.message).where(before.channel == way, before.state.in_(PENDING), holds_up)
    if way not in GROUPS:
        earlier = earlier.where(before.recipient == DeliveryRow.recipient)
    of_ticket = earlier.where(before.ticket == DeliveryRow.ticket)
    return of_ticket.where(before.created_at < DeliveryRow.created_at).exists()


def _on_its_way(way: Way) -> ColumnElement[bool]:
    """Whether another message of its entry is. One that need not leave after all does not stand for the rest."""
    other = aliased(DeliveryRow)
    made = select(other.message).where(other.channel == way, other.state.in_(PENDING), other.letter.is_not(None))
    return made.where(other.ticket == DeliveryRow.ticket, other.entry == DeliveryRow.entry).exists()


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
    return and_(DeliveryRow.channel == way, or_(left, and_(_MADE, _takes_room(way, now))))


def _takes_room(way: Way, now: datetime) -> ColumnElement[bool]:
    """Whether a letter that was made is one of those that its reader gets now.

    A telephone gets one at a time: one that its gateway alone has put off would keep it from ringing for anything else.
    """
    if way not in ON_THE_PHONE:
        return true()
    is_down = exists().where(ChannelRow.name == way, ChannelRow.failing_since.is_not(None))
    return or_(~_waits(DeliveryRow, now), is_down)


def _has_room(way: Way, now: datetime) -> ColumnElement[bool]:
    """Whether the reader has not had as many letters as anybody reads, and not as many wait for them."""
    count = func.count(distinct(DeliveryRow.letter))
    if way in GROUPS:
        return select(count).where(_lately(way, now)).correlate(None).scalar_subquery() < REACH[way].most
    readers = select(DeliveryRow.recipient).group_by(DeliveryRow.recipient)
    has_had = readers.where(_lately(way, now)).having(count >= REACH[way].most)
    gets = readers.where(DeliveryRow.channel == way, _MADE).having(count >= max(MOST, REACH[way].most))
    return and_(DeliveryRow.recipient.not_in(has_had), DeliveryRow.recipient.not_in(gets))


def _by_reader(rows: Sequence[DeliveryRow], way: Way) -> Iterator[list[DeliveryRow]]:
    """Whoever has waited longest comes first."""
    theirs: dict[str, list[DeliveryRow]] = defaultdict(list)
    for row in rows:
        theirs[way if way in GROUPS else row.recipient].append(row)
    yield from theirs.values()


def _letters(session: Session, rows: list[DeliveryRow], way: Way, now: datetime) -> list[Letter]:
    """What leaves for a reader. What need not leave any more is put aside, and why; what cannot be read is dead."""
    leaving: dict[str, Words] = {}
    name = address = ""
    needs = Needs.of(session, rows, way, now)
    for recipient in dict.fromkeys(row.recipient for row in rows):
        its = [row for row in rows if row.recipient == recipient]
        try:
            person = session.get_one(PersonRow, recipient)
        except LookupError:  # a role, say, that this version does not know
            for row in its:
                row.state, row.said = Delivered.DEAD, UNREADABLE
            continue
        there, ids = _address(session, person, way), [row.message for row in its]
        messages = words_of(session, person.actor, ids, group=way in GROUPS) if there else {}
        leaving |= {row.message: words for row in its if (words := needs.words(row, messages, person.role))}
        name, address = person.name, there or address
    left = [row for row in rows if row.message in leaving]
    if way in GROUPS:
        left = list(once_an_entry(session, left, way))
    alone = {id_ for id_, words in leaving.items() if words.link is not None}
    made: list[Letter] = []
    for id_, its in _sorted(left, way, _count(session, rows[0].recipient, way, now), now, alone):
        letter = Letter(id_, way, name, address, tuple(leaving[row.message] for row in its), its[0].attempts)
        made += [letter] if alone.isdisjoint({its[0].message}) else _with_link(session, its[0], letter, now)
    return made


def _with_link(session: Session, row: DeliveryRow, letter: Letter, now: datetime) -> Iterator[Letter]:
    """What opens its link is made now, and each time anew: as a letter of its own, for the one before opens nothing."""
    (words,) = letter.messages
    token = opened(session, str(words.link), now)
    if token is None:
        row.state, row.said = Delivered.NEEDLESS, _LINK_OVER
        return
    row.letter = _digest((row.message, str(row.attempts)))
    yield replace(letter, id=row.letter, messages=(replace(words, opens=path_of(token)),))


def _count(session: Session, recipient: str, way: Way, now: datetime) -> int:
    """How many letters have left for a reader lately, or will."""
    asked = select(func.count(distinct(DeliveryRow.letter))).where(_lately(way, now))
    return session.scalar(asked if way in GROUPS else asked.where(DeliveryRow.recipient == recipient)) or 0


def _sorted(
    rows: Sequence[DeliveryRow], way: Way, lately: int, now: datetime, alone: Collection[str]
) -> Iterator[tuple[str, list[DeliveryRow]]]:
    """Letter by letter: those that were made before as they were, then what is new. Each is the sender's from now.

    Letters are sent side by side, so one that speaks of a ticket waits until those before it that do have left.

    Args:
        alone: messages that leave each in a letter of its own, and first: somebody waits for them on the telephone.
    """
    made: dict[str, list[DeliveryRow]] = defaultdict(list)
    for row in rows:
        if row.letter is not None:
            made[row.letter].append(row)
    new = {row.message: row for row in rows if row.letter is None}
    own, rest = ([id_ for id_ in new if (id_ in alone) is is_own] for is_own in (True, False))
    for ids in [*((id_,) for id_ in own), *letters(rest, lately + len(own), REACH[way].most)]:
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
