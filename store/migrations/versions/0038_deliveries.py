"""Messages leave the machine: by which channel, and how far they have come."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

INSTANT = sa.DateTime(timezone=True)
PENDING = sa.text("state IN ('waiting', 'leaving')")


def upgrade() -> None:
    op.alter_column("notification", "sent_at", new_column_name="routed_at")
    op.execute("ALTER INDEX ix_notification_unsent RENAME TO ix_notification_unrouted")  # none of it is read for that
    _create_tables()
    op.create_index("ix_delivery_pending", "delivery", ["channel", "created_at", "message"], postgresql_where=PENDING)
    op.create_index("ix_delivery_dead", "delivery", ["channel"], postgresql_where=sa.text("state = 'dead'"))
    op.create_index("ix_delivery_channel_sent", "delivery", ["channel", "sent_at", "recipient"])
    op.create_index("ix_delivery_letter", "delivery", ["letter"])


def _create_tables() -> None:
    op.create_table(
        "channel",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("failing_since", INSTANT, nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
    )
    op.create_table(
        "delivery",
        sa.Column("message", sa.Text(), sa.ForeignKey("notification.id"), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("recipient", sa.Text(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("letter", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("message", "channel", name="pk_delivery"),
    )
