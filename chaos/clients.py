"""The clients: they send what is planned, write down all of it, and repeat what was not settled, under the same id."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import httpx2

from chaos.ledger import NO_ANSWER, TAKEN, Answered, Ledger, Sent
from chaos.plan import Plan, Report, Step

TIMEOUT_S = 10.0
OPENED = (200, 201)
REPEATED = 0.1  # of the settled ones are sent once more all the same
_PAUSE_S = (0.1, 1.0)

Send = Callable[[], Coroutine[Any, Any, httpx2.Response]]


class Clients:
    """Some senders that share the work of a plan.

    Attributes:
        stop: from now on nothing is repeated any more, settled or not.
        tried: how often anything was sent.
    """

    def __init__(self, url: str, tokens: dict[str, str], ledger: Ledger, seed: int) -> None:
        self._tokens, self._ledger = tokens, ledger
        self._http = httpx2.AsyncClient(base_url=url, timeout=TIMEOUT_S, trust_env=False)
        self._dice = random.Random(seed)  # noqa: S311  # when it is repeated, not what
        self._opened: dict[int, asyncio.Future[str]] = {}
        self.stop, self.tried = asyncio.Event(), 0

    @property
    def numbers(self) -> dict[int, str]:
        """The tickets that are open, by their place in the plan."""
        return {place: future.result() for place, future in self._opened.items() if future.done()}

    async def work(self, plan: Plan, began: datetime) -> None:
        """Send all of it, each at its time, or as soon as one of us is free."""
        self._opened = {report.ticket: asyncio.get_running_loop().create_future() for report in plan.reports}
        errands, since = iter(plan.errands), time.monotonic()

        async def one_client() -> None:
            for errand in errands:
                await asyncio.sleep(max(0.0, since + errand.at_s - time.monotonic()))
                await self._run(errand, began)

        async with asyncio.TaskGroup() as group:
            for _ in range(plan.size.clients):
                group.create_task(one_client())

    async def close(self) -> None:
        """Nothing more will be sent."""
        await self._http.aclose()

    async def _run(self, errand: Report | Step, began: datetime) -> None:
        if isinstance(errand, Report):
            await self._open(errand, began)
            return
        number = await self._number(errand.ticket)
        if number is not None:
            act = errand.act
            await self.command(number, errand.command_id, act.user, act.kind, act.data, act.expected)

    async def _number(self, ticket: int) -> str | None:
        """The ticket's number, once it is open; None where that will not be."""
        opened, stopped = self._opened[ticket], asyncio.ensure_future(self.stop.wait())
        waiting: list[asyncio.Future[Any]] = [opened, stopped]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        return opened.result() if opened.done() else None

    async def _open(self, report: Report, began: datetime) -> None:
        body = report.body | {"received_at": (began - report.ago).isoformat()}
        headers = self._signed(report.user) | {"Idempotency-Key": report.key}
        line = Sent(_now(), report.key, report.user, OPENED)

        def send() -> Coroutine[Any, Any, httpx2.Response]:
            return self._http.post("/api/tickets", json=body, headers=headers)

        answer = await self._until_settled(line, [send])
        if answer is not None and answer.number is not None:
            self._opened[report.ticket].set_result(answer.number)

    async def command(
        self, number: str, command_id: str, user: str, kind: str, data: dict[str, Any], expected: tuple[int, ...]
    ) -> Answered | None:
        """Send a command until it is settled; None where it never was."""
        commands, headers = f"/api/tickets/{number}/commands", self._signed(user)
        body = {"command_id": command_id, "kind": kind, "data": data}

        def send() -> Coroutine[Any, Any, httpx2.Response]:
            return self._http.post(commands, json=body, headers=headers)

        def ask() -> Coroutine[Any, Any, httpx2.Response]:
            return self._http.get(f"{commands}/{command_id}", headers=headers)

        return await self._until_settled(Sent(_now(), command_id, user, expected, number, kind, data), [send, ask])

    async def _until_settled(self, line: Sent, ways: list[Send]) -> Answered | None:
        """Sent again and again; what is taken is asked about before it is repeated."""
        asks = False
        while not self.stop.is_set():
            answer = await self._tried(line, ways[asks], asked=asks)
            if answer.is_final:
                if self._dice.random() < REPEATED:
                    await self._tried(line, ways[0], asked=False)
                return answer
            asks = answer.status == TAKEN and len(ways) > 1
            await asyncio.sleep(self._dice.uniform(*_PAUSE_S))
        return None

    async def _tried(self, line: Sent, send: Send, *, asked: bool) -> Answered:
        if not asked:
            self._ledger.write(_again(line))
            self.tried += 1
        try:
            response = await send()
            answer = _answer(line.id, response, asked=asked)
        except (httpx2.TransportError, ValueError) as error:
            answer = Answered(_now(), line.id, NO_ANSWER, asked=asked, trouble=repr(error))
        self._ledger.write(answer)
        return answer

    def _signed(self, user: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._tokens[user]}"}


def _again(line: Sent) -> Sent:
    return Sent(_now(), line.id, line.user, line.expected, line.ticket, line.kind, line.data)


def _answer(id_: str, response: httpx2.Response, *, asked: bool) -> Answered:
    document = response.json()
    said = {name: document.get(name) for name in ("number", "decision", "seq", "reason")}
    return Answered(_now(), id_, response.status_code, **said, asked=asked)


def _now() -> datetime:
    return datetime.now(UTC)
