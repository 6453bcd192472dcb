"""Statistics: what is counted of tickets, month by month."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

_KEY = ("month", "contract", "level", "what", "about", "kind", "value")


def upgrade() -> None:
    op.create_table(
        "statistic",
        sa.Column("month", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _KEY[1:]),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(*_KEY, name="pk_statistic"),
    )
    op.create_table(
        "statistic_month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("horizon", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("folded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("took_s", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("month", name="pk_statistic_month"),
    )
