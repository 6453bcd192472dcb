"""The tables that the migrations make."""

from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from store import migrate
from store.database import connect
from store.models import Base


class TestMigrations:
    def test_make_exactly_the_tables_of_the_models(self, engine: Engine):
        """A model that no migration knows, or the other way round, is an error here."""
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, Base.metadata) == []

    def test_change_nothing_when_run_again(self, engine: Engine, database_url: str):
        """Every start migrates; two that start at once wait for each other."""
        migrate.upgrade(database_url)
        assert migrate.is_current(engine)

    def test_are_missing_from_a_database_that_never_saw_them(self, new_database: Callable[[], str]):
        """An API on such a database is not ready."""
        url = new_database()
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
        assert not migrate.is_current(engine)
        engine.dispose()
