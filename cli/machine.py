"""What `zhishou doctor` looks at on the machine itself: whom the servers run as, and what they let others do."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from sqlalchemy import Engine, make_url, text

from cli.findings import Finding, State, listed
from runtime.doors import answers_in_clear, answers_over_tls
from runtime.embedded.ports import kept_ports
from runtime.embedded.postgres_user import nobody
from runtime.home import Home
from runtime.settings import Settings
from runtime.sign_in_settings import SignIn

_SERVERS = {"postgres", "temporal-server"}
_SECRETS = {f"ZHISHOU_{name.upper()}" for name, field in SignIn.model_fields.items() if field.exclude}


def of_role(engine: Engine) -> Iterator[Finding]:
    """What somebody could do who made the product say what they want in SQL."""
    with engine.connect() as connection:
        powers = "rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication"
        strong = connection.scalar(text(f"SELECT {powers} FROM pg_roles WHERE rolname = current_user"))  # noqa: S608  # ours
    way_out = "let ZHISHOU_DATABASE_URL name a role that owns its database and may no more"
    names = [str(engine.url.username)] if strong else []
    yield listed("role", State.UNSAFE, names, "the product is no superuser", "may do anything there", way_out)


def of_password(settings: Settings) -> Iterator[Finding]:
    """Whether the database lets somebody in who shows no password."""
    url = make_url(settings.database_url).set(drivername="postgresql", password="")
    url = url.difference_update_query(["passfile"])
    nowhere = Path(os.devnull) / "none"  # of a file that is there and no plain one libpq complains aloud
    try:
        dsn = url.render_as_string(hide_password=False)
        psycopg2.connect(dsn, connect_timeout=3, passfile=str(nowhere)).close()
    except psycopg2.OperationalError:
        yield Finding("password", State.OK, "the database asks for a password")
        return
    yield Finding(
        "password", State.UNSAFE, "the database lets in whoever reaches it", "set scram-sha-256 in pg_hba.conf"
    )


def of_sockets(settings: Settings) -> Iterator[Finding]:
    """Who can come as far as the database's socket."""
    host = make_url(settings.database_url).query.get("host")
    if not isinstance(host, str) or not Path(host).is_dir():
        return
    open_ones = [host] if stat.S_IMODE(Path(host).stat().st_mode) & 0o077 else []
    way_out = f"chmod 700 {host}"
    yield listed("socket", State.UNSAFE, open_ones, "only its user reaches the database", "open to others", way_out)


def of_ports(home: Home) -> Iterator[Finding]:
    """What the embedded Temporal says to somebody without a certificate."""
    ports = kept_ports(home.path / "ports.json")
    open_ones = [name for name, port in ports.items() if _answers(port)]
    way_out = "stop the installation, remove certificates/ from ZHISHOU_HOME, start again"
    yield listed("ports", State.UNSAFE, open_ones, "no port answers a stranger", "answer strangers", way_out)


def _answers(port: int) -> bool:
    try:
        return answers_in_clear(port) or answers_over_tls(port)
    except OSError:
        return False


def of_processes(home: Home) -> Iterator[Finding]:
    """Whom the servers run as, and what stands in the environments of the parts."""
    parts = dict(_parts(home))
    if not parts:
        return
    shared = {0, nobody().uid} if os.geteuid() == 0 else {0}
    wrong = [name for name, (uid, _) in parts.items() if name == "postgres" and uid in shared]
    way_out = "make a user of the system for it: useradd --system zhishou-db"
    yield listed("users", State.UNSAFE, wrong, "Postgres has a user of its own", "runs as a user of others", way_out)
    telling = [name for name, (_, variables) in parts.items() if name in _SERVERS and variables - {"LC_ALL"}]
    told = [name for name, (_, variables) in parts.items() if variables & _SECRETS]
    telling += told if len(told) > 1 else []  # one may: the API
    way_out = "restart the installation"
    yield listed("environments", State.UNSAFE, telling, "parts are told what they need", "are told more", way_out)


def _parts(home: Home) -> Iterator[tuple[str, tuple[int, set[str]]]]:
    """The supervisor's children, by name: the user's id and the names of the variables."""
    supervisor = home.holder()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "stat").read_text().rpartition(") ")[2].split()[1] != str(supervisor):
                continue
            words = (folder / "cmdline").read_text().split("\0")
            name = Path(words[0]).name
            variables = {each.partition("=")[0] for each in (folder / "environ").read_text().split("\0") if each}
            yield name if name in _SERVERS else words[2], (folder.stat().st_uid, variables)
        except (OSError, IndexError):  # it ended meanwhile, or shows itself to nobody
            continue
