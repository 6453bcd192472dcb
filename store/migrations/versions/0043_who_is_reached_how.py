"""Who is reached by which channel, and when: what the company lays down, and what each would rather have."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0043"
down_revision = "0042"

TEXTS = ARRAY(sa.Text())
#: As in 0016: what a row is called by, and whom it concerns.
_RECORDED = (("channel_rule", "urgency,role", "urgency"), ("preference", "person", "person"))


def upgrade() -> None:
    op.add_column("delivery", sa.Column("instead", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "channel_rule",
        sa.Column("urgency", sa.String(32), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("first", TEXTS, nullable=False),
        sa.Column("second", TEXTS, nullable=False),
        sa.Column("after_min", sa.Integer(), nullable=False),
        sa.Column("fixed", sa.Boolean(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("urgency", "role", name="pk_channel_rule"),
    )
    op.create_table(
        "preference",
        sa.Column("person", sa.Text(), sa.ForeignKey("person.id", name="fk_preference_person_person"), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column("refused", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_preference"),
    )
    for table, called_by, whom in _RECORDED:
        op.execute(
            f"CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW "
            f"EXECUTE FUNCTION note_change('{called_by}', '{whom}', '', '')"
        )
