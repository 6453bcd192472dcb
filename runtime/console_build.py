"""The console for browsers: built from `console/` by the Node of the lock, once for each content, into the cache.

`python -m runtime.console_build` builds it; `... to FOLDER` puts it there too; `... run SCRIPT` runs a script of its
`package.json` where all that it needs is installed. Standard library only: the API asks it what is there, wherever
that runs.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from runtime.cache import cache_dir, locked, say
from runtime.npm import installed, node, npm

PROJECT = Path(__file__).resolve().parent.parent
SOURCE = PROJECT / "console"
#: Where the wheel and the image carry it.
SHIPPED = PROJECT / "api" / "static" / "console"
#: The word of `ZHISHOU_CONSOLE` for no console at all.
NONE = "none"
#: A browser that still has an older page asks for that page's files; afterwards it has been told of the new one.
OLD_LASTS_S = 7 * 24 * 3600

_WHAT_NPM_INSTALLS_BY = (".npmrc", "package.json", "package-lock.json")
_NOT_SOURCE = {"node_modules", "dist", ".vite", "test-results"}
_FAILURE = "failure.txt"
#: In a build whose place another one has taken.
_REPLACED = "replaced"
_TESTS = {"e2e"}


class WhyNot(StrEnum):
    """Why there is no console; what npm said of it stands in the cache, for people at the machine alone."""

    SWITCHED_OFF = "switched_off"
    NO_PAGE = "no_page"
    NOT_SHIPPED = "not_shipped"
    NOT_BUILT = "not_built"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Built:
    """Where the built console lies, and where those of before do; or why there is none."""

    folder: Path | None = None
    old: tuple[Path, ...] = ()
    why_not: WhyNot | None = None


def built(named: str | None) -> Built:
    """What browsers get: the folder that is named, else what was shipped, else what was built from these sources."""
    if named == NONE:
        return Built(why_not=WhyNot.SWITCHED_OFF)
    if named or _is_built(SHIPPED):
        folder = Path(named).expanduser() if named else SHIPPED
        return Built(folder) if _is_built(folder) else Built(why_not=WhyNot.NO_PAGE)
    if not SOURCE.is_dir():
        return Built(why_not=WhyNot.NOT_SHIPPED)
    folder = _home() / fingerprint()
    if not _is_built(folder):
        return Built(why_not=WhyNot.FAILED if (_home() / _FAILURE).is_file() else WhyNot.NOT_BUILT)
    return Built(folder, tuple(_of_before(folder)))


def _is_built(folder: Path) -> bool:
    return (folder / "index.html").is_file()


def _of_before(folder: Path) -> Iterator[Path]:
    for each in folder.parent.iterdir():
        if each != folder and _is_built(each) and _lasts(each):
            yield each


def _lasts(folder: Path) -> bool:
    """Whether some page may still ask for it: a build counts from when another one took its place."""
    replaced = folder / _REPLACED
    return (replaced if replaced.is_file() else folder).stat().st_mtime > time.time() - OLD_LASTS_S


def fingerprint() -> str:
    """Of all that decides what the console is."""
    digest = hashlib.sha256(node().encode())
    for file in _sources():
        digest.update(f"\0{file.relative_to(SOURCE)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> list[Path]:
    found = (Path(folder) / name for folder, _, names in os.walk(SOURCE) for name in names)
    return sorted(file for file in found if not _left_out(file.relative_to(SOURCE)))


def _left_out(file: Path) -> bool:
    """Whether the build does not ask for it."""
    return bool({*_NOT_SOURCE, *_TESTS}.intersection(file.parts)) or ".test." in file.name


def _home() -> Path:
    place = cache_dir() / "console"
    place.mkdir(exist_ok=True)
    return place


def build() -> Path:
    """The built console; what has been built from these sources is not built again."""
    place = _home() / fingerprint()
    with locked(_home() / "build.lock"):
        if not place.is_dir():
            began = time.monotonic()
            with tree() as folder:
                run(folder, "build")
                (folder / "dist").rename(place)
            (_home() / _FAILURE).unlink(missing_ok=True)
            _clear(place)
            say(f"the console is ready after {time.monotonic() - began:.0f} s")
    return place


@contextmanager
def tree() -> Iterator[Path]:
    """A copy of the sources beside which npm has installed what they need, until the block ends."""
    place = Path(tempfile.mkdtemp(prefix="tree-", dir=workshop()))
    try:
        yield shutil.copytree(SOURCE, place, ignore=shutil.ignore_patterns(*_NOT_SOURCE), dirs_exist_ok=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def workshop() -> Path:
    """The folder in which npm has installed what the lock says, once."""
    return installed(SOURCE, _WHAT_NPM_INSTALLS_BY, _home() / "work", "installing what the console is built with")


#: The first has no windows to draw, and takes a third less of the processor for the same pages.
_BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser in which pages are tried; None: none is installed."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def run(folder: Path, script: str, **environment: str) -> str:
    """What a script of `package.json` says."""
    return npm(folder, "run", "--silent", script, **environment)


def _clear(kept: Path) -> None:
    """Remove what nobody asks for any more: older builds, and workshops of older locks."""
    for each in _home().iterdir():
        if not each.is_dir() or each == kept:
            continue
        if _is_built(each) and not (each / _REPLACED).is_file():
            (each / _REPLACED).touch()
        if not _lasts(each):
            shutil.rmtree(each, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Build it, or run one of its scripts; an installation starts without it all the same."""
    try:
        match arguments:
            case []:
                build()
            case ["to", folder]:
                shutil.copytree(build(), folder)
            case ["run", *scripts]:
                with tree() as copied:
                    for script in scripts:
                        run(copied, script)
    except (OSError, subprocess.CalledProcessError) as failure:
        say(f"the console: {failure}")
        if arguments[:1] != ["run"]:
            with suppress(OSError):
                (_home() / _FAILURE).write_text(f"{failure}\n")
            say("everything else works without it; `make console` tries again")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
