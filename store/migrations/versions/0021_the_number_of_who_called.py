"""The number of who called, in one form beside what was typed, so that a caller is known again."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

#: As `domain.people.phones` reads a number; what it does otherwise stands so once the ticket has been rebuilt.
DIGITS = r"""
UPDATE ticket SET contact_number = CASE
    WHEN said ~ '^(\+|00)86(1[3-9][0-9]{9}|[48]00[0-9]{7}|0[0-9]*)$' THEN regexp_replace(said, '^(\+|00)86', '')
    WHEN said ~ '^(\+|00)86' THEN regexp_replace(said, '^(\+|00)86', '0')
    WHEN said ~ '^86(1[3-9][0-9]{9})$' THEN substr(said, 3)
    WHEN said ~ '^0(1[3-9][0-9]{9})$' THEN substr(said, 2)
    ELSE said END
FROM (SELECT number AS of, regexp_replace(
    regexp_replace(normalize(contact_phone, NFKC), '(转|轉|分机|分機|ext|x|#|,|;).*$', '', 'i'),
    '[^0-9+]|(?!^)\+', '', 'g') AS said FROM ticket) AS told
WHERE number = of
"""


def upgrade() -> None:
    op.add_column("ticket", sa.Column("contact_number", sa.Text(), nullable=False, server_default=""))
    op.get_bind().exec_driver_sql(DIGITS)
    op.alter_column("ticket", "contact_number", server_default=None)
    op.create_index("ix_ticket_contact_tail", "ticket", [sa.text('"right"(contact_number, 7)')])
