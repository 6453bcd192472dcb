"""When a sender says that something happened, beside when it counts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("entry", sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
