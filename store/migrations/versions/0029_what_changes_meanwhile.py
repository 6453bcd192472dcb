"""What changes of a customer while a ticket becomes theirs is asked for by customer and time."""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.create_index("ix_agreement_news_customer_created_at", "agreement_news", ["customer", "created_at"])
