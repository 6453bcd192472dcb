"""What the database refused: shown to an operator, and settled by them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from store.models import SetAsideRow


def set_aside(engine: Engine) -> list[SetAsideRow]:
    """All that is not settled, oldest first."""
    with Session(engine) as session:
        asked = select(SetAsideRow).where(SetAsideRow.settled_at.is_(None)).order_by(SetAsideRow.id)
        return list(session.scalars(asked))


def settle(engine: Engine, ids: Collection[int], now: datetime) -> int:
    """Note that somebody has seen to these; answer how many there were."""
    with engine.begin() as connection:
        these = update(SetAsideRow).where(SetAsideRow.id.in_(ids), SetAsideRow.settled_at.is_(None))
        return connection.execute(these.values(settled_at=now)).rowcount
