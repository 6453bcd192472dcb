"""Organisations, departments, people in full, contracts in full, the roster of duty, standing authorisations."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXT = sa.Text()
WORD = sa.String(32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _organisation()
    _department()
    _customer()
    _person()
    _contract()
    _shift()
    _standing_authorisation()


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )


def _department() -> None:
    op.create_table(
        "department",
        sa.Column("customer", TEXT, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"], name="fk_department_customer_customer"),
        sa.PrimaryKeyConstraint("customer", "id", name="pk_department"),
    )


def _customer() -> None:
    op.add_column("customer", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))


def _person() -> None:
    op.add_column("person", sa.Column("organisation", TEXT, nullable=True))
    op.add_column("person", sa.Column("phone", TEXT, nullable=True))
    op.add_column("person", sa.Column("email", TEXT, nullable=True))
    op.add_column("person", sa.Column("grade", WORD, nullable=True))
    op.add_column("person", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_foreign_key("fk_person_organisation_organisation", "person", "organisation", ["organisation"], ["id"])
    op.create_index("ix_person_organisation", "person", ["organisation"])


def _contract() -> None:
    op.add_column("contract", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("contract", sa.Column("active", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_check_constraint("ends_after_it_starts", "contract", "starts_on <= ends_on")


def _shift() -> None:
    op.create_table(
        "shift",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("duty", WORD, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("substitute", TEXT, nullable=True),
        sa.Column("begins_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.CheckConstraint("begins_at < ends_at", name="ends_after_it_begins"),
        sa.CheckConstraint("substitute <> person", name="substitute_is_another"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_shift_person_person"),
        sa.ForeignKeyConstraint(["substitute"], ["person.id"], name="fk_shift_substitute_person"),
        sa.PrimaryKeyConstraint("id", name="pk_shift"),
    )
    op.create_index("ix_shift_begins", "shift", ["begins_at", "id"])
    op.create_index("ix_shift_duty_ends", "shift", ["duty", "ends_at"])
    op.create_index("ix_shift_person", "shift", ["person"])
    op.create_index("ix_shift_substitute", "shift", ["substitute"])


def _standing_authorisation() -> None:
    op.create_table(
        "standing_authorisation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("customer", TEXT, nullable=False),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("granted_by", TEXT, nullable=False),
        sa.Column("granted_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("granted_at < expires_at", name="ends_after_it_begins"),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"], name="fk_standing_authorisation_customer_customer"),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name="fk_standing_authorisation_recorded_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_standing_authorisation"),
    )
    op.create_index("ix_standing_authorisation_customer", "standing_authorisation", ["customer"])
