"""The read model, rebuilt from the histories and held against the living one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Engine, Select, Table, column, func, insert, select, text
from sqlalchemy import table as named_table

from chaos.histories import History
from domain.read_model import Batch
from store.models import (
    CustomerRow,
    EntryRow,
    NotificationRow,
    ObligationRow,
    OrganisationRow,
    PersonRow,
    ShiftRow,
    TicketRow,
)
from store.models.base import Base
from store.projections import project

LIVE, REBUILT = "chaos_live", "chaos_rebuilt"

#: What is told may take this long to be written.
GRACE = timedelta(seconds=10)

#: What no ticket tells: what became of its messages, and which transaction wrote a row.
_NOT_TOLD = {"read_at", "routed_at", "changed_in"}
#: What says of a row that differs which one it is.
_TELLING = ("ticket", "seq", "happening", "recipient")
_TABLES: tuple[Table, ...] = tuple(
    Base.metadata.tables[model.__tablename__] for model in (TicketRow, EntryRow, ObligationRow, NotificationRow)
)
#: Who is told depends on who there is, and on who is on duty: the same people all the time of a run.
_REGISTRY = tuple(
    Base.metadata.tables[row.__tablename__] for row in (OrganisationRow, CustomerRow, PersonRow, ShiftRow)
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The living tables at one instant, kept in a schema of their own.

    Attributes:
        stood: by number, the entry that each ticket stood at.
    """

    at: datetime
    stood: dict[str, int]


def snapshot(engine: Engine) -> Snapshot:
    """Copy the living tables, all as of the same instant."""
    at = datetime.now(UTC)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        _fresh_schema(connection, LIVE)
        for table in _TABLES:
            connection.execute(text(f"CREATE TABLE {LIVE}.{table.name} AS TABLE {table.name}"))
        stood = connection.execute(select(TicketRow.number, TicketRow.seq))
        return Snapshot(at, {row.number: row.seq for row in stood})


def differences(
    engine: Engine, snapshot: Snapshot, histories: Iterable[History], before: Collection[str] = ()
) -> list[str]:
    """Every row that the living tables or the rebuilt ones have and the other side does not.

    ``before``: tickets that stood before the run; their messages were made under another roster.
    """
    _rebuild(engine, [batch for history in histories for batch in due_by(snapshot, history)])
    with engine.connect() as connection:
        return [line for table in _TABLES for line in _compared(connection, table, before)]


def due_by(snapshot: Snapshot, history: History) -> list[Batch]:
    """What the living tables have of a ticket, and what they should have."""
    stood = snapshot.stood.get(history.number, 0)
    return [told.batch for told in history.told if told.batch.seq <= stood or told.at < snapshot.at - GRACE]


def _rebuild(engine: Engine, batches: list[Batch]) -> None:
    rebuilt = engine.execution_options(schema_translate_map={None: REBUILT})
    with rebuilt.begin() as connection:
        _fresh_schema(connection, REBUILT)
        Base.metadata.create_all(connection)
        for table in _REGISTRY:
            known = _rows("public", table, list(table.columns))
            connection.execute(insert(table).from_select(table.columns.keys(), known))
    for batch in batches:
        project(rebuilt, batch)


def _fresh_schema(connection: Connection, name: str) -> None:
    connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
    connection.execute(text(f"CREATE SCHEMA {name}"))


def _compared(connection: Connection, table: Table, before: Collection[str]) -> list[str]:
    columns = [each for each in table.columns if each.name not in _NOT_TOLD]
    sides = {LIVE: _rows(LIVE, table, columns), REBUILT: _rows(REBUILT, table, columns)}
    if table.name == NotificationRow.__tablename__:
        # What the watchdog tells is in no history.
        sides = {
            side: rows.where(rows.selected_columns.ticket.not_in(before), rows.selected_columns.seq.is_not(None))
            for side, rows in sides.items()
        }
    found = []
    for schema, other in ((LIVE, REBUILT), (REBUILT, LIVE)):
        only = sides[schema].except_(sides[other]).subquery()
        keys = [only.c[key.name] for key in table.primary_key]
        keys += [only.c[name] for name in _TELLING if name in only.c and only.c[name] not in keys]
        rows = connection.execute(select(func.concat_ws(" ", *keys)))
        found += [f"only in {schema}: {table.name} {key}" for (key,) in rows]
    return found


def _rows(schema: str, table: Table, columns: list[Column[Any]]) -> Select[Any]:
    copy = named_table(table.name, *(column(each.name, each.type) for each in columns), schema=schema)
    return select(*copy.columns)
