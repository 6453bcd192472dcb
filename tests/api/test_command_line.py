"""Tokens and passwords from the command line of a running installation."""

import os
import subprocess
import sys
from collections.abc import Callable

import httpx2
import pytest

from runtime.settings import Settings
from tests.patience import PATIENCE_S
from tests.served import Served

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def zhishou(settings: Settings) -> Command:
    """Runs the command on the installation that the tests serve."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | settings.as_environment()
        command = [sys.executable, "-m", "cli", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)

    return run


class TestTheCommand:
    def test_token_prints_a_bearer_token_and_nothing_else(self, desk: Served, zhishou: Command):
        """So that a script can use what it prints."""
        printed = zhishou("token", "pm")
        assert printed.returncode == 0, printed.stderr
        headers = {"Authorization": f"Bearer {printed.stdout.strip()}"}
        assert httpx2.get(f"{desk.url}/api/session", headers=headers).json()["id"] == "pm"

    def test_password_prints_a_new_password(self, desk: Served, zhishou: Command):
        """The old one is gone."""
        passwords = [zhishou("password", "duty").stdout.strip() for _ in range(2)]
        body = [{"user": "duty", "password": password} for password in passwords]
        answers = [httpx2.post(f"{desk.url}/api/session", json=one).status_code for one in body]
        assert answers == [401, 200]

    @pytest.mark.parametrize("command", ["token", "password"])
    def test_names_the_users_that_there_are(self, desk: Served, zhishou: Command, command: str):
        """When asked for one who is not."""
        printed = zhishou(command, "nobody")
        assert printed.returncode == 1
        assert printed.stdout == ""
        assert "engineer2" in printed.stderr
