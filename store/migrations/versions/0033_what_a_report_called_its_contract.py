"""A list of one contract's tickets reads those alone, also of reports that name it and are not agreed yet."""

from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_index("ix_ticket_contract", "ticket", ["contract"])
