"""How far a missed call has gone up its ladder, and when a call was first heard of."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0048"

#: What was told before this was counted: the rungs of those minutes.
_TOLD = """
UPDATE phone_call SET heard_at = rang_at, rungs_told = CASE
    WHEN ended_at IS NULL THEN 0
    WHEN ended_at <= now() - interval '20 minutes' THEN 3
    WHEN ended_at <= now() - interval '10 minutes' THEN 2
    ELSE 1 END
"""


def upgrade() -> None:
    now = sa.func.now()
    op.add_column("phone_call", sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False, server_default=now))
    told = sa.Column("rungs_told", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("phone_call", told)
    op.execute(_TOLD)
    op.create_index("ix_phone_call_heard", "phone_call", ["heard_at"])
