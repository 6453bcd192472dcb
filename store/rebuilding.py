"""Rebuilding: a ticket's rows written anew from its history, compared with those that are there, and put in place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from domain.read_model import Batch
from store.erasing import erased_of, wipe
from store.models import Base, EntryRow, ObligationRow, TicketRow
from store.models.base import table_of
from store.projections.batch import hold, write_in_any_case

_SCRATCH = "rebuild"
_HERE = {None: _SCRATCH}
_TABLES: tuple[Table, ...] = tuple(map(table_of, (TicketRow, EntryRow, ObligationRow)))
#: When a row was written says nothing of what it holds.
_LEFT_OUT = frozenset({"changed_in"})


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of one ticket.

    Attributes:
        differences: rows that are there and should not be, or should be and are not.
        ahead: entries of the read model that the given history does not have yet.
        behind: entries of the history that the read model has not been told yet.
    """

    differences: int
    ahead: int = 0
    behind: int = 0


@contextmanager
def scratch(engine: Engine) -> Iterator[Engine]:
    """Empty tables beside the real ones, dropped afterwards."""
    aside = engine.execution_options(schema_translate_map=_HERE)
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {_SCRATCH} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {_SCRATCH}"))
    Base.metadata.create_all(aside, list(_TABLES))
    try:
        yield aside
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {_SCRATCH} CASCADE"))


def rebuild(
    engine: Engine, aside: Engine, number: str, batches: Iterable[Batch], *, repair: bool, final: bool = False
) -> Rebuilt:
    """Write the ticket anew beside its rows and compare; with ``repair`` what differs is put in place.

    While history and read model stand at different entries one of them is about to follow, and nothing is compared
    unless this is the ``final`` try. What was erased is not brought back.
    """
    seq = 0
    with engine.connect() as connection:
        is_erased = erased_of(connection, number)
    with aside.begin() as connection:
        for batch in sorted(batches, key=lambda batch: batch.after_seq):
            write_in_any_case(connection, batch, seq)
            seq = max(seq, batch.seq)
        if is_erased and seq:
            wipe(connection, number)
    with engine.begin() as connection:
        current = hold(connection, number)
        if current != seq and not final:
            return Rebuilt(0, ahead=max(0, current - seq), behind=max(0, seq - current))
        differences = sum(_differences(connection, table, number) for table in _TABLES)
        if differences and repair:
            _put_in_place(connection, number)
    return Rebuilt(differences)


def _key(table: Table) -> str:
    return "number" if table.name == TicketRow.__tablename__ else "ticket"


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name not in _LEFT_OUT]


def _differences(connection: Connection, table: Table, number: str) -> int:
    """Rows of the ticket that stand in one of the two tables only."""
    anew = table.to_metadata(Base.metadata.__class__(), schema=_SCRATCH)
    ours, theirs = (
        select(*(side.c[name] for name in _columns(table))).where(side.c[_key(table)] == number)
        for side in (table, anew)
    )
    missing, extra = theirs.except_(ours).subquery(), ours.except_(theirs).subquery()
    counted = (connection.scalar(select(func.count()).select_from(side)) for side in (missing, extra))
    return sum(count or 0 for count in counted)


def _put_in_place(connection: Connection, number: str) -> None:
    """The rows written anew take the place of the others; the ticket's own is kept, for others refer to it."""
    for table in _TABLES[1:]:
        connection.execute(delete(table).where(table.c[_key(table)] == number))
    for table in _TABLES:
        anew = table.to_metadata(Base.metadata.__class__(), schema=_SCRATCH)
        names = [column.name for column in table.columns]
        rows = select(*(anew.c[name] for name in names)).where(anew.c[_key(table)] == number)
        statement = insert(table).from_select(names, rows)
        changed = {name: statement.excluded[name] for name in _columns(table) if name != _key(table)}
        if table.name == TicketRow.__tablename__:
            connection.execute(statement.on_conflict_do_update(index_elements=[_key(table)], set_=changed))
        else:
            connection.execute(statement)
