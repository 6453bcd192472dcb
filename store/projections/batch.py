"""One batch, one transaction: however often and in whatever order batches arrive, each entry counts once."""

from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection, Engine, bindparam, func, select

from domain.read_model import Batch, standing
from domain.ticket.timeline import Entry
from store.access.links import tell_of_links_asked_anew
from store.models import TicketRow
from store.models.base import table_of
from store.projections.careful import Written, keep, write_carefully
from store.projections.careful_messages import tell_carefully
from store.projections.cleaning import LIMITS, cleaned
from store.projections.entries import add_entries
from store.projections.feed import tell
from store.projections.notifications import add_notifications
from store.projections.obligations import put_obligations
from store.projections.refused import SequenceGapError, is_for_the_data, why
from store.projections.tickets import add_ticket, hear_what_changed, put_standing

log = structlog.get_logger()

# The statements of the projection are made once: to make one anew costs several times what the database needs for it.
_TICKET = table_of(TicketRow)
_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("number"), 0)))
_SEQ = select(_TICKET.c.seq).where(_TICKET.c.number == bindparam("number"))


def project(engine: Engine, batch: Batch, *, over_gaps: bool = False) -> int:
    """Bring the read model up to the batch; answer the entry that it stands at.

    A batch that is known already, or has no entry, changes nothing. Of a batch that the database refuses for its data,
    all else is written, and what is refused is set aside.

    Args:
        over_gaps: entries before the batch that are missing are set aside, too.

    Raises:
        SequenceGapError: when entries before the batch are missing.
    """
    try:
        return _project(engine, batch)
    except SequenceGapError:
        if not over_gaps:
            raise
    except Exception as error:
        if not is_for_the_data(error):
            raise
        log.error("a batch that is refused", ticket=batch.number, seq=batch.seq, why=why(error))  # noqa: TRY400  # it quotes the data
    return _project_carefully(engine, batch, over_gaps=over_gaps)


def write(connection: Connection, batch: Batch, current: int) -> tuple[Entry, ...]:
    """Bring the ticket's rows from its current entry up to the batch, and tell nobody; answer the entries added.

    Raises:
        SequenceGapError: when entries before the batch are missing.
    """
    if batch.after_seq > current:
        raise SequenceGapError(batch.number, current + 1, batch.after_seq)
    if batch.seq <= current:
        return ()
    add_ticket(connection, batch)
    new = tuple(entry for entry in batch.entries if entry.seq > current)
    add_entries(connection, batch.number, new)
    put_obligations(connection, batch)
    put_standing(connection, batch)
    return new


def write_in_any_case(connection: Connection, batch: Batch, current: int) -> None:
    """The same; what is refused is set aside as it was the first time, and not kept again."""
    try:
        with connection.begin_nested():
            write(connection, batch, current)
    except Exception as error:
        if not is_for_the_data(error):
            raise
        write_carefully(connection, batch, current)


def hold(connection: Connection, number: str) -> int:
    """The entry that the ticket stands at; until the transaction's end nobody else projects it."""
    whose = {"number": number}
    connection.execute(_LOCK, whose)
    return connection.scalar(_SEQ, whose) or 0


def _project(engine: Engine, batch: Batch) -> int:
    with engine.begin() as connection:
        current = hold(connection, batch.number)
        new = write(connection, batch, current)
        if new and not batch.drill:
            add_notifications(connection, standing(batch.number, batch.summary), new, datetime.now(UTC))
            tell_of_links_asked_anew(connection, batch.number, new)
        if new:
            hear_what_changed(connection, batch, new)
            tell(connection, batch.number, new)
        return max(current, batch.seq)


def _project_carefully(engine: Engine, batch: Batch, *, over_gaps: bool) -> int:
    now = datetime.now(UTC)
    with engine.begin() as connection:
        current = hold(connection, batch.number)
        written = write_carefully(connection, batch, current, over_gaps=over_gaps)
        if written.entries and not batch.drill:
            told = tell_carefully(connection, batch, written, now)
            written = Written(written.entries, (*written.aside, *told))
        if written.entries:
            hear_what_changed(connection, batch, written.entries)
            tell(connection, batch.number, cleaned(written.entries, LIMITS[0]))
        keep(connection, batch.number, written.aside, now)
        return max(current, batch.seq)
