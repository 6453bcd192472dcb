"""What is done to whoever carries letters: peers in moods, kills of sender, database and peers."""

import asyncio
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaos.house import PROJECT, House
from chaos.letters.peers import MOODS
from chaos.processes import backends, kill
from runtime.processes import inherited

SENDER, POSTGRES, BACKEND, PEER = "sender", "postgres", "one connection of postgres", "a peer"
TARGETS = (SENDER, SENDER, POSTGRES, BACKEND, PEER)


class Peer:
    """A server that takes letters, as a process."""

    def __init__(self, kind: str, port: int, folder: Path) -> None:
        self.kind, self.port, self.folder = kind, port, folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """On its port, with the book that it had."""
        command = (sys.executable, "-m", "chaos.letters.peers", self.kind, str(self.port), str(self.folder))
        self._process = subprocess.Popen(command, cwd=PROJECT, env=inherited())

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def feels(self, mood: str) -> None:
        """Empty: it does its work."""
        (self.folder / f"{self.kind}.mood").write_text(mood)


@contextmanager
def running(peers: tuple[Peer, ...]) -> Iterator[None]:
    """Until the block ends."""
    try:
        for peer in peers:
            peer.start()
        yield
    finally:
        for peer in peers:
            peer.kill()


async def moody(peers: tuple[Peer, ...], dice: random.Random, lasts_s: tuple[float, float]) -> None:
    """By turns each is in every mood, until it is cancelled; then all are well."""
    try:
        while True:
            for mood in dice.sample(MOODS, k=len(MOODS)):
                for peer in peers:
                    peer.feels(mood)
                await asyncio.sleep(dice.uniform(*lasts_s))
    finally:
        for peer in peers:
            peer.feels("")


async def kills(
    house: House, peers: tuple[Peer, ...], dice: random.Random, count: int, gap_s: tuple[float, float]
) -> Counter[str]:
    """So many, of each kind by turns; which were killed."""
    killed, coming = Counter[str](), list[str]()
    while killed.total() < count:
        await asyncio.sleep(dice.uniform(*gap_s))
        coming = coming or dice.sample(TARGETS, k=len(TARGETS))
        target = coming.pop()
        killed[target] += await _killed(house, peers, dice, target)
    return killed


async def _killed(house: House, peers: tuple[Peer, ...], dice: random.Random, target: str) -> bool:
    if target == PEER:
        peer = dice.choice(peers)
        peer.kill()
        await asyncio.sleep(dice.uniform(0, 3))
        peer.start()
        return True
    parts = house.parts()
    if target == BACKEND:
        found = backends(parts[POSTGRES]) if POSTGRES in parts else []
        return bool(found) and kill(dice.choice(found))
    return target in parts and kill(parts[target])
