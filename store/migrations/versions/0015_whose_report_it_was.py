"""Lines and attachments say whose report it was then: what concerned one customer is not for the next."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    # Nothing was identified before: whoever sees the ticket sees what stands there.
    for table in ("entry", "upload"):
        op.add_column(table, sa.Column("customer", sa.Text(), nullable=True))
