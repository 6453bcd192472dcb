"""By the digest of a command another one under its id is told from a repeat."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("entry", sa.Column("digest", sa.Text(), nullable=False, server_default=""))
    op.alter_column("entry", "digest", server_default=None)
