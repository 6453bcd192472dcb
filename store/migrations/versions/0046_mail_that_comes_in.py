"""Mail that comes in: how far each mailbox was read, and what became of each mail; files are brought by mail, too."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0050"

_AT = sa.DateTime(timezone=True)
_WAITS = "became IN ('opened', 'unreadable') AND taken_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "mailbox",
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("next_uid", sa.BigInteger(), nullable=False),
        sa.Column("since", _AT, nullable=False),
        sa.Column("read_at", _AT),
        sa.Column("failing_since", _AT),
        sa.Column("failure", sa.Text()),
    )
    _keep_mail()
    _look_for_mail()
    # What came by mail nobody in the registry has brought.
    op.drop_constraint("fk_upload_uploaded_by_person", "upload", type_="foreignkey")


def _keep_mail() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("mailbox", sa.Text(), sa.ForeignKey("mailbox.name", name="fk_mail_mailbox_mailbox"), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("came_at", _AT, nullable=False),
        sa.Column("raw", sa.LargeBinary()),
        sa.Column("cut", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", _AT, nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("became", sa.String(length=32)),
        sa.Column("why", sa.Text()),
        sa.Column("ticket", sa.Text()),
        sa.Column("done_at", _AT),
        sa.Column("due_at", _AT),
        sa.Column("taken_at", _AT),
        sa.Column("taken_by", sa.Text(), sa.ForeignKey("person.id", name="fk_mail_taken_by_person")),
    )


def _look_for_mail() -> None:
    op.create_index("ix_mail_undone", "mail", ["came_at"], postgresql_where=sa.text("became IS NULL"))
    op.create_index("ix_mail_waits", "mail", ["came_at"], postgresql_where=sa.text(_WAITS))
    op.create_index("ix_mail_sender", "mail", ["sender", "done_at"])
    op.create_index("ix_mail_message_id", "mail", ["message_id"])
    op.create_index("ix_mail_ticket", "mail", ["ticket"])
