"""Reports of one fault: who else is called back, and how grave a ticket is for the one that it would end in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    # Rows of before are as they should be once their ticket has another line, or `zhishou rebuild` has made them anew.
    op.add_column("ticket", sa.Column("other_contacts", JSONB(), nullable=False, server_default="[]"))
    op.add_column("ticket", sa.Column("major", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("other_contacts", "major"):
        op.alter_column("ticket", name, server_default=None)
