"""A link answers more than an application, and one of ours may hand it over."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    op.add_column("approval_link", sa.Column("about", sa.Text(), nullable=True))
    op.add_column("approval_link", sa.Column("since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("approval_link", sa.Column("handed_by", sa.Text(), nullable=True))
    op.create_foreign_key("fk_approval_link_handed_by_person", "approval_link", "person", ["handed_by"], ["id"])
    op.create_index("ix_approval_link_handed_by", "approval_link", ["handed_by"])
