"""Postgres 18 from a wheel, as a foreground child behind a Unix socket that only its owner may enter.

Who enters shows a password too. There are two: the superuser's, for what only it can do, and the product's, whose role
owns the product's databases and may no more.

Of the wheel only the programs are used: its Python leaves a server behind that outlives its starter and, as
root, opens folders of the system to all.
"""

import secrets
import shutil
import signal
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg2
from psycopg2 import sql

from runtime.embedded import postgres_place
from runtime.embedded.postgres_user import give, maker_for
from runtime.files import private_folder, write_private
from runtime.processes import Program, run_to_end

SUPERUSER, PRODUCT = "postgres", "zhishou"
NOT_DURABLE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


class EmbeddedPostgres:
    """The database server of one installation; `durable=False` is for tests."""

    def __init__(self, home: Path, *, keys: Path | None = None, durable: bool = True) -> None:
        """On a home; ``keys``: the folder of its secrets, unless it is in the home."""
        self._keys = private_folder(keys or home / "keys")
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
        options = [f"--username={SUPERUSER}", "--auth-local=scram-sha-256", "--auth-host=reject"]
        options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += () if self._durable else ("--no-sync",)
        password, maker = self._place / "password", maker_for(self._user)
        write_private(password, self._password_of(SUPERUSER))
        if maker:
            give(self._place, maker)
        argv = (str(self._programs / "initdb"), *options, f"--pwfile={password}", "-D", str(unfinished))
        run_to_end(Program("initdb", argv, environment={"LC_ALL": "C"}, user=maker), logs / "initdb.log")
        password.unlink()
        if self._user:
            give(self._place, self._user)
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
            psycopg2.connect(_dsn(self.superusers_url), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def create_role(self) -> None:
        """The product's, which is no superuser, with its password."""
        with closing(psycopg2.connect(_dsn(self.superusers_url))) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (PRODUCT,))
            verb = "CREATE" if cursor.fetchone() is None else "ALTER"
            statement = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER PASSWORD {}")
            cursor.execute(statement.format(sql.Identifier(PRODUCT), sql.Literal(self._password_of(PRODUCT))))
            connection.commit()

    def create_database(self, name: str) -> str:
        """The URL of the product's database, which is made when it is missing."""
        self.create_role()
        return create_database(self.superusers_url, self.url(name), name)

    @property
    def superusers_url(self) -> str:
        """For what the product may not do."""
        return self._url(SUPERUSER, "postgres")

    def url(self, database: str) -> str:
        """For the product."""
        return self._url(PRODUCT, database)

    def _url(self, role: str, database: str) -> str:
        self._password_of(role)
        where = f"host={quote(str(self._socket))}&passfile={quote(str(self._passfile(role)))}"
        return f"postgresql+psycopg2://{role}@/{database}?{where}"

    def _passfile(self, role: str) -> Path:
        return self._keys / f"{role}.pgpass"

    def _password_of(self, role: str) -> str:
        """Made once; in the form in which Postgres' own clients read it."""
        file = self._passfile(role)
        if not file.is_file():
            write_private(file, f"*:*:*:*:{secrets.token_hex(32)}\n")
        return file.read_text().strip().rpartition(":")[2]


def create_database(superusers_url: str, owners_url: str, name: str, template: str = "template1") -> str:
    """The owner's URL of the database, which is made as a copy of the template when it is missing."""
    owner = str(urlsplit(owners_url).username)
    with closing(psycopg2.connect(_dsn(superusers_url))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if cursor.fetchone() is None:
                statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
                cursor.execute(statement.format(*map(sql.Identifier, (name, owner, template))))
    return urlsplit(owners_url)._replace(path=f"/{name}").geturl()


def _dsn(url: str) -> str:
    return url.replace("+psycopg2", "", 1)
