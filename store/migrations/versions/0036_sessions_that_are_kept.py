"""A session may last through hours without a network."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.add_column("session", sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("session", "kept", server_default=None)
