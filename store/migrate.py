"""Brings a database to the tables of this version: `python -m store.migrate`."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

from runtime.settings import Settings
from store.database import connect

#: Held while migrating, so that two that start at once do not meet.
_LOCK = 0x5A68_6973


def upgrade(database_url: str) -> None:
    """Apply the migrations that the database does not have yet."""
    engine = connect(database_url)
    try:
        with engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def is_current(engine: Engine) -> bool:
    """Whether the database has exactly the tables of this version."""
    with engine.connect() as connection:
        heads = set(ScriptDirectory.from_config(_config()).get_heads())
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def main(arguments: list[str]) -> None:
    """Migrate the database whose URL is given, else the running installation's."""
    upgrade(arguments[0] if arguments else Settings.of_running_installation().database_url)


if __name__ == "__main__":
    main(sys.argv[1:])
