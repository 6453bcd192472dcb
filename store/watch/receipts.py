"""Receipts: whoever was told that we have their report is not forgotten, whatever becomes of its workflow."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from store.models import ReceiptRow, TicketRow
from store.watch.beats import PATIENCE_S

#: What a receipt has of the report, in the words of the ticket's own row.
_SAID = ("number", "title", "description", "customer_name", "contact_name", "contact_phone", "opener_id", "accepted_at")
#: Whom it is about and what they said, of which nobody needs this copy once the report was taken anew.
_PERSONAL = ("title", "description", "contact_name", "contact_phone")
_IS_THERE = exists().where(TicketRow.number == ReceiptRow.number)


def acknowledge(engine: Engine, report: TicketRow) -> None:
    """Note that somebody is told that we have this report, of which the read model has nothing yet."""
    statement = insert(ReceiptRow).values({name: getattr(report, name) for name in _SAID})
    with engine.begin() as connection:
        connection.execute(statement.on_conflict_do_nothing())


def awaited(engine: Engine) -> dict[str, str]:
    """The reports of more than a minute of which the read model has nothing; who took each, and when.

    The receipts of the others have done their work and go.
    """
    since = func.clock_timestamp() - func.make_interval(0, 0, 0, 0, 0, 0, PATIENCE_S)
    asked = select(ReceiptRow.number, ReceiptRow.accepted_at, ReceiptRow.opener_id)
    with engine.begin() as connection:
        connection.execute(delete(ReceiptRow).where(_IS_THERE))
        rows = connection.execute(asked.where(ReceiptRow.settled_at.is_(None), ReceiptRow.accepted_at < since)).all()
    return {row.number: f"{row.accepted_at:%Y-%m-%d %H:%M} UTC, {row.opener_id}" for row in rows}


def receipts(engine: Engine, numbers: Collection[str]) -> list[ReceiptRow]:
    """Those of these reports that nobody has seen to, oldest first."""
    asked = select(ReceiptRow).where(ReceiptRow.number.in_(numbers), ReceiptRow.settled_at.is_(None))
    with Session(engine) as session:
        return list(session.scalars(asked.order_by(ReceiptRow.accepted_at, ReceiptRow.number)))


def settle(engine: Engine, numbers: Collection[str], now: datetime) -> int:
    """Note that somebody has seen to these, and keep nothing of what they say; answer how many there were."""
    with engine.begin() as connection:
        these = update(ReceiptRow).where(ReceiptRow.number.in_(numbers), ReceiptRow.settled_at.is_(None))
        return connection.execute(these.values(settled_at=now, **dict.fromkeys(_PERSONAL, ""))).rowcount
