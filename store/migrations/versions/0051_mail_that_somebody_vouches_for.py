"""Whether somebody vouches for a mail, and what was signed of a message: others write in their sender's name."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0046"


def upgrade() -> None:
    op.add_column("mail", sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_mail_mailbox_uid", "mail", ["mailbox", "uid"])
