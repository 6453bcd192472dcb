"""The obligations' rows, and which of them falls due first."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.contract.clauses import Kind
from domain.read_model import Batch, ObligationView
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from store.models import ObligationRow

_KEY = {"ticket", "key"}

#: What is owed when the fault is gone.
_OUTLIVE_THE_WORK = (Kind.REPORT, Kind.SURVEY)


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


def next_due(batch: Batch) -> dict[str, Any]:
    """Columns of the ticket: which open promise falls, or fell, due first, once the obligations are written."""
    promises = (
        select(ObligationRow)
        .where(ObligationRow.ticket == batch.number, ObligationRow.due_at.is_not(None), _is_open(batch.summary.stage))
        .order_by(ObligationRow.due_at, ObligationRow.position)
        .limit(1)
    )
    columns = {"next_due_key": ObligationRow.key, "next_due_at": ObligationRow.due_at}
    return {name: promises.with_only_columns(column).scalar_subquery() for name, column in columns.items()}


def _is_open(stage: Stage) -> ColumnElement[bool]:
    """Whether a promise can still be acted on; of a broken one that depends on whether the work goes on."""
    broken = and_(ObligationRow.state == State.BREACHED, ObligationRow.met_at.is_(None))
    if not stage.is_work:
        broken = and_(broken, ObligationRow.kind.in_(_OUTLIVE_THE_WORK))
    return or_(ObligationRow.state == State.RUNNING, broken)
