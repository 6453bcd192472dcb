"""One run: clients and killer at work on a house, then the account."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio.client import Client

from chaos import readmodel
from chaos.clients import Clients
from chaos.histories import History, all_numbers, read_history
from chaos.house import House
from chaos.killer import Killer
from chaos.ledger import Account, Ledger
from chaos.plan import Plan
from chaos.poison import Poisoner
from chaos.probe import pulses, wait_at_rest
from chaos.reconcile import Evidence, reconciled
from runtime.temporal import connect
from store.database import connect as connect_database

#: After the last kill: what the clients may take to settle everything, and the tickets to come to rest.
SETTLED_WITHIN_S = 120.0
AT_REST_WITHIN_S = 90.0
#: An alarm may be this late when nothing is killed.
GRACE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Result:
    """What a run found.

    Attributes:
        found: counter by counter, everything that it counts.
        poisoned: how often each kind of poison was sent.
        during_kills: how often anything was sent before the last kill.
    """

    found: dict[str, list[str]]
    evidence: Evidence
    killed: Counter[str]
    poisoned: Counter[str]
    during_kills: int
    took_s: float

    @property
    def is_clean(self) -> bool:
        """Whether all counters are 0."""
        return not any(self.found.values())


async def run(house: House, plan: Plan, seed: int) -> Result:
    """Work, kill, wait, ask, read everything, reconcile."""
    began = time.monotonic()
    users = [report.user for report in plan.reports] + [step.act.user for step in plan.steps]
    ledger, killer = Ledger(house.ledger), Killer(house, seed)
    clients = Clients(house.url, house.tokens([*users, "duty"]), ledger, seed)
    poisoner = Poisoner(house, clients, ledger, seed)
    try:
        before = {number async for number in all_numbers(await connect(house.settings))}
        during_kills = await _under_fire(house, clients, killer, poisoner, plan)
        evidence = await _afterwards(house, clients, before)
    finally:
        await clients.close()
        ledger.close()
    return Result(reconciled(evidence), evidence, killer.killed, poisoner.sent, during_kills, time.monotonic() - began)


async def _under_fire(house: House, clients: Clients, killer: Killer, poisoner: Poisoner, plan: Plan) -> int:
    """The clients work while the killer and the poisoner do; how much had been sent by the last kill."""
    working = asyncio.create_task(clients.work(plan, datetime.now(UTC)))
    poisoning = asyncio.create_task(poisoner.work())
    await killer.work(plan.size)
    poisoning.cancel()
    during_kills = clients.tried
    await asyncio.to_thread(house.wait_ready)
    try:
        async with asyncio.timeout(SETTLED_WITHIN_S):
            await asyncio.shield(working)
    except TimeoutError:
        clients.stop.set()
        await working
        clients.stop.clear()
    return during_kills


async def _afterwards(house: House, clients: Clients, before: set[str]) -> Evidence:
    """First at rest, before a probe makes up for anything; then everything once more."""
    client, engine = await connect(house.settings), connect_database(house.settings.database_url)
    numbers = sorted(clients.numbers.values())
    await wait_at_rest(client, numbers, AT_REST_WITHIN_S)
    horizon = datetime.now(UTC) - GRACE
    at_rest = await _histories(client, Account.read(house.ledger))
    alive = await pulses(client, clients, at_rest)
    await wait_at_rest(client, numbers, AT_REST_WITHIN_S)
    copy = await asyncio.to_thread(readmodel.snapshot, engine)
    account = Account.read(house.ledger)
    at_the_end = await _histories(client, account)
    differing = await asyncio.to_thread(readmodel.differences, engine, copy, at_the_end.values(), before)
    engine.dispose()
    return Evidence(account, horizon, at_rest, at_the_end, alive, differing, before)


async def _histories(client: Client, account: Account) -> dict[str, History]:
    """Of all tickets that Temporal knows, and of those that were promised to exist."""
    promised = {answer.number for key in account.reports for answer in account.answers.get(key, ()) if answer.number}
    numbers = promised | {number async for number in all_numbers(client)}
    read = [await read_history(client, number) for number in sorted(numbers)]
    return {history.number: history for history in read if history is not None}
