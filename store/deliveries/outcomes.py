"""Outcomes: what became of a letter that a sender had."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, update

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


def refused(engine: Engine, letter: Letter, said: str) -> None:
    """Nobody will take it, however often it is tried."""
    with engine.begin() as connection:
        values = {"state": Delivered.DEAD, "said": _said(said)}
        connection.execute(update(DeliveryRow).where(_its(letter)).values(values))


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
