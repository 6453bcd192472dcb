"""Sessions of browsers, tokens with scopes, sign-in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

TEXT = sa.Text()
INSTANT = sa.DateTime(timezone=True)
TEXTS = postgresql.ARRAY(sa.Text())


def upgrade() -> None:
    _token()
    _session()
    _session_secret()
    _device()
    _sign_in_failure()
    _identity()
    _sign_in_flow()


def _token() -> None:
    """Tokens from before may do everything that their person may; sessions of browsers were among them and end."""
    op.add_column("token", sa.Column("id", TEXT, nullable=True))
    op.add_column("token", sa.Column("parent_id", TEXT, nullable=True))
    op.add_column("token", sa.Column("scopes", TEXTS, nullable=True))
    op.execute("UPDATE token SET id = gen_random_uuid()::text, scopes = ARRAY['all']")
    op.execute("UPDATE token SET revoked_at = now() WHERE name = 'browser' AND revoked_at IS NULL")
    op.alter_column("token", "id", nullable=False)
    op.alter_column("token", "scopes", nullable=False)
    op.create_unique_constraint("uq_token_id", "token", ["id"])
    op.create_foreign_key("fk_token_parent_id_token", "token", "token", ["parent_id"], ["id"])
    op.create_index("ix_token_parent_id", "token", ["parent_id"])


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("way", TEXT, nullable=False),
        sa.Column("csrf", TEXT, nullable=False),
        sa.Column("agent", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_session_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])
    op.create_index("ix_session_expires_at", "session", ["expires_at"])


def _session_secret() -> None:
    op.create_table(
        "session_secret",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("session_id", TEXT, nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("renewed_at", INSTANT, nullable=True),
        sa.Column("superseded_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_session_secret_session_id_session", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hash", name="pk_session_secret"),
    )
    op.create_index("ix_session_secret_session_id", "session_secret", ["session_id"])


def _device() -> None:
    op.create_table(
        "device",
        sa.Column("hash", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_device_person_id_person"),
        sa.PrimaryKeyConstraint("hash", "person_id", name="pk_device"),
    )
    op.create_index("ix_device_person_id", "device", ["person_id"])
    op.create_index("ix_device_expires_at", "device", ["expires_at"])


def _sign_in_failure() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_failure"),
    )
    op.create_index("ix_sign_in_failure_last_at", "sign_in_failure", ["last_at"])


def _identity() -> None:
    op.create_table(
        "identity",
        sa.Column("provider", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("person_id", TEXT, nullable=False),
        sa.Column("bound_by", TEXT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_identity_person_id_person"),
        sa.PrimaryKeyConstraint("provider", "subject", name="pk_identity"),
    )
    op.create_index("ix_identity_person_id", "identity", ["person_id"])


def _sign_in_flow() -> None:
    op.create_table(
        "sign_in_flow",
        sa.Column("state_hash", TEXT, nullable=False),
        sa.Column("provider", TEXT, nullable=False),
        sa.Column("browser_hash", TEXT, nullable=False),
        sa.Column("nonce", TEXT, nullable=False),
        sa.Column("verifier", TEXT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name="pk_sign_in_flow"),
    )
    op.create_index("ix_sign_in_flow_expires_at", "sign_in_flow", ["expires_at"])
