"""What people remember of a ticket, folded as a search is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    # Rows of before are found again once `zhishou rebuild` has made them anew.
    op.add_column("ticket", sa.Column("searched", sa.Text(), nullable=False, server_default=""))
    op.add_column("ticket", sa.Column("searched_pairs", ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.alter_column("ticket", "searched", server_default=None)
    op.alter_column("ticket", "searched_pairs", server_default=None)
    op.create_index("ix_ticket_searched_pairs", "ticket", ["searched_pairs"], postgresql_using="gin")
