"""Postgres 18 from a wheel, as a foreground child behind a Unix socket that only its owner may enter.

Of the wheel only the programs are used: its Python leaves a server behind that outlives its starter and, as
root, opens folders of the system to all.
"""

import shutil
import signal
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg2
from psycopg2 import sql

from runtime.embedded import postgres_place
from runtime.processes import Program, run_to_end

NOT_DURABLE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class EmbeddedPostgres:
    """The database server of one installation; `durable=False` is for tests."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self._place = postgres_place.for_data(home)
        self._user = postgres_place.user_for(self._place)
        self._programs = postgres_place.programs(self._user)
        self._socket = postgres_place.for_socket(self._place, self._user)
        self._data = self._place / "data"
        self._durable = durable

    def initialise(self, logs: Path) -> None:
        """Makes the cluster at the first start. A crash half-way leaves nothing that looks finished."""
        if (self._data / "PG_VERSION").is_file():
            return
        unfinished = self._place / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += () if self._durable else ("--no-sync",)
        argv = (str(self._programs / "initdb"), *options, "-D", str(unfinished))
        run_to_end(Program("initdb", argv, environment={"LC_ALL": "C"}, user=self._user), logs / "initdb.log")
        unfinished.rename(self._data)

    def command(self) -> Program:
        options = ["-D", str(self._data), "-k", str(self._socket), "-h", ""]
        options += ["-c", "unix_socket_permissions=0700", "-c", "timezone=UTC", "-c", "log_timezone=UTC"]
        options += () if self._durable else NOT_DURABLE
        return Program(
            name="postgres",
            argv=(str(self._programs / "postgres"), *options),
            environment={"LC_ALL": "C"},
            user=self._user,
            stop_signal=signal.SIGINT,  # fast shutdown
            orphan_signal=signal.SIGQUIT,  # immediate shutdown: its own children end with it
        )

    def is_ready(self) -> bool:
        try:
            psycopg2.connect(_dsn(self.url("postgres")), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create_database(self, name: str) -> str:
        """The URL of the database, which is made when it is missing."""
        return create_database(self.url("postgres"), name)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg2://postgres@/{database}?host={quote(str(self._socket))}"


def create_database(server_url: str, name: str, template: str = "template1") -> str:
    """The URL of the database on that server, which is made as a copy of the template when it is missing."""
    with closing(psycopg2.connect(_dsn(server_url))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if cursor.fetchone() is None:
                statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
                cursor.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    return urlsplit(server_url)._replace(path=f"/{name}").geturl()


def _dsn(url: str) -> str:
    return url.replace("+psycopg2", "", 1)
