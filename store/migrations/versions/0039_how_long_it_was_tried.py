"""A delivery knows since when it has been tried, and when it was settled how long it waits."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("delivery", sa.Column("tried_since", INSTANT, nullable=True))
    op.add_column("delivery", sa.Column("as_of", INSTANT, nullable=True))
    op.execute("UPDATE delivery SET as_of = created_at, tried_since = CASE WHEN attempts > 0 THEN created_at END")
    op.alter_column("delivery", "as_of", nullable=False)
