"""The version of what is read of the registry is the last change of its kind."""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    op.create_index("ix_registry_change_kind_id", "registry_change", ["kind", "id"])
