"""Approval by link, and evidence that is uploaded."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TEXT = sa.Text()
WORD = sa.String(32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _approval_link()
    _upload()


def _approval_link() -> None:
    op.create_table(
        "approval_link",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("action", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("command_id", TEXT, nullable=True),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket"], ["ticket.number"], name="fk_approval_link_ticket_ticket", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_approval_link_person_person"),
        sa.PrimaryKeyConstraint("hash", name="pk_approval_link"),
    )
    op.create_index("ix_approval_link_ticket", "approval_link", ["ticket"])
    op.create_index("ix_approval_link_person", "approval_link", ["person"])
    op.create_index(
        "uq_approval_link_live",
        "approval_link",
        ["ticket", "action", "version", "person"],
        unique=True,
        postgresql_where=sa.text("used_at IS NULL AND revoked_at IS NULL"),
    )


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("uploaded_by", TEXT, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("uploaded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name="fk_upload_uploaded_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_upload"),
    )
    op.create_index("ix_upload_ticket_uploaded", "upload", ["ticket", "uploaded_at", "id"])
    op.create_index("ix_upload_uploaded_by", "upload", ["uploaded_by"])
