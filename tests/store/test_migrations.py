"""The tables that the migrations make."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from domain.people.actors import Role
from runtime.embedded.postgres import create_database
from store import migrate
from store.database import connect
from store.models import Base
from store.paging import Window
from store.registry import contracts, customers, people
from store.registry.people import Wanted
from store.registry.records import Contract, Person, RegisteredCustomer
from tests.conftest import Addresses


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

    def test_keep_the_people_and_customers_of_the_first_version(self, servers: Addresses):
        """All of them active; what is new about them is not known."""
        engine = connect(create_database(servers.superusers_url, servers.owners_url, f"old_{uuid.uuid4().hex}"))
        with engine.begin() as connection:
            command.upgrade(migrate._config(connection), "0001")
            connection.execute(text("INSERT INTO customer VALUES ('zoo', '动物园')"))
            connection.execute(text("INSERT INTO contract VALUES ('zoo-1', 'zoo', 'xinhe', NULL, NULL, '{}')"))
            connection.execute(text("INSERT INTO person VALUES ('li', '李', 'engineer', NULL, '{}', 'hash')"))
        migrate.upgrade(engine.url.render_as_string(hide_password=False))
        assert people.details(engine, "li") == Person("li", "李", Role.ENGINEER)
        assert customers.customer(engine, "zoo") == RegisteredCustomer("zoo", "动物园")
        assert contracts.contract_of(engine, "zoo", "xinhe", datetime.now(UTC)) == Contract("zoo-1", "zoo", "xinhe")
        found, _ = people.people(engine, Wanted(text="ＬＩ"), Window())
        assert [one.id for one in found] == ["li"]
        found_too, _ = customers.customers(engine, Window(), text="動物園")
        assert [one.id for one in found_too] == ["zoo"]
        with engine.connect() as connection:
            noted = "SELECT count(*) FROM registry_change WHERE before ? 'searched' OR after ? 'searched'"
            assert connection.exec_driver_sql(noted).scalar() == 0, "nobody did that"
        engine.dispose()

    def test_are_missing_from_a_database_that_never_saw_them(self, new_database: Callable[[], str]):
        """An API on such a database is not ready."""
        url = new_database()
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM alembic_version"))
        assert not migrate.is_current(engine)
        engine.dispose()
