"""Set-up of a fresh machine: `python3 -m runtime.bootstrap [server] [peers] [lock]`, called by the Makefile.

Runs before the virtual environment exists, so it uses the standard library only. Every step is idempotent and
resumes after an interruption; two set-ups at once wait for each other.
"""

import functools
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from runtime.cache import cache_dir, locked, say
from runtime.server_build import VERSITYGW, build, build_temporal_server

UV = "uv==0.13.9"
PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
LOCK = PROJECT / "requirements.lock"


def main(arguments: list[str]) -> int:
    # SIGTERM ends a step as Ctrl-C does, also in the background: its child is stopped, what was downloaded stays.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.default_int_handler)
    try:
        if arguments == ["lock"]:
            write_lock()
            return 0
        make_environment()
        if "server" in arguments:
            build_temporal_server(run_uv)
        if "peers" in arguments:
            build(VERSITYGW, run_uv)
    except KeyboardInterrupt:
        say("set-up interrupted; the next one goes on from here")
        return 130
    except subprocess.CalledProcessError as failure:
        say(f"set-up stopped: {failure}")
        return 1
    return 0


def make_environment() -> None:
    """Make .venv hold exactly what requirements.lock says, and the project itself, editable."""
    wanted = fingerprint()
    stamp = VENV / "zhishou-set-up"
    with locked(cache_dir() / f"set-up-{hashlib.sha256(str(PROJECT).encode()).hexdigest()[:16]}.lock"):
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        stamp.unlink(missing_ok=True)
        say("installing the Python packages into .venv")
        if not (VENV / "bin" / "python").exists():
            run_uv("venv", "--quiet", "--clear", "--python", sys.executable, str(VENV))
        run_uv("pip", "sync", "--quiet", "--require-hashes", "--python", str(VENV), str(LOCK))
        project = ("--no-deps", "--no-build-isolation", "--editable", str(PROJECT))
        run_uv("pip", "install", "--quiet", "--python", str(VENV), *project)
        stamp.write_text(wanted)


def fingerprint() -> str:
    """Of all that decides what is in .venv; its own place too, for scripts name it."""
    digest = hashlib.sha256(f"{PROJECT} {sys.version}".encode())
    for file in (LOCK, PROJECT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def write_lock() -> None:
    arguments = ("--extra", "dev", "--universal", "--generate-hashes", "--no-header", "--quiet")
    run_uv("pip", "compile", "pyproject.toml", *arguments, "--output-file", LOCK.name)


def run_uv(*arguments: str, **environment: str) -> None:
    """Our own uv with the user's settings of pip, which it does not read by itself."""
    environment = {**os.environ, **mirror(), "UV_PYTHON_DOWNLOADS": "never", **environment}
    subprocess.run([uv(), *arguments], check=True, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL)


@functools.cache
def mirror() -> dict[str, str]:
    """The package index that pip is set to, in uv's words."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    found = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or found.stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def uv() -> str:
    """Path of our own uv, in a folder of its own because the system's Python may be closed to pip."""
    place = cache_dir() / UV.replace("==", "-")
    with locked(cache_dir() / "uv.lock"):
        if not place.is_dir():
            say(f"installing {UV}")
            unfinished = place.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            command = [*pip, "--root-user-action=ignore", "--target", str(unfinished), UV]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
            unfinished.rename(place)
    return str(place / "bin" / "uv")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
