"""A customer's approvers have deputies, with dates."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

INSTANT = sa.DateTime(timezone=True)
TEXT = sa.Text()


def upgrade() -> None:
    op.create_table(
        "deputyship",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("customer", TEXT, nullable=False),
        sa.Column("approver", TEXT, nullable=False),
        sa.Column("deputy", TEXT, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("named_by", TEXT, nullable=False),
        sa.Column("channel", TEXT, nullable=False),
        sa.Column("evidence", TEXT, nullable=True),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("starts_on <= ends_on", name="ends_after_it_starts"),
        sa.CheckConstraint("approver <> deputy", name="of_somebody_else"),
        sa.ForeignKeyConstraint(["customer"], ["customer.id"], name="fk_deputyship_customer_customer"),
        sa.ForeignKeyConstraint(["approver"], ["person.id"], name="fk_deputyship_approver_person"),
        sa.ForeignKeyConstraint(["deputy"], ["person.id"], name="fk_deputyship_deputy_person"),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name="fk_deputyship_recorded_by_person"),
        sa.PrimaryKeyConstraint("id", name="pk_deputyship"),
    )
    op.create_index("ix_deputyship_customer", "deputyship", ["customer"])
