"""What people and customers are found by, folded as a search is; no part of the registry's record."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from store.searching import searched_of

revision = "0052"
down_revision = "0051"

#: Table by table: what a row is found by, and what of it is secret on the record.
TABLES = (("person", ("id", "name", "phone", "email"), "password_hash"), ("customer", ("id", "name"), ""))
#: So many rows are folded at once.
BATCH = 1000


def upgrade() -> None:
    for table, found_by, secret in TABLES:
        op.execute(
            f"CREATE OR REPLACE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION note_change('id', 'id', '{secret}', 'searched,searched_pairs')"
        )
        op.add_column(table, sa.Column("searched", sa.Text(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("searched_pairs", ARRAY(sa.Text()), nullable=False, server_default="{}"))
        _fill(table, found_by)
        op.alter_column(table, "searched", server_default=None)
        op.alter_column(table, "searched_pairs", server_default=None)
        op.create_index(f"ix_{table}_searched_pairs", table, ["searched_pairs"], postgresql_using="gin")


def _fill(name: str, found_by: tuple[str, ...]) -> None:
    id_, searched = sa.column("id", sa.Text()), sa.column("searched", sa.Text())
    columns = (id_, searched, sa.column("searched_pairs", ARRAY(sa.Text())))
    table = sa.table(name, *columns)
    given = sa.func.jsonb_to_recordset(sa.bindparam("rows", type_=JSONB)).table_valued(*columns)
    new = given.render_derived(name="new", with_types=True).c
    filled = sa.update(table).values(searched=new.searched, searched_pairs=new.searched_pairs)
    for rows in _batches(name, found_by):
        folded = [{"id": row["id"], **searched_of(row, found_by)} for row in rows]
        op.get_bind().execute(filled.where(table.c.id == new.id), {"rows": folded})


def _batches(name: str, found_by: tuple[str, ...]) -> Iterator[list[dict[str, Any]]]:
    table, last = sa.table(name, *(sa.column(each, sa.Text()) for each in found_by)), ""
    asked = sa.select(table).order_by(table.c.id).limit(BATCH)
    while rows := op.get_bind().execute(asked.where(table.c.id > last)).mappings().all():
        yield [{**row} for row in rows]
        last = rows[-1]["id"]
