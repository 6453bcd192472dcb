"""What has changed in the registry that open tickets are told of."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "agreement_news",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"], name="fk_agreement_news_customer_customer"),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_news"),
    )
    op.create_index("ix_agreement_news_untold", "agreement_news", ["created_at"], postgresql_where=sa.text("told < 2"))
