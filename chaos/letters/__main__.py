"""`python -m chaos.letters --seed N`: prints one line a counter, and exits with 0 only if all are 0."""

import argparse
import asyncio
import base64
import secrets
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import machine, percentile
from chaos.house import house
from chaos.letters.fire import Peer, running
from chaos.letters.run import WAYS, Result, Size, run
from runtime.embedded.ports import CANDIDATES, is_free
from runtime.files import write_private
from store.models import Way

FULL = Size(messages=1_200, people=200, a_second=6, kills=30)
QUICK = Size(messages=120, people=40, a_second=4, kills=5)
_SHOWN = 10
BAR = 1.2


def main() -> int:
    """Run, print, answer the exit code."""
    arguments = _arguments()
    print(f"zhishou chaos.letters, seed {arguments.seed}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {machine()}")
    folder = Path(tempfile.mkdtemp(prefix="zhishou-letters-"))
    try:
        result = _run(folder, arguments.size, arguments.seed)
    finally:
        shutil.rmtree(folder)
    _say(result)
    return 1 if any(result.found.values()) else 0


def _run(folder: Path, size: Size, seed: int) -> Result:
    ports = [port for port in CANDIDATES if is_free(port)][: len(WAYS)]
    peers = tuple(Peer(way, port, folder) for way, port in zip(WAYS, ports, strict=True))
    with running(peers), house(environment=_environment(peers, folder)) as at:
        return asyncio.run(run(at, peers, size, seed))


def _environment(peers: tuple[Peer, ...], folder: Path) -> dict[str, str]:
    """What the installation is told of its channels."""
    secret = folder / "secret"
    write_private(secret, "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode())
    mail, *posts = peers
    told = {"ZHISHOU_MAIL_SERVER": f"smtp://127.0.0.1:{mail.port}", "ZHISHOU_MAIL_FROM": "zhishou@example.com"}
    for peer in posts:
        name = f"ZHISHOU_{peer.kind.upper()}"
        told |= {f"{name}_URL": f"http://127.0.0.1:{peer.port}/", f"{name}_SECRET_FILE": str(secret)}
    return told | {"ZHISHOU_PRIVATE_HOSTS": "127.0.0.1"}


def _say(result: Result) -> None:
    print(
        f"{result.messages} messages, letters that came: " + ", ".join(f"{n} x {way}" for way, n in result.came.items())
    )
    print(f"{result.killed.total()} kills: " + ", ".join(f"{n} x {name}" for name, n in sorted(result.killed.items())))
    calm, disturbed = (percentile(each, 99) for each in (result.calm_s, result.disturbed_s))
    met = "met" if disturbed <= BAR * calm else "NOT MET"
    print(
        f"{Way.MAIL}, p99: {calm:.2f} s in peace, {disturbed:.2f} s beside peers that hang, refuse and answer late:"
        f" {disturbed / calm:.2f}x (<= {BAR}x {met})"
    )
    print(f"{result.took_s:.0f} s")
    for counter, found in result.found.items():
        print(f"{counter} {len(found)}")
        for line in found[:_SHOWN]:
            print(f"  {line}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m chaos.letters", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="who is killed, and when, follows from it")
    parser.add_argument("--quick", dest="size", action="store_const", const=QUICK, default=FULL, help="less of it")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
