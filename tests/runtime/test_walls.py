"""Other users of the machine: what they find at the servers of an installation."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import make_url
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest

from cli.findings import State
from cli.machine import of_password, of_ports, of_processes, of_role, of_sockets
from runtime.doors import answers_in_clear, answers_over_tls
from runtime.embedded import authority, postgres_user
from runtime.embedded.pair import embedded_servers
from runtime.embedded.postgres_place import SOCKET_NAME
from runtime.embedded.postgres_user import nobody
from runtime.embedded.temporal import ROLES, certificates_of
from runtime.home import Home
from runtime.temporal import connect_to
from runtime.temporal_settings import connection
from store.database import connect
from tests.conftest import Addresses
from tests.patience import eventually
from tests.runtime.conftest import Installation, open_folder
from tests.runtime.started import environment_of


@pytest.fixture(scope="module")
def ports(installation: Installation) -> dict[str, int]:
    """Of Temporal's services, by their names."""
    return dict(json.loads((installation.home / "ports.json").read_text()))


def as_somebody_else(program: str, *arguments: str) -> str:
    """What a Python program prints that runs as another user of the machine, without any right."""
    if os.geteuid() != 0:
        print("not run: only root can pass for somebody else")  # noqa: T201  # for whoever reads the run
        pytest.skip("not run: only root can pass for somebody else")
    done = subprocess.run(
        [sys.executable, "-Sc", BECOMES_ANOTHER + program, *arguments],
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


BECOMES_ANOTHER = """
import os, socket, sys
os.setgroups([])
os.setgid(1)
os.setuid(1)
"""
KNOCK = """
try:
    socket.socket(socket.AF_UNIX).connect(sys.argv[1])
    print("open")
except OSError as refused:
    print(type(refused).__name__)
"""


class TestPostgres:
    def test_keeps_other_users_from_its_socket(self, installation: Installation):
        """They do not come as far as the password."""
        folder = make_url(installation.settings.database_url).query["host"]
        assert as_somebody_else(KNOCK, f"{folder}/{SOCKET_NAME}") == "PermissionError"

    @pytest.mark.parametrize("role", ["zhishou", "postgres"])
    def test_lets_nobody_in_without_the_password(self, installation: Installation, role: str):
        """Neither its own user nor root."""
        folder = make_url(installation.settings.database_url).query["host"]
        for password in ("", "wrong"):
            with pytest.raises(psycopg2.OperationalError, match="password"):
                psycopg2.connect(host=folder, dbname="postgres", user=role, password=password, passfile=os.devnull)

    def test_runs_as_nobody_else(self, installation: Installation):
        """As root's child it has a user of its own; for an ordinary user that is they themselves."""
        owner = Path(f"/proc/{installation.children()['postgres']}").stat().st_uid
        assert owner not in {0, nobody().uid} if os.geteuid() == 0 else owner == os.geteuid()

    def test_lets_the_product_do_no_more_than_it_needs(self, installation: Installation):
        """It owns its database, and neither reads files nor runs programs nor makes roles."""
        for forbidden in (
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('/etc/passwd')",
            "SELECT rolpassword FROM pg_authid",
            "CREATE ROLE other SUPERUSER",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                installation.sql(forbidden)

    @pytest.mark.skipif(os.geteuid() != 0, reason="about root")
    def test_has_a_user_also_where_none_can_be_made(self, monkeypatch: pytest.MonkeyPatch):
        """An id that nobody has: no entry of the system's, and no process."""
        monkeypatch.setattr(postgres_user, "NAME", "nobody-is-called-this")
        monkeypatch.setattr(postgres_user, "USERADD", "/nonexistent/useradd")
        with open_folder() as folder, embedded_servers(folder, time_skipping=(), durable=False) as servers:
            assert not postgres_user.has_name((folder / "postgres").stat().st_uid)
            assert servers.postgres.create_database("any").startswith("postgresql+psycopg2://zhishou@/any?")
            assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700


class TestTheDoctor:
    def test_finds_nothing_unsafe(self, installation: Installation):
        """About users, modes, sockets, ports and environments."""
        settings = installation.settings
        engine = connect(settings.database_url)
        home = Home(installation.home)
        found = [*of_password(settings), *of_sockets(settings), *of_ports(home), *of_processes(home), *of_role(engine)]
        engine.dispose()
        names = {"password", "socket", "ports", "users", "environments", "role"}
        assert {one.check: one.state for one in found} == dict.fromkeys(names, State.OK)

    def test_sees_a_socket_that_is_open_to_others(self, installation: Installation):
        """And what to do about it."""
        folder = Path(str(make_url(installation.settings.database_url).query["host"]))
        folder.chmod(0o755)
        try:
            (finding,) = of_sockets(installation.settings)
        finally:
            folder.chmod(0o700)
        assert (finding.state, finding.way_out) == (State.UNSAFE, f"chmod 700 {folder}")

    def test_sees_a_superuser(self, servers: Addresses):
        """In the product's place."""
        engine = connect(servers.superusers_url)
        assert [one.state for one in of_role(engine)] == [State.UNSAFE]
        engine.dispose()


class TestTemporal:
    def test_answers_nobody_without_a_certificate_of_ours(
        self, installation: Installation, ports: dict[str, int], tmp_path: Path
    ):
        """At none of its ports: in the clear, with no certificate, or with one of another authority of that name."""
        others = authority.ensure(tmp_path / "others")
        assert len(ports) == 2 * len(ROLES)
        for name, port in ports.items():
            assert not answers_in_clear(port), name
            for shown in (None, others / "client.pem", others / "node.pem"):
                assert not answers_over_tls(port, shown), (name, shown)

    def test_answers_its_clients_at_the_front_only(self, installation: Installation, ports: dict[str, int]):
        """And the other way round: a server of ours is no client."""
        ours = certificates_of(installation.home)
        for name, port in ports.items():
            assert answers_over_tls(port, ours / "client.pem") == (name == "temporal-frontend"), name
        assert answers_over_tls(ports["temporal-history"], ours / "node.pem")
        assert not answers_over_tls(ports["temporal-frontend"], ours / "node.pem")

    async def test_takes_new_certificates_while_it_runs(self, installation: Installation):
        """Whoever is connected stays so, and whoever comes with a new one is let in."""
        settings = installation.settings
        before = await connect_to(settings.temporal_address, settings.namespace, settings.temporal)
        authority.rotate(certificates_of(installation.home))
        after = await connect_to(settings.temporal_address, settings.namespace, settings.temporal)
        for client in (before, after):
            await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="temporal-system"))


