"""How deliveries stand: what an operator asks of each channel, what is dead, and sending that again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, and_, case, func, or_, select, update
from sqlalchemy.orm import Session

from domain.audience.reaching import PERSONAL, ways_to
from domain.matters.calls import ANSWERING
from domain.people.actors import Role
from store.deliveries.addresses import COLUMNS, addresses
from store.models import PENDING, ChannelRow, Delivered, DeliveryRow, PersonRow, Way

#: So long a message may wait before its channel is in trouble.
LATE = timedelta(minutes=10)
_A_DAY = timedelta(days=1)
_LISTED = 500
#: Whom the ladder of a call reaches, and the clock of a mail.
_CALLED = ANSWERING | {Role.COMMERCIAL}


@dataclass(frozen=True, slots=True)
class Standing:
    """One channel.

    Attributes:
        waiting: messages that have not left yet, and since when the oldest of them could.
        sent: messages that have left within a day.
        dead: messages that will not leave by themselves.
    """

    way: Way
    since: datetime
    failing_since: datetime | None
    failure: str | None
    waiting: int
    oldest: datetime | None
    sent: int
    dead: int


def standing(engine: Engine, now: datetime) -> list[Standing]:
    """Each channel that the installation has or had."""
    # What waits for its first time, as the policy would have it, is not late before that.
    could_leave = case((DeliveryRow.tried_since.is_(None), DeliveryRow.next_at), else_=DeliveryRow.created_at)
    pending, is_dead = DeliveryRow.state.in_(PENDING), DeliveryRow.state == Delivered.DEAD
    lately = and_(DeliveryRow.state == Delivered.SENT, DeliveryRow.sent_at > now - _A_DAY)
    asked = (
        select(
            ChannelRow.name,
            ChannelRow.since,
            ChannelRow.failing_since,
            ChannelRow.failure,
            func.count().filter(pending),
            func.min(could_leave).filter(pending),
            func.count().filter(lately),
            func.count().filter(is_dead),
        )
        .outerjoin(DeliveryRow, and_(DeliveryRow.channel == ChannelRow.name, or_(pending, is_dead, lately)))
        .where(ChannelRow.name.in_(list(Way)))  # a later version may have had others
        .group_by(ChannelRow.name)
        .order_by(ChannelRow.name)
    )
    with engine.connect() as connection:
        return [Standing(*row) for row in connection.execute(asked)]


def troubled(engine: Engine, now: datetime) -> dict[str, str]:
    """The channels by which something does not reach people, and what: in words without a name or an address."""
    found: dict[str, str] = {}
    for each in standing(engine, now):
        late = each.oldest is not None and each.oldest < now - LATE
        dead, waiting = f"{each.dead} dead" if each.dead else "", f"{each.waiting} waiting" if late else ""
        if dead or waiting:
            found[each.way] = ", ".join(filter(None, (dead, waiting)))
    return found


@dataclass(frozen=True, slots=True)
class Unreached:
    """Those of ours who answer for tickets, and would not hear that they are to.

    Attributes:
        by_none: no channel reaches them.
        by_telephone: nor could a machine dial their number, where there is a channel that calls people.
    """

    by_none: tuple[str, ...]
    by_telephone: tuple[str, ...]


def unreached(engine: Engine, ways: Collection[Way]) -> Unreached:
    """Whom of ours these channels do not reach at night, by the names that they sign in with."""
    asked = select(PersonRow.id, *COLUMNS).where(PersonRow.role.in_(_CALLED), PersonRow.active)
    with engine.connect() as connection:
        known = {row.id: addresses(row) for row in connection.execute(asked.order_by(PersonRow.id))}
    own = [way for way in ways if way in PERSONAL]
    reached = {id_: set(ways_to(own, each, called=True, of_group=False)) for id_, each in known.items()}
    by_none = tuple(id_ for id_, found in reached.items() if not found)
    silent = (id_ for id_, found in reached.items() if Way.VOICE in own and Way.VOICE not in found)
    return Unreached(by_none, tuple(id_ for id_ in silent if id_ not in by_none))


def dead(engine: Engine) -> Sequence[DeliveryRow]:
    """Messages that will not leave by themselves, oldest first; some hundreds at most."""
    asked = select(DeliveryRow).where(DeliveryRow.state == Delivered.DEAD, DeliveryRow.channel.in_(list(Way)))
    with Session(engine) as session:
        return session.scalars(asked.order_by(DeliveryRow.created_at, DeliveryRow.message).limit(_LISTED)).all()


def again(engine: Engine, messages: Collection[str] | None, now: datetime) -> int:
    """Have these tried anew, all that are dead without any named; how many. Each leaves in a letter of its own time."""
    these = update(DeliveryRow).where(DeliveryRow.state == Delivered.DEAD)
    if messages is not None:
        these = these.where(DeliveryRow.message.in_(messages))
    with engine.begin() as connection:
        anew = these.values(state=Delivered.WAITING, letter=None, attempts=0, tried_since=None)
        return connection.execute(anew.values(next_at=now, as_of=now)).rowcount
