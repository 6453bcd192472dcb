"""Accounts of one person are linked, or told apart where they share a phone or a mail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    for name in ("also", "told_apart"):
        op.add_column("person", sa.Column(name, ARRAY(sa.Text()), nullable=False, server_default="{}"))
        op.alter_column("person", name, server_default=None)