class TestCertificates:
    def test_are_for_their_owner_only(self, tmp_path: Path):
        """And made once."""
        folder = authority.ensure(tmp_path / "certificates")
        files = {path: path.read_bytes() for path in folder.iterdir()}
        assert len(files) == 2 * (len(authority.AUTHORITIES) + len(authority.LEAFS))
        assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {path: path.read_bytes() for path in authority.ensure(folder).iterdir()} == files

    def test_that_end_soon_are_made_anew_by_a_start(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Under the same authorities."""
        folder = tmp_path / "certificates"
        monkeypatch.setattr(authority, "LASTS", authority.SOON / 2)
        roots = {name: (authority.ensure(folder) / f"{name}.pem").read_bytes() for name in authority.AUTHORITIES}
        monkeypatch.undo()
        authority.ensure(folder)
        assert authority.left(folder / "client.pem") > authority.SOON
        assert {name: (folder / f"{name}.pem").read_bytes() for name in roots} == roots


class TestAClient:
    def test_never_takes_a_profile_from_the_home_of_whoever_runs_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        """Unless a file is named."""
        profile = tmp_path / "temporalio" / "temporal.toml"
        profile.parent.mkdir()
        profile.write_text('[profile.default]\naddress = "evil:1"\napi_key = "k"\n')
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        monkeypatch.setenv("HOME", str(tmp_path))
        assert "api_key" not in connection("here:1", "n", {})
        named = connection("here:1", "n", {"TEMPORAL_CONFIG_FILE": str(profile)})
        assert (named["target_host"], named["api_key"]) == ("here:1", "k")


class TestEnvironments:
    def test_of_servers_hold_nothing_of_whoever_started_them(self, installation: Installation):
        """A variable that is inherited may be obeyed, and can be read by whoever takes a server over."""
        for name, pid in installation.children().items():
            assert environment_of(pid).keys() <= {"LC_ALL"}, name
        assert os.environ.keys() - {"LC_ALL"}, "there was something to inherit"

    def test_can_be_seen(self, installation: Installation):
        """So that the one before proves something."""
        eventually(lambda: "PATH" in environment_of(installation.process.pid), "its own")
