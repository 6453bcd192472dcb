"""The obligations' rows, and which of them falls due first."""

from dataclasses import fields
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, ScalarSelect, and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from domain.read_model import Batch, ObligationView
from domain.ticket.obligations import OUTLIVE_THE_WORK, State
from store.models import ObligationRow
from store.models.base import table_of

_KEY = {"ticket", "key"}
_SAID = tuple(each.name for each in fields(ObligationView))
_TABLE = table_of(ObligationRow)
_IN = insert(_TABLE)
_PUT = _IN.on_conflict_do_update(
    index_elements=sorted(_KEY),
    set_={column.name: _IN.excluded[column.name] for column in _TABLE.columns if column.name not in _KEY},
)


def put_obligations(connection: Connection, batch: Batch) -> None:
    """Write the obligations that changed."""
    if not batch.obligations:
        return
    connection.execute(_PUT, [_row(batch.number, obligation) for obligation in batch.obligations])


def _row(number: str, obligation: ObligationView) -> dict[str, Any]:
    return {name: getattr(obligation, name) for name in _SAID} | {"ticket": number}


def next_due(number: BindParameter[str], *, is_work: bool) -> dict[str, Any]:
    """Columns of a ticket: which open promise falls, or fell, due first, once the obligations are written.

    Args:
        is_work: whether its stage is one of work.
    """
    promises = (
        select(_TABLE)
        .where(_TABLE.c.ticket == number, _TABLE.c.due_at.is_not(None), _is_open(is_work=is_work))
        .order_by(_TABLE.c.due_at, _TABLE.c.position)
        .limit(1)
    )
    columns = {"next_due_key": _TABLE.c.key, "next_due_at": _TABLE.c.due_at}
    return {name: promises.with_only_columns(column).scalar_subquery() for name, column in columns.items()}


def broken(number: BindParameter[str]) -> ScalarSelect[int]:
    """How many promises of a ticket were broken, whether or not they were kept later."""
    return select(func.count()).where(_TABLE.c.ticket == number, _TABLE.c.state == State.BREACHED).scalar_subquery()


def _is_open(*, is_work: bool) -> ColumnElement[bool]:
    """The SQL of ``domain.ticket.obligations.is_open``, without those that stand still."""
    broken = and_(_TABLE.c.state == State.BREACHED, _TABLE.c.met_at.is_(None))
    if not is_work:
        broken = and_(broken, _TABLE.c.kind.in_(OUTLIVE_THE_WORK))
    return or_(_TABLE.c.state == State.RUNNING, broken)
