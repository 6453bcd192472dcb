"""The obligations' rows, and which of them falls due first."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.record import Batch, ObligationView, State
from domain.stages import Stage
from store.models import ObligationRow, TicketRow

_KEY = {"ticket", "key"}


def put_obligations(connection: Connection, batch: Batch) -> None:
    """Write the obligations that changed."""
    if not batch.obligations:
        return
    rows = [_row(batch.number, obligation) for obligation in batch.obligations]
    statement = insert(ObligationRow)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in _KEY}
    connection.execute(statement.on_conflict_do_update(index_elements=sorted(_KEY), set_=changed), rows)


def _row(number: str, obligation: ObligationView) -> dict[str, Any]:
    return asdict(obligation) | {"ticket": number}


def put_next_due(connection: Connection, number: str) -> None:
    """Note on the ticket which open promise falls, or fell, due first; a closed one owes no work."""
    first = (
        select(ObligationRow.key, ObligationRow.due_at)
        .where(ObligationRow.ticket == number, ObligationRow.due_at.is_not(None))
        .where(
            or_(
                ObligationRow.state == State.RUNNING,
                and_(ObligationRow.state == State.BREACHED, ObligationRow.met_at.is_(None)),
            )
        )
        .order_by(ObligationRow.due_at, ObligationRow.position)
        .limit(1)
    )
    key, due_at = connection.execute(first).one_or_none() or (None, None)
    owes = TicketRow.stage != Stage.CLOSED
    ticket = update(TicketRow).where(TicketRow.number == number)
    connection.execute(ticket.where(owes).values(next_due_key=key, next_due_at=due_at))
    connection.execute(ticket.where(~owes).values(next_due_key=None, next_due_at=None))
