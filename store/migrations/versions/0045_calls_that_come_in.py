"""Calls that come in: what the telephone system tells of them, and who called back whom nobody had answered."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0043"

_WAITS = sa.text("returned_at IS NULL AND answered_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("digits", sa.Text(), nullable=False),
        sa.Column("line", sa.Text()),
        sa.Column("rang_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("agent", sa.Text()),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("recording", sa.Text()),
        sa.Column("returned_at", sa.DateTime(timezone=True)),
        sa.Column("returned_by", sa.Text(), sa.ForeignKey("person.id", name="fk_phone_call_returned_by_person")),
        sa.Column("ticket", sa.Text()),
    )
    op.create_index("ix_phone_call_open", "phone_call", ["rang_at"], postgresql_where=sa.text("ended_at IS NULL"))
    op.create_index("ix_phone_call_missed", "phone_call", ["ended_at"], postgresql_where=_WAITS)
    op.create_index("ix_phone_call_digits", "phone_call", ["digits", "answered_at"])
