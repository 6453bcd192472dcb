"""How somebody enters is changed by two: what waits for the second, and who alone stands for a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

TEXT, INSTANT = sa.Text(), sa.DateTime(timezone=True)
_PEOPLE = ("person", "asked_by", "decided_by")


def upgrade() -> None:
    op.add_column("person", sa.Column("email_by", TEXT, nullable=True))
    op.create_table(
        "confirmation",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("provider", TEXT, nullable=True),
        sa.Column("subject", TEXT, nullable=True),
        sa.Column("email", TEXT, nullable=True),
        sa.Column("asked_by", TEXT, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_confirmation"),
        *(sa.ForeignKeyConstraint([name], ["person.id"], name=f"fk_confirmation_{name}_person") for name in _PEOPLE),
    )
    op.create_index("ix_confirmation_person", "confirmation", ["person"])
    op.execute(
        "CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON confirmation FOR EACH ROW "
        "EXECUTE FUNCTION note_change('id', 'person', '', '')"
    )
