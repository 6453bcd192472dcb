"""Calls that nobody took: they are listed, returned or not, with whoever was told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0045"

_CALL = "(data ->> 'phone_call')"


def upgrade() -> None:
    op.drop_index("ix_phone_call_missed", "phone_call")
    op.create_index(
        "ix_phone_call_missed", "phone_call", ["ended_at", "id"], postgresql_where=sa.text("answered_at IS NULL")
    )
    its_own = sa.text(f"{_CALL} IS NOT NULL")
    op.create_index("ix_notification_phone_call", "notification", [sa.text(_CALL)], postgresql_where=its_own)
