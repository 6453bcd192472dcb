"""One run: in peace, beside peers that do not do their work, under kills; then the account."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from channels.sending import AT_ONCE
from chaos.house import House
from chaos.letters import fire
from chaos.letters.account import Came, lateness_s, reconciled
from chaos.letters.fire import Peer
from chaos.letters.people import all_told, many_managers, tell, two_tickets
from store.database import connect
from store.models import PENDING, Way

WAYS = (Way.MAIL, Way.WEBHOOK, Way.SMS)
_MOOD_S, _GAP_S, _GLANCE_S = (8.0, 20.0), (3.0, 9.0), 2.0
#: What is left may have been tried in vain some times, and waits the longer.
_SETTLED_WITHIN_S = 1_200.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much a run does.

    Attributes:
        messages: under kills; a third as many in peace, and beside peers that do not do their work.
        people: so many that nobody has five a minute, beyond which they are one.
    """

    messages: int
    people: int
    a_second: float
    kills: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found; lateness in seconds of mail, which does its work, in peace and beside others that do not."""

    found: dict[str, list[str]]
    killed: Counter[str]
    messages: int
    came: dict[Way, int]
    calm_s: list[float]
    disturbed_s: list[float]
    took_s: float


async def run(house: House, peers: tuple[Peer, ...], size: Size, seed: int) -> Result:
    began, dice = time.monotonic(), random.Random(seed)  # noqa: S311  # repeatable, not secret
    engine = connect(house.settings.database_url)
    post = _Post(engine, many_managers(engine, size.people), two_tickets(engine), size.a_second)
    others = tuple(peer for peer in peers if peer.kind != Way.MAIL)
    calm = await post.tell_many(size.messages // 3)
    await post.until_over(_SETTLED_WITHIN_S)
    going = asyncio.create_task(fire.moody(others, dice, _MOOD_S))
    disturbed = await post.tell_many(size.messages // 3)
    going.cancel()
    killing = asyncio.create_task(fire.kills(house, peers, dice, size.kills, _GAP_S))
    fired = await post.tell_many(size.messages)
    killed = await killing
    await post.until_over(_SETTLED_WITHIN_S)
    told = all_told(engine)
    engine.dispose()
    came = {way: _came(next(peer for peer in peers if peer.kind == way)) for way in WAYS}
    in_peace, beside = (lateness_s(told, came[Way.MAIL], Way.MAIL, frozenset(each)) for each in (calm, disturbed))
    ids = {*calm, *disturbed, *fired}
    found = reconciled(ids, told, came, AT_ONCE * killed.total())
    many = {way: len(came[way]) for way in WAYS}
    return Result(found, killed, len(ids), many, in_peace, beside, time.monotonic() - began)


class _Post:
    """Tells people things, as fast as it should."""

    def __init__(self, engine: Engine, people: list[str], tickets: Sequence[str], a_second: float) -> None:
        self._engine, self._people, self._tickets, self._a_second = engine, people, tickets, a_second
        self._told = 0

    async def tell_many(self, count: int) -> list[str]:
        """By turns to each; the ids."""
        began, ids = time.monotonic(), list[str]()
        for nth in range(count):
            await asyncio.sleep(began + nth / self._a_second - time.monotonic())
            ids.append(await self._tell())
        return ids

    async def _tell(self) -> str:
        self._told += 1
        to, ticket = self._people[self._told % len(self._people)], self._tickets[self._told % len(self._tickets)]
        while True:
            try:
                return await asyncio.to_thread(tell, self._engine, to, ticket, self._told)
            except SQLAlchemyError:  # it was killed, and so was the message
                await asyncio.sleep(0.2)

    async def until_over(self, within_s: float) -> None:
        """Until nothing waits any more, or for so long."""
        until = time.monotonic() + within_s
        while time.monotonic() < until and not await asyncio.to_thread(self._is_over):  # noqa: ASYNC110
            await asyncio.sleep(_GLANCE_S)  # another process carries them

    def _is_over(self) -> bool:
        try:
            ours = [one for one in all_told(self._engine) if one.recipient in self._people]
        except SQLAlchemyError:
            return False
        return len(ours) >= self._told * len(WAYS) and not any(one.state in PENDING for one in ours)


def _came(peer: Peer) -> list[Came]:
    lines = Path(peer.folder / f"{peer.kind}.jsonl").read_text().splitlines()
    return [Came(one["letter"], one["at"], one["body"]) for one in map(json.loads, lines)]
