"""What lists ask for: broken promises, gravity, how long something waits, and for whom of ours."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0024"
down_revision = "0023"

LATE = """
UPDATE ticket SET late = broken.count
FROM (SELECT ticket, count(*) FROM obligation WHERE state = 'breached' GROUP BY ticket) AS broken
WHERE number = broken.ticket
"""
#: The orders of lists, and what few tickets are.
INDEXES = {
    "updated": (["updated_at"], None),
    "gravity_due": (["gravity", "next_due_at"], None),
    "closed": (["closed_at"], None),
    "open_due": (["next_due_at"], "closed_at IS NULL"),
    "asked": (["waits_since"], "waits_for <> '{}'"),
    "work": (["next_due_at"], "work <> '{}'"),
}


def upgrade() -> None:
    # But for the broken promises, rows of before are as they should be once their ticket has another line.
    op.add_column("ticket", sa.Column("late", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("ticket", sa.Column("work", ARRAY(sa.Text()), nullable=False, server_default="{}"))
    for name in ("late", "work"):
        op.alter_column("ticket", name, server_default=None)
    op.add_column("ticket", sa.Column("gravity", sa.Integer(), nullable=True))
    for name in ("paused_until", "waits_since"):
        op.add_column("ticket", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute(LATE)
    for name, (columns, where) in INDEXES.items():
        only = sa.text(where) if where else None
        op.create_index(f"ix_ticket_{name}", "ticket", [*columns, "number"], postgresql_where=only)
    op.create_index("ix_entry_refused", "entry", ["ticket"], postgresql_where=sa.text("happening = 'command_refused'"))
