"""Outcomes: what became of a letter that a sender had."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, or_, select, update
from sqlalchemy.orm import aliased

from domain.audience.reaching import GROUPS, PERSONAL
from store.approvals.travelling import tell_refused
from store.deliveries.claiming import Letter
from store.models import PENDING, ChannelRow, Delivered, DeliveryRow, Way

#: So long a message is tried to be sent; then it is dead, and somebody sees to it.
TRIED_FOR = timedelta(hours=24)
_LONGEST = 300


def sent(engine: Engine, letter: Letter, said: str, now: datetime) -> None:
    """It has left, and whoever took it said this. Nothing fails about its channel."""
    with engine.begin() as connection:
        values = {"state": Delivered.SENT, "sent_at": now, "said": _said(said)}
        connection.execute(update(DeliveryRow).where(_its(letter)).values(values))
        well = update(ChannelRow).where(ChannelRow.name == letter.way, ChannelRow.failing_since.is_not(None))
        connection.execute(well.values(failing_since=None, failure=None))


def delayed(engine: Engine, letter: Letter, said: str, now: datetime, again_at: datetime) -> None:
    """It did not leave this time; its messages that were tried for too long are dead."""
    with engine.begin() as connection:
        values = {"state": Delivered.WAITING, "next_at": again_at, "as_of": now, "said": _said(said)}
        connection.execute(update(DeliveryRow).where(_its(letter)).values(values))
        over = update(DeliveryRow).where(_its(letter), DeliveryRow.tried_since <= now - TRIED_FOR)
        connection.execute(over.values(state=Delivered.DEAD))


def refused(engine: Engine, letter: Letter, said: str, now: datetime) -> None:
    """Nobody will take it, however often it is tried. What waited for that leaves at once by its other channels."""
    with engine.begin() as connection:
        values = {"state": Delivered.DEAD, "said": _said(said)}
        connection.execute(update(DeliveryRow).where(_its(letter)).values(values))
        at_once = update(DeliveryRow).where(DeliveryRow.next_at > now, _without_hope(letter))
        connection.execute(at_once.values(next_at=now, as_of=now))
        for link in filter(None, (each.link for each in letter.messages)):
            tell_refused(connection, link, now)


def _without_hope(letter: Letter) -> ColumnElement[bool]:
    """Of its messages what leaves only if no other channel delivers, where none will any more.

    A group may be told for whoever is not reached, and delivers to nobody.
    """
    first = aliased(DeliveryRow)
    hope = select(first.message).where(first.message == DeliveryRow.message, ~first.instead)
    hope = hope.where(first.state.in_((*PENDING, Delivered.SENT)))
    hope = hope.where(or_(first.channel.in_(PERSONAL), DeliveryRow.channel.in_(GROUPS)))
    its = DeliveryRow.message.in_([each.id for each in letter.messages])
    waits = and_(DeliveryRow.instead, DeliveryRow.state == Delivered.WAITING, DeliveryRow.tried_since.is_(None))
    return and_(its, waits, ~hope.exists())


def failing(engine: Engine, way: Way, said: str, now: datetime) -> None:
    """Nothing leaves by this channel, since when it was first said."""
    with engine.begin() as connection:
        row = update(ChannelRow).where(ChannelRow.name == way)
        connection.execute(row.values(failure=_said(said)))
        connection.execute(row.where(ChannelRow.failing_since.is_(None)).values(failing_since=now))


def _said(words: str) -> str:
    """As a database takes it, whatever a server has said."""
    return words.replace("\0", " ")[:_LONGEST]


def _its(letter: Letter) -> ColumnElement[bool]:
    """What of it is not over: another sender may have had it meanwhile."""
    still = DeliveryRow.state.in_(PENDING)
    return and_(DeliveryRow.letter == letter.id, DeliveryRow.channel == letter.way, still)
