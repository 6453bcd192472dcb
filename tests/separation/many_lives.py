"""`make lives`: the read model of a thousand random lives made anew from histories, and from the archive alone.

Some at a time; what came of these is a line of a file, so the same command goes on where it was stopped.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from demo.seed import seed
from runtime.embedded.pair import embedded_servers
from runtime.embedded.postgres import create_database
from runtime.temporal import connect_to, ensure_namespaces
from store.migrate import upgrade
from tests.conftest import NAMESPACE
from tests.separation.lives import Found, Lives, lives

#: Lives whose rows are compared together, and which a stop loses at most.
TOGETHER = 25


def main() -> int:
    """Answers with 0 only if nothing differs."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    arguments = _arguments()
    file: Path = arguments.file
    found, wanted = _read(file), [*_parts(arguments.lives)]
    if any(part not in found for part in wanted):
        try:
            _live(wanted, found, file)
        except KeyboardInterrupt:
            done = sum(map(len, found.keys() & set(wanted)))
            print(f"stopped; the same command goes on: {done} of {arguments.lives} are in {file}")
            return 130
    return _say([found[part] for part in wanted if part in found], sum(map(len, set(wanted) - found.keys())), file)


def _parts(lives: int) -> Iterator[range]:
    return (range(first, min(lives, first + TOGETHER)) for first in range(0, lives, TOGETHER))


def _live(wanted: list[range], found: dict[range, Found], file: Path) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    times = (TimeElapsedColumn(), TimeRemainingColumn())
    left = [part for part in wanted if part not in found]
    total = sum(map(len, wanted))
    with Progress(*columns, *times, console=Console(stderr=True)) as bar, _there() as there:
        task = bar.add_task("lives", total=total, completed=total - sum(map(len, left)))
        for part in left:
            try:
                found[part] = there.found(part, lambda: bar.advance(task))
            except* TimeoutError:
                bar.console.print(f"lives {part.start} to {part.stop - 1}: the machine was too busy for them")
            else:
                _keep(part, found[part], file)


@contextmanager
def _there() -> Iterator[Lives]:
    """Servers of their own, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="zhishou-lives-"))
    home.chmod(0o711)  # as root, so that the database server keeps its data in here
    try:
        with embedded_servers(home, time_skipping=(NAMESPACE,), durable=False) as running:
            running.postgres.create_role()
            url = create_database(running.postgres.superusers_url, running.postgres.url("postgres"), "lives")
            upgrade(url)
            seed(url)
            os.environ.update(running.temporal.ways_in)
            asyncio.run(_namespace(running.temporal.address))
            with lives(running.temporal.address, url, home) as there:
                yield there
    finally:
        shutil.rmtree(home)


def _keep(part: range, found: Found, file: Path) -> None:
    with file.open("a", encoding="utf-8") as kept:
        kept.write(json.dumps({"first": part.start, "behind": part.stop, "found": asdict(found)}) + "\n")


async def _namespace(address: str) -> None:
    await ensure_namespaces(await connect_to(address, NAMESPACE), NAMESPACE)


def _read(file: Path) -> dict[range, Found]:
    """What was found already; a line that was cut off is lived again."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(whole, encoding="utf-8")
    lines = map(json.loads, whole.splitlines())
    return {range(line["first"], line["behind"]): Found(**line["found"]) for line in lines}


def _say(found: list[Found], left: int, file: Path) -> int:
    for what in (what for each in found for what in (each.live, each.kept, each.unlike) if what):
        print(what)
    tickets, over, still = (sum(getattr(each, name) for each in found) for name in ("tickets", "over", "still"))
    differences = sum(each.differences for each in found)
    print(f"tickets {tickets}: {over} over, which the server has forgotten, {still} open; {file}")
    print(f"differences {differences}" + (f"; {left} lives are left, the same command goes on" if left else ""))
    return 1 if differences or left else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make lives", description=__doc__)
    parser.add_argument("--lives", type=int, default=1000)
    parser.add_argument("--file", type=Path, default=Path("build/lives.jsonl"), help="where what was found is kept")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
