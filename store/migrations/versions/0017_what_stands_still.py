"""What the watchdog finds, by what it finds it, and messages that are about no ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _where_to_look()
    _findings()
    for name in ("ticket", "seq", "happening"):
        op.alter_column("notification", name, nullable=True)


def _where_to_look() -> None:
    op.create_table(
        "beat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("every_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_beat"),
    )
    op.create_table(
        "suspect",
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("ticket", name="pk_suspect"),
    )


def _findings() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("trouble", sa.String(32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("over_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index(
        "ix_finding_subject_trouble",
        "finding",
        ["subject", "trouble"],
        unique=True,
        postgresql_where=sa.text("over_at IS NULL"),
    )
