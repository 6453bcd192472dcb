"""Tokens and links end with what they came from, and a link is for the department that was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("approval_link", sa.Column("department", sa.Text(), nullable=True))
    for table, name in (("token", "session_id"), ("approval_link", "token_id"), ("approval_link", "session_id")):
        op.add_column(table, sa.Column(name, sa.Text(), nullable=True))
        op.create_index(f"ix_{table}_{name}", table, [name])
