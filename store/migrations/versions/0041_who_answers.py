"""Somebody answers: the call that a ticket makes, who has it, and by which message somebody was called."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

_OF_TICKETS = (
    ("call", sa.Integer()),
    ("called_since", sa.DateTime(timezone=True)),
    ("answered_by", sa.Text()),
)


def upgrade() -> None:
    for name, kind in _OF_TICKETS:
        op.add_column("ticket", sa.Column(name, kind, nullable=True))
    op.add_column("notification", sa.Column("call", sa.Integer(), nullable=True))
