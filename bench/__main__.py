"""`python -m bench [row ...] [--quick | --full]`: measures, and prints each figure with its bar (docs/bench.md)."""

import argparse
import asyncio
import gc
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from bench import (
    audit,
    console,
    decisions,
    due_times,
    footprint,
    history,
    lateness,
    months,
    pages,
    recovery,
    shift,
    start,
    tls,
    usable,
    wall,
)
from bench.figures import NotRun, Say, machine, remark, say, say_header
from bench.house import House, house
from bench.size import FULL, QUICK, USUAL, Size

Measure = Callable[[House, Size, Say], Awaitable[None]]


def _in_a_house(measure: Measure) -> Callable[[Size, Say], None]:
    """The row, with servers of its own."""

    def measured(size: Size, say: Say) -> None:
        with house() as servers:
            asyncio.run(_in_time(measure(servers, size, say), size))
            gc.collect()  # a Temporal client that is still referenced may abort the interpreter's shutdown

    return measured


async def _in_time(measuring: Awaitable[None], size: Size) -> None:
    await asyncio.wait_for(measuring, size.row_within_s)


ROWS: dict[str, Callable[[Size, Say], None]] = {
    "decisions": _in_a_house(decisions.measure),
    "pages": _in_a_house(pages.measure),
    "console": _in_a_house(console.measure),
    "usable": _in_a_house(usable.measure),
    "shift": _in_a_house(shift.measure),
    "wall": _in_a_house(wall.measure),
    "lateness": _in_a_house(lateness.measure),
    "recovery": _in_a_house(recovery.measure),
    "tls": _in_a_house(tls.measure),
    "footprint": _in_a_house(footprint.measure),
    "due_times": due_times.measure,
    "history": _in_a_house(history.measure),
    "audit": _in_a_house(audit.measure),
    "months": _in_a_house(months.measure),
    "start": start.measure,
}


def main() -> None:
    arguments = _arguments()
    print(f"zhishou bench, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {arguments.size.name} size")
    print(f"on {machine()}", flush=True)
    say_header()
    for row in arguments.rows or ROWS:
        _run(row, arguments.size)


def _run(row: str, size: Size) -> None:
    began = time.monotonic()
    try:
        ROWS[row](size, say)
    except Exception:  # noqa: BLE001  # a row that fails is reported as not run, and the others run
        traceback.print_exc()
        say(NotRun(row, "the rest of this row", "see the error above"))
    remark(f"row {row} took {time.monotonic() - began:.0f} s")


def _arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="row", help=f"some of {' '.join(ROWS)}; none: all")
    sizes = parser.add_mutually_exclusive_group()
    sizes.add_argument("--quick", dest="size", action="store_const", const=QUICK, default=USUAL, help="minutes")
    sizes.add_argument("--full", dest="size", action="store_const", const=FULL, help="an hour, all that is asked for")
    arguments = parser.parse_args(given)
    if unknown := set(arguments.rows) - set(ROWS):
        parser.error(f"no such row: {' '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    main()
