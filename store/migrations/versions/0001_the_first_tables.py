"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

TEXT = sa.Text()
WORD = sa.String(32)
INSTANT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text())
JSONB = postgresql.JSONB()


def upgrade() -> None:
    _customer()
    _person()
    _ticket()
    _contract()
    _entry()
    _notification()
    _obligation()
    _token()


def _customer() -> None:
    op.create_table(
        "customer",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer"),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("department", TEXT, nullable=True),
        sa.Column("customers", TEXTS, nullable=False),
        sa.Column("password_hash", TEXT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_role", "person", ["role"])


def _ticket() -> None:
    op.create_table("ticket", *_report(), *_standing(), sa.PrimaryKeyConstraint("number", name="pk_ticket"))
    op.create_index("ix_ticket_agreed_contract", "ticket", ["agreed_contract"])
    op.create_index("ix_ticket_changed_in", "ticket", ["changed_in"])
    op.create_index("ix_ticket_assignee", "ticket", ["assignee"])
    op.create_index("ix_ticket_customer_received", "ticket", ["customer_id", "received_at", "number"])
    op.create_index("ix_ticket_next_due", "ticket", ["next_due_at", "number"])
    op.create_index("ix_ticket_pack", "ticket", ["pack"])
    op.create_index("ix_ticket_received", "ticket", ["received_at", "number"])
    op.create_index("ix_ticket_stage_received", "ticket", ["stage", "received_at", "number"])
    op.create_index("ix_ticket_vendors", "ticket", ["vendors"], postgresql_using="gin")


def _report() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("number", TEXT, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("contract", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("description", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("customer_id", TEXT, nullable=True),
        sa.Column("customer_name", TEXT, nullable=False),
        sa.Column("contact_name", TEXT, nullable=False),
        sa.Column("contact_phone", TEXT, nullable=False),
        sa.Column("opener_id", TEXT, nullable=False),
        sa.Column("opener_role", WORD, nullable=False),
        sa.Column("asset", TEXT, nullable=True),
        sa.Column("accepted_at", INSTANT, nullable=False),
        sa.Column("fault_occurred_at", INSTANT, nullable=True),
        sa.Column("booked_at", INSTANT, nullable=True),
        sa.Column("key_hash", TEXT, nullable=False),
        sa.Column("body_hash", TEXT, nullable=False),
    )


def _standing() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("vendors", TEXTS, nullable=False),
        sa.Column("agreed_contract", TEXT, nullable=True),
        sa.Column("pack", TEXT, nullable=True),
        sa.Column("pack_version", TEXT, nullable=True),
        sa.Column("stage", WORD, nullable=False),
        sa.Column("level", TEXT, nullable=True),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("assignee", TEXT, nullable=True),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("paused", TEXT, nullable=True),
        sa.Column("proposed", WORD, nullable=True),
        sa.Column("waits_for", TEXTS, nullable=False),
        sa.Column("next_due_key", TEXT, nullable=True),
        sa.Column("next_due_at", INSTANT, nullable=True),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("changed_in", sa.BigInteger(), nullable=False),
    )


def _contract() -> None:
    op.create_table(
        "contract",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("customer", TEXT, nullable=False),
        sa.Column("pack", TEXT, nullable=False),
        sa.Column("remote_calendar", TEXT, nullable=True),
        sa.Column("star", sa.Integer(), nullable=True),
        sa.Column("switches", JSONB, nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"], name="fk_contract_customer_customer"),
        sa.PrimaryKeyConstraint("id", name="pk_contract"),
    )
    op.create_index("ix_contract_customer", "contract", ["customer"])


def _entry() -> None:
    op.create_table(
        "entry",
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happening", WORD, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("actor_id", TEXT, nullable=False),
        sa.Column("actor_role", WORD, nullable=False),
        sa.Column("actor_department", TEXT, nullable=True),
        sa.Column("command_id", TEXT, nullable=True),
        sa.Column("data", JSONB, nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name="fk_entry_ticket_ticket"),
        sa.PrimaryKeyConstraint("ticket", "seq", name="pk_entry"),
    )
    op.create_index(
        "ix_entry_ticket_command_id",
        "entry",
        ["ticket", "command_id"],
        unique=True,
        postgresql_where=sa.text("command_id IS NOT NULL"),
    )


def _notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("happening", WORD, nullable=False),
        sa.Column("data", JSONB, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["recipient"], ["person.id"], name="fk_notification_recipient_person"),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name="fk_notification_ticket_ticket"),
        sa.PrimaryKeyConstraint("id", name="pk_notification"),
    )
    op.create_index("ix_notification_recipient_created", "notification", ["recipient", "created_at", "id"])
    op.create_index("ix_notification_ticket", "notification", ["ticket"])
    op.create_index(
        "ix_notification_unsent", "notification", ["created_at"], postgresql_where=sa.text("sent_at IS NULL")
    )


def _obligation() -> None:
    op.create_table(
        "obligation",
        sa.Column("ticket", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("clause", TEXT, nullable=False),
        sa.Column("superseded", TEXTS, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("budget", JSONB, nullable=False),
        sa.Column("counting", WORD, nullable=False),
        sa.Column("calendar", TEXT, nullable=False),
        sa.Column("origin", WORD, nullable=False),
        sa.Column("armed", TEXTS, nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("default", sa.Boolean(), nullable=False),
        sa.Column("met_at", INSTANT, nullable=True),
        sa.Column("reported_late", sa.Boolean(), nullable=False),
        sa.Column("next_rung_at", INSTANT, nullable=True),
        sa.Column("segments", JSONB, nullable=False),
        sa.Column("alarms", JSONB, nullable=False),
        sa.Column("explanation", JSONB, nullable=False),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.number"], name="fk_obligation_ticket_ticket"),
        sa.PrimaryKeyConstraint("ticket", "key", name="pk_obligation"),
    )
    op.create_index("ix_obligation_due_at", "obligation", ["due_at"])
    op.create_index("ix_obligation_state_due", "obligation", ["state", "due_at"])


def _token() -> None:
    op.create_table(
        "token",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_token_person_id_person"),
        sa.PrimaryKeyConstraint("hash", name="pk_token"),
    )
    op.create_index("ix_token_person_id", "token", ["person_id"])
