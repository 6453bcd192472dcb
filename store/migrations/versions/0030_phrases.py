"""Phrases: texts that are written again and again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kinds", ARRAY(sa.Text()), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="fk_phrase_owner_person"),
        sa.PrimaryKeyConstraint("id", name="pk_phrase"),
    )
    op.create_index("ix_phrase_owner", "phrase", ["owner", "title", "id"])
