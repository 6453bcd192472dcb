"""Messages that nobody has read: counted for every page of a console, of an inbox that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_index(
        "ix_notification_unread",
        "notification",
        ["recipient", "created_at", "id"],
        postgresql_where=sa.text("read_at IS NULL"),
    )
