"""What a message says, on what grounds, and of which ticket, is kept with it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

#: What messages of before get, which said nothing in words.
_NEW = ("grounds", "title", "text", "about")


def upgrade() -> None:
    for name in _NEW:
        op.add_column("notification", sa.Column(name, JSONB(), nullable=False, server_default="{}"))
        op.alter_column("notification", name, server_default=None)
    op.add_column("notification", sa.Column("action", JSONB(), nullable=True))
