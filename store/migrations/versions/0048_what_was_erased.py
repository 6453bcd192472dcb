"""What of a person was erased because they asked for it: on record, and never brought back."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0049"


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("what", sa.String(32), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_erasure_ticket_what_about", "erasure", ["ticket", "what", "about"], unique=True)
    # As in 0016: what a row is called by, and whom it concerns.
    op.execute(
        "CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON erasure FOR EACH ROW "
        "EXECUTE FUNCTION note_change('id', 'ticket', '', '')"
    )
