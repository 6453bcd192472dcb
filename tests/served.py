"""The API as it is served: a real uvicorn on loopback with a real worker, in a thread of its own.

Where a worker is there, the API waits for it however slow the machine is; where there is none, as long as in earnest.
"""

import asyncio
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import httpx2
import structlog
import uvicorn
from sqlalchemy import Engine
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access import finding
from api.app import create_app
from api.http import bounds
from api.http.bounds import BoundedConnection
from gateway import tickets
from runtime.settings import Settings
from runtime.temporal import connect
from store.access.tokens import bearer, issue
from store.database import connect as connect_database
from store.registry.record import Kind
from store.registry.seen import latest
from tests.patience import PATIENCE_S
from worker import worker

#: A client lets go of an idle connection before a server does (5 s): what is sent just as it is hung up is lost.
BRIEFLY = httpx2.Limits(keepalive_expiry=1)


#: The path of the request that is being answered, in whichever thread; empty: none is.
ANSWERING: ContextVar[str] = ContextVar("answering", default="")


@dataclass
class Served:
    """A running API."""

    url: str
    settings: Settings
    engine: Engine
    working: bool = True
    clients: dict[str, httpx2.Client] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    former: list[httpx2.Client] = field(default_factory=list)
    making: threading.Lock = field(default_factory=threading.Lock)

    def as_user(self, user: str) -> httpx2.Client:
        """A client that shows this user's token; another one, once that opens nothing any more."""
        now = datetime.now(UTC)
        with self.making:
            if user not in self.clients or not bearer(self.engine, self.tokens[user], now):
                self.tokens[user] = issue(self.engine, user, name="test", lasts=timedelta(hours=1), now=now)
                self.former += filter(None, [self.clients.get(user)])  # a thread may still ask by it
                self.clients[user] = self._client({"Authorization": f"Bearer {self.tokens[user]}"})
            return self.clients[user]

    def _client(self, headers: dict[str, str]) -> httpx2.Client:
        # The address is plain HTTP. To be ready for another one reads all authorities of the machine, client by client.
        return httpx2.Client(base_url=self.url, headers=headers, timeout=PATIENCE_S, limits=BRIEFLY, verify=False)

    @property
    def seen(self) -> dict[str, int]:
        """Sent with a change of the registry by whoever has seen all that was changed before."""
        return {"version": latest(self.engine, *Kind)}

    def close(self) -> None:
        """Hang up."""
        for client in (*self.clients.values(), *self.former):
            client.close()
        self.engine.dispose()

    @property
    def stranger(self) -> httpx2.Client:
        """A client that shows nothing."""
        with self.making:
            if "" not in self.clients:
                self.clients[""] = self._client({})
            return self.clients[""]

    def open(self, pack: str = "sitech", /, **fields: Any) -> dict[str, Any]:
        """A new ticket, opened by the hotline."""
        answer = self.post_patiently(report(pack, **fields))
        assert answer.status_code == 201, answer.text
        opened: dict[str, Any] = answer.json()
        return opened

    def post_patiently(self, body: Any) -> httpx2.Response:
        """A report, under the same key again while nobody has time for it: the machine is busy."""
        key, until = uuid.uuid4().hex, time.monotonic() + PATIENCE_S
        answer = self.post_ticket(body, key=key)
        while answer.status_code == 503 and time.monotonic() < until:
            time.sleep(0.2)
            answer = self.post_ticket(body, key=key)
        return answer

    def post_ticket(self, body: Any, *, user: str = "hotline", key: str | None = None) -> httpx2.Response:
        """A report, sent under a key."""
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.as_user(user).post("/api/tickets", json=body, headers=headers)

    def command(
        self, user: str, number: str, kind: str, /, *, command_id: str | None = None, **body: Any
    ) -> httpx2.Response:
        """A command; what is no field of the command itself is its data. Where a worker works, it is decided."""
        own = {name: body.pop(name) for name in ("occurred_at", "expect_seq") if name in body}
        sent = {"command_id": command_id or str(uuid.uuid4()), "kind": kind, "data": body} | own
        until = time.monotonic() + PATIENCE_S
        answer = self.as_user(user).post(f"/api/tickets/{number}/commands", json=sent)
        while answer.status_code == 202 and self.working and time.monotonic() < until:  # the machine is busy
            answer = self.as_user(user).post(f"/api/tickets/{number}/commands", json=sent)
        return answer


def report(pack: str = "sitech", /, **fields: Any) -> dict[str, Any]:
    """A customer's report, as the API takes it."""
    body: dict[str, Any] = {
        "contract": pack,
        "title": "核心交换机宕机",
        "description": "机房告警，业务中断。",
        "channel": "phone",
        "customer": {"id": f"demo-{pack}"},
        "contact": {"name": "王工", "phone": "13800000000"},
    }
    return body | fields


@contextmanager
def served(settings: Settings, *, working: bool = True) -> Iterator[Served]:
    """The API, and unless told otherwise a worker, until the block ends."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    kept = round(PATIENCE_S)  # on a slow machine a second may last
    config = uvicorn.Config(
        _noting(create_app(settings)),
        port=0,
        log_config=None,
        access_log=False,
        timeout_keep_alive=kept,
        proxy_headers=False,
        http=BoundedConnection,
    )
    server = uvicorn.Server(config)
    engine = connect_database(settings.database_url)
    thread = threading.Thread(target=lambda: asyncio.run(_serve(server, settings, engine, working=working)))
    thread.start()
    try:
        running = Served(_address(server, thread), settings, engine, working)
        # With a worker it gives up before its clients do, who then see what it says.
        waits = PATIENCE_S / 2 if working else tickets.PATIENCE_S
        patient = patch.multiple(bounds, IDLE_S=PATIENCE_S, WHOLE_S=PATIENCE_S)  # for the machine may be slow
        with closing(running), patient, patch.object(finding, "PATIENCE_S", waits):
            yield running
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        engine.dispose()


def _noting(app: ASGIApp) -> ASGIApp:
    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        ANSWERING.set(scope.get("path", ""))
        await app(scope, receive, send)

    return noting


async def _serve(server: uvicorn.Server, settings: Settings, engine: Engine, *, working: bool) -> None:
    async with AsyncExitStack() as running:
        if working:
            client = await connect(settings)
            await running.enter_async_context(worker(client, engine, settings.task_queue, settings.key_folder))
        await server.serve()


def _address(server: uvicorn.Server, thread: threading.Thread) -> str:
    deadline = datetime.now(UTC) + timedelta(seconds=PATIENCE_S)
    while not server.started:
        assert thread.is_alive(), "the API did not start"
        assert datetime.now(UTC) < deadline, "the API did not start in time"
        thread.join(0.02)
    host, port = server.servers[0].sockets[0].getsockname()
    return f"http://{host}:{port}"
