"""A password that takes two to hand out is told to each of them by half; what waited for a second is asked anew."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    for name in ("password_hash", "second_half"):
        op.add_column("confirmation", sa.Column(name, sa.Text(), nullable=True))
    op.execute(
        "CREATE OR REPLACE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON confirmation FOR EACH ROW "
        "EXECUTE FUNCTION note_change('id', 'person', 'password_hash,second_half', '')"
    )
    op.execute("UPDATE confirmation SET decided_at = now(), confirmed = false WHERE password AND decided_at IS NULL")
