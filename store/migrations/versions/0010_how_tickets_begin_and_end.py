"""How a ticket ended that nobody resolved, which tickets belong together, and how a pack labels them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("ended_as", sa.String(32), nullable=True))
    for name in ("follows", "merged_into", "service", "category"):
        op.add_column("ticket", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("ix_ticket_follows", "ticket", ["follows"])
    op.create_index("ix_ticket_merged_into", "ticket", ["merged_into"])
