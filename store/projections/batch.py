"""One batch, one transaction: however often and in whatever order batches arrive, each entry counts once."""

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, select

from domain.read_model import Batch, standing
from domain.ticket.timeline import Entry
from store.models import TicketRow
from store.projections.entries import add_entries
from store.projections.feed import tell
from store.projections.notifications import add_notifications
from store.projections.obligations import put_obligations
from store.projections.tickets import add_ticket, put_standing


class SequenceGapError(Exception):
    """A batch that starts behind entries which never arrived."""

    def __init__(self, batch: Batch, current: int) -> None:
        super().__init__(f"{batch.number}: entries {current + 1} to {batch.after_seq} are missing")


def project(engine: Engine, batch: Batch) -> int:
    """Bring the read model up to the batch; answer the entry that it stands at.

    A batch that is known already, or has no entry, changes nothing.

    Raises:
        SequenceGapError: when entries before the batch are missing.
    """
    with engine.begin() as connection:
        current = hold(connection, batch.number)
        new = write(connection, batch, current)
        if new and not batch.drill:
            add_notifications(connection, standing(batch.number, batch.summary), new, datetime.now(UTC))
        if new:
            tell(connection, batch.number, new)
        return max(current, batch.seq)


def write(connection: Connection, batch: Batch, current: int) -> tuple[Entry, ...]:
    """Bring the ticket's rows from its current entry up to the batch, and tell nobody; answer the entries added.

    Raises:
        SequenceGapError: when entries before the batch are missing.
    """
    if batch.after_seq > current:
        raise SequenceGapError(batch, current)
    if batch.seq <= current:
        return ()
    add_ticket(connection, batch)
    new = tuple(entry for entry in batch.entries if entry.seq > current)
    add_entries(connection, batch.number, new)
    put_obligations(connection, batch)
    put_standing(connection, batch)
    return new


def hold(connection: Connection, number: str) -> int:
    """The entry that the ticket stands at; until the transaction's end nobody else projects it."""
    connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(number, 0))))
    seq = connection.scalar(select(TicketRow.seq).where(TicketRow.number == number))
    return seq or 0
