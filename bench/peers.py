"""The libraries that due times are compared with, in a folder of their own: `python3 -m bench.peers`.

Not in .venv, for the product does not need them. Standard library only, like the set-up whose installer it uses.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from runtime.bootstrap import VENV, run_uv
from runtime.cache import cache_dir, locked, say

LOCK = Path(__file__).with_name("peers.lock")


def place() -> Path:
    """Where they are, once they are installed."""
    wanted = hashlib.sha256(f"{VENV} {sys.version_info[:2]}".encode() + LOCK.read_bytes())
    return cache_dir() / f"bench-peers-{wanted.hexdigest()[:16]}"


def install() -> None:
    """Unless they are there."""
    with locked(cache_dir() / "bench-peers.lock"):
        if place().is_dir():
            return
        say("installing the libraries that due times are compared with")
        unfinished = place().with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        where = ("--python", str(VENV / "bin" / "python"), "--target", str(unfinished))
        run_uv("pip", "install", "--quiet", "--require-hashes", *where, "--requirement", str(LOCK))
        unfinished.rename(place())


if __name__ == "__main__":
    try:
        install()
    except (OSError, subprocess.CalledProcessError) as failure:
        say(f"due times are measured without them: {failure}")
