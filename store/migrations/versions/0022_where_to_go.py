"""Where whoever is sent has to go: a report names a place."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("site", sa.Text(), nullable=True))
