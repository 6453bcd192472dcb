"""Who has a ticket open now, for their colleagues."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("ticket", sa.Text(), primary_key=True),
        sa.Column("person", sa.Text(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("doing", sa.Text(), nullable=False),
        sa.Column("until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("session", sa.Text(), nullable=True, index=True),
        sa.Column("token", sa.Text(), nullable=True),
        prefixes=["UNLOGGED"],
    )
    op.create_index("ix_presence_until", "presence", ["until"])
