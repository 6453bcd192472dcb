"""Accounts of one person are parted by two administrators."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    op.add_column("confirmation", sa.Column("parting", sa.Boolean(), nullable=False, server_default=sa.false()))
