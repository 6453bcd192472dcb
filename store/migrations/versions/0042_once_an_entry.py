"""A group is told of an entry once, by whichever message of it can leave."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.add_column("delivery", sa.Column("entry", sa.Integer(), nullable=True))
    op.execute("UPDATE delivery SET entry = seq FROM notification WHERE notification.id = delivery.message")
    op.create_index("ix_delivery_ticket_entry", "delivery", ["ticket", "entry"])
