"""`python -m chaos --seed N`: prints one line a counter, and exits with 0 only if all eight are 0."""

import argparse
import asyncio
import gc
import sys
from collections import Counter
from datetime import UTC, datetime

from bench.figures import machine
from chaos.house import house
from chaos.plan import FULL, QUICK, plan
from chaos.run import Result, run
from domain.ticket.timeline import Happening

_SHOWN = 10  # of everything that a counter counts


def main() -> int:
    """Run, print, answer the exit code."""
    arguments = _arguments()
    print(f"zhishou chaos, seed {arguments.seed}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {machine()}", flush=True)
    result = _run(arguments)
    _say_what_happened(result)
    for counter, found in result.found.items():
        print(f"{counter} {len(found)}")
    _say_what_is_wrong(result)
    return 0 if result.is_clean else 1


def _run(arguments: argparse.Namespace) -> Result:
    with house(keep=arguments.keep) as running:
        if arguments.keep:
            print(f"everything stays in {running.home.parent}")
        try:
            return asyncio.run(run(running, plan(arguments.seed, arguments.size), arguments.seed))
        finally:
            gc.collect()  # a Temporal client that is still referenced may abort the interpreter's shutdown


def _say_what_happened(result: Result) -> None:
    account = result.evidence.account
    answers = Counter(answer.status for given in account.answers.values() for answer in given)
    tries = sum(map(len, account.sent.values()))
    late = _lateness_ms(result)
    print(f"{len(account.reports)} tickets, {len(account.commands)} commands, probes included")
    print(
        f"{tries} requests, {tries - len(account.sent)} of them repeats, {result.during_kills} while there were kills"
    )
    print("answers: " + ", ".join(f"{count} x {status or 'none'}" for status, count in sorted(answers.items())))
    print(f"{result.killed.total()} kills: " + ", ".join(f"{count} x {name}" for name, count in _sorted(result.killed)))
    print(
        f"{result.poisoned.total()} poisoned: "
        + ", ".join(f"{count} x {name}" for name, count in _sorted(result.poisoned))
    )
    print(f"{len(late)} alarms, max late {max(late, default=0) / 1000:.1f} s")
    print(f"{result.took_s:.0f} s")


def _lateness_ms(result: Result) -> list[int]:
    histories = result.evidence.at_the_end
    ours = [history for number, history in histories.items() if number not in result.evidence.before]
    entries = (entry for history in ours for entry in history.entries)
    return [entry.data["lateness_ms"] for entry in entries if entry.happening is Happening.ALARM_RAISED]


def _say_what_is_wrong(result: Result) -> None:
    for counter, found in result.found.items():
        for line in found[:_SHOWN]:
            print(f"  {counter}: {line}")
        if len(found) > _SHOWN:
            print(f"  {counter}: and {len(found) - _SHOWN} more")
    causes = Counter(cause for history in result.evidence.at_the_end.values() for cause in history.failures)
    for cause, count in _sorted(causes):
        print(f"  workflow tasks that failed: {count} x {cause}")


def _sorted(counts: "Counter[str]") -> list[tuple[str, int]]:
    return sorted(counts.items())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="what is sent and killed, and when, follows from it")
    parser.add_argument(
        "--quick", dest="size", action="store_const", const=QUICK, default=FULL, help="a minute instead of minutes"
    )
    parser.add_argument("--keep", action="store_true", help="leave the ledger, the logs and the data where they are")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
