"""Poison: signals that nobody can read, and commands whose entries no database takes, sent past the API.

The tickets live on: that nothing is stuck, no alarm is missing and the read model can be rebuilt is counted anyway.
"""

import asyncio
import random
import uuid
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime

from temporalio.api.common.v1 import Payload, Payloads, WorkflowExecution
from temporalio.api.workflowservice.v1 import SignalWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError

from activities.signals import SUBMIT
from chaos.clients import Clients
from chaos.house import House
from chaos.ledger import Ledger, Sent
from demo.people import PEOPLE
from domain.people.actors import Actor
from domain.ticket.commands import Command, CommandKind
from gateway.tickets import EndedError, Tickets
from runtime.signing import Signer
from runtime.temporal import connect

#: By its name what is sent: a signal's name and the payloads with it.
SIGNALS: dict[str, tuple[str, tuple[Payload, ...]]] = {
    "no argument": (SUBMIT, ()),
    "two arguments": (SUBMIT, (Payload(metadata={"encoding": b"json/plain"}, data=b"{}"),) * 2),
    "no JSON": (SUBMIT, (Payload(metadata={"encoding": b"json/plain"}, data=b"{"),)),
    "packed nonsense": (SUBMIT, (Payload(metadata={"encoding": b"binary/zlib"}, data=b"x\x9c\x00"),)),
    "unknown name": ("no_such_signal", ()),
}
REFUSED = "refused by the database"
KINDS = (*SIGNALS, REFUSED)
#: Characters that no index takes.
_TOO_LONG = 5_000
_PAUSE_S = (0.5, 2.0)
_WITHIN_S = 5.0


class Poisoner:
    """Sends each kind in turn to tickets that were opened in the run.

    Attributes:
        sent: how often each kind was.
    """

    def __init__(self, house: House, clients: Clients, ledger: Ledger, seed: int) -> None:
        self._house, self._clients, self._ledger = house, clients, ledger
        self._dice = random.Random(seed)  # noqa: S311  # repeatable, not secret
        self.sent: Counter[str] = Counter()

    async def work(self) -> None:
        """Until it is cancelled; what cannot be sent because a server is dead is sent later."""
        client = await connect(self._house.settings)
        coming: list[str] = []
        while True:
            await asyncio.sleep(self._dice.uniform(*_PAUSE_S))
            if not self._clients.numbers:
                continue
            coming = coming or self._dice.sample(KINDS, k=len(KINDS))
            with suppress(RPCError, EndedError, TimeoutError):
                async with asyncio.timeout(_WITHIN_S):
                    number = self._dice.choice(sorted(self._clients.numbers.values()))
                    await self._send(client, number, coming[-1])
                    self.sent[coming.pop()] += 1

    async def _send(self, client: Client, number: str, kind: str) -> None:
        if kind == REFUSED:
            await self._send_refused(client, number)
            return
        name, payloads = SIGNALS[kind]
        request = SignalWorkflowExecutionRequest(
            namespace=client.namespace,
            workflow_execution=WorkflowExecution(workflow_id=number),
            signal_name=name,
            input=Payloads(payloads=payloads),
        )
        await client.workflow_service.signal_workflow_execution(request)

    async def _send_refused(self, client: Client, number: str) -> None:
        """A command in good order, but for an id that is longer than the database's index takes."""
        settings, duty = self._house.settings, PEOPLE["duty"]
        characters = map(chr, self._dice.choices(range(0x4E00, 0x9F00), k=_TOO_LONG))
        id_, data = f"{uuid.uuid4()} {''.join(characters)}", {"text": "进展"}
        now = datetime.now(UTC)
        self._ledger.write(Sent(now, id_, "duty", (), number, CommandKind.NOTE, data))
        command = Command(id_, CommandKind.NOTE, Actor("duty", duty.role), now, data=data)
        await Tickets(client, settings.task_queue, Signer.of(settings.key_folder)).send(number, command)
