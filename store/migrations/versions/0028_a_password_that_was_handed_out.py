"""A password that was handed out is changed at the first sign-in, and handing one out by page takes two."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("person", sa.Column("password_to_change", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("confirmation", sa.Column("password", sa.Boolean(), nullable=False, server_default=sa.false()))
