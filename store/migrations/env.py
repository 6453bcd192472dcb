"""Alembic's entry: the migrations run in the transaction that store.migrate gives."""

from alembic import context

from store.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
