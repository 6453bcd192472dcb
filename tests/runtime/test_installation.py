"""The embedded servers of an installation and the home that they run on."""

import os
import shutil
import signal
import socket
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from runtime.embedded.postgres_place import SYSTEM_FOLDER
from runtime.errors import NotRunningError
from runtime.temporal import connect, connect_to, ensure_namespaces
from tests.patience import eventually
from tests.runtime.conftest import AS_ORDINARY_USER, Installation, Installations
from tests.runtime.started import is_alive, listening, running_on

LOOPBACK = "0100007F:"


class TestOneThatRuns:
    def test_refuses_a_second_start_and_says_what_runs(self, installation: Installation, installations: Installations):
        second = installations.start(installation.home)
        assert second.wait() == 1
        assert f"process {installation.process.pid}, http://127.0.0.1:" in second.output
        assert installation.sql("SELECT 1") == 1

    def test_leaves_another_home_alone(self, installation: Installation, installations: Installations, home: Path):
        second = installations.start_and_wait(home)
        installation.sql("CREATE TABLE only_here ()")
        assert second.sql("SELECT to_regclass('only_here')") is None
        assert second.settings.temporal_address != installation.settings.temporal_address

    def test_listens_on_loopback_only(self, installation: Installation):
        servers = installation.children()
        assert not listening(servers["postgres"])
        of_temporal = listening(servers["temporal-server"])
        assert of_temporal
        assert all(address.startswith(LOOPBACK) for address in of_temporal)

    def test_shows_nothing_of_its_home_to_others(self, installation: Installation):
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in installation.home.rglob("*")}
        assert modes
        assert not [path for path, mode in modes.items() if mode & 0o077]

    def test_keeps_workflows_in_a_write_ahead_log(self, installation: Installation):
        with closing(sqlite3.connect(installation.home / "temporal" / "temporal.db")) as database:
            assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_writes_rows_through_to_the_disk(self, installation: Installation):
        assert installation.sql("SHOW fsync") == "on"
        assert installation.sql("SHOW synchronous_commit") == "on"

    async def test_skips_time_in_drills_only(self, installation: Installation):
        settings = installation.settings
        client = await connect(settings)
        await ensure_namespaces(client, settings.namespace, settings.drill_namespace)
        drill = await connect_to(settings.temporal_address, settings.drill_namespace, settings.temporal)
        await TimeSkipper(drill).client.start_workflow("any", id="any", task_queue="any")
        with pytest.raises(RPCError, match="not enabled for namespace"):
            await TimeSkipper(client).client.start_workflow("any", id="any", task_queue="any")


class TestAnEnd:
    async def test_keeps_all_data_also_when_everything_is_killed(self, installations: Installations, home: Path):
        first = installations.start_and_wait(home)
        first.sql("CREATE TABLE kept AS SELECT 42 AS answer")
        address = first.settings.temporal_address
        await ensure_namespaces(await connect(first.settings), "kept")
        for pid in (first.process.pid, *first.children().values()):
            os.kill(pid, signal.SIGKILL)
        first.wait()

        second = installations.start_and_wait(home)
        assert second.sql("SELECT answer FROM kept") == 42
        assert second.settings.temporal_address == address
        client = await connect(second.settings)
        await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="kept"))

    def test_by_kill_leaves_no_process(self, installations: Installations, home: Path):
        installation = installations.start_and_wait(home)
        installation.signal(signal.SIGKILL)
        installation.wait()
        eventually(lambda: not running_on(str(home)), "the servers end")
        with pytest.raises(NotRunningError):
            _ = installation.settings

    async def test_of_a_server_is_followed_by_its_return_at_the_same_address(
        self, installations: Installations, home: Path
    ):
        installation = installations.start_and_wait(home)
        before = installation.children()
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        eventually(lambda: not any(map(is_alive, before.values())), "they are dead")
        eventually(lambda: len(installation.children()) == len(before), "they are back")
        await connect(installation.settings)
        eventually(installation.accepts_sql, "Postgres has recovered")


class TestAStart:
    def test_by_an_ordinary_user_keeps_all_in_the_home(self, installations: Installations, home: Path):
        installation = installations.start_and_wait(home, *AS_ORDINARY_USER)
        assert installation.sql("SELECT 1") == 1
        assert (home / "postgres" / "data").is_dir()

    @pytest.mark.skipif(os.geteuid() != 0, reason="about root")
    def test_by_root_opens_no_closed_folder(self, installations: Installations, tmp_path: Path):
        home = tmp_path / "home"
        installation = installations.start_and_wait(home)
        data = SYSTEM_FOLDER / (home / "postgres-id").read_text()
        try:
            assert installation.sql("SELECT 1") == 1
            assert data.stat().st_uid != 0
            assert stat.S_IMODE(data.stat().st_mode) == 0o700
            assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
        finally:
            installations.close()
            shutil.rmtree(data)

    def test_under_a_very_long_path_works(self, installations: Installations, home: Path):
        installation = installations.start_and_wait(home.joinpath(*["long" * 10] * 4, "with space"))
        assert installation.sql("SELECT 1") == 1
        socket_folder = Path(str(make_url(installation.settings.database_url).query["host"]))
        installations.close()
        socket_folder.rmdir()

    def test_on_a_port_in_use_is_refused_with_its_number(self, installations: Installations, home: Path):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            installation = installations.start(home, port=port)
            assert installation.wait() == 1
            assert f"port {port}" in installation.output
