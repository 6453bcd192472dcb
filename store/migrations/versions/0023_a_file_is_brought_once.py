"""A file is brought once, however often it is sent under its key."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("upload", sa.Column("key_hash", sa.Text(), nullable=True))
    op.create_index("ix_upload_key_hash", "upload", ["key_hash"], unique=True)
