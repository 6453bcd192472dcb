"""`zhishou run`: the whole installation, with its worker and API."""

import json
import os
import re
import secrets
import signal
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from cli.run import FIRST_PASSWORDS
from tests.patience import eventually
from tests.runtime.conftest import Installation, Installations
from tests.runtime.started import environment_of, running_on

RUN = ("cli", "run")


def answers(installation: Installation) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{installation.settings.port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def told(installation: Installation) -> dict[str, Any]:
    """What it says of itself."""
    with urllib.request.urlopen(f"http://127.0.0.1:{installation.settings.port}/readyz", timeout=5) as answer:
        said: dict[str, Any] = json.load(answer)
        return said


SECRET = "ZHISHOU_OIDC_CLIENT_SECRET"


def test_a_first_day_and_a_second(installations: Installations, home: Path, monkeypatch: pytest.MonkeyPatch):
    """Ready, passwords once, secrets for the API alone, back after a crash of ours, stopped in order, quick then."""
    monkeypatch.setenv(SECRET, secrets.token_hex(32))
    monkeypatch.setenv("CLOUD_KEY", "of somebody else")
    first = installations.start_and_wait(home, module=RUN)
    eventually(lambda: answers(first), "it says that it is well")
    assert f"http://127.0.0.1:{first.settings.port}" in first.output
    assert re.search(r"^zhishou:   hotline +\S{8,}$", first.output, re.MULTILINE)
    assert not (home / FIRST_PASSWORDS).exists()

    seen = [environment_of(pid) for pid in first.pids()]
    assert sorted(SECRET in variables for variables in seen) == [False, False, False, False, True]
    assert not any("CLOUD_KEY" in variables for variables in seen)
    servers = [pid for name, pid in first.children().items() if name in {"postgres", "temporal-server"}]
    ours = set(first.pids()) - set(servers)
    assert len(ours) == 3
    for pid in ours:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: ours.isdisjoint(first.pids()) and answers(first), "others are there in their place")
    eventually(lambda: told(first)["status"] == "ready", "every part has been heard, the watchdog's two looks too")

    first.signal(signal.SIGTERM)
    assert first.wait() == 0
    assert not running_on(str(home))
    codes = exit_codes(home)
    assert codes.keys() == {"worker", "watchdog", "api", "temporal", "postgres"}
    assert set(codes.values()) <= {0, -signal.SIGTERM}, "nothing aborted and nothing had to be killed"

    assert "shown this once" not in installations.start_and_wait(home, module=RUN).output


def exit_codes(home: Path) -> dict[str, int]:
    events = map(json.loads, (home / "logs" / "supervisor.log").read_text().splitlines())
    return {name: code for event in events if event["event"] == "stopped" for name, code in event["codes"].items()}
