"""Other users of the machine: what they find at the servers of an installation."""

import json
import os
import stat
from pathlib import Path

import pytest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest

from runtime.embedded import authority
from runtime.embedded.temporal import ROLES, certificates_of
from runtime.temporal import connect_to
from runtime.temporal_settings import connection
from tests.patience import eventually
from tests.runtime.conftest import Installation
from tests.runtime.doors import answers_in_clear, answers_over_tls
from tests.runtime.started import environment_of


@pytest.fixture(scope="module")
def ports(installation: Installation) -> dict[str, int]:
    """Of Temporal's services, by their names."""
    return dict(json.loads((installation.home / "ports.json").read_text()))


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
