"""With no worker running: tickets are opened and commands are taken, and nothing of it is lost."""

import asyncio
import time
import uuid
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import PollWorkflowTaskQueueRequest

from api.access import finding
from gateway.tickets import PATIENCE_S
from runtime.settings import Settings
from runtime.temporal import connect
from store.queries.tickets import Key, opened_with
from tests.patience import PATIENCE_S as TESTS_PATIENCE_S
from tests.patience import eventually
from tests.served import Served, report, served

#: So long a task is under way at least, from when it was taken up; the server's own limit is 10 s.
TASK_S = 9


@pytest.fixture(scope="module")
def alone(settings: Settings) -> Iterator[Served]:
    with served(settings, working=False) as running:
        yield running


class TestTheApiAlone:
    def test_opens_tickets(self, alone: Served):
        """The answer has waited for a projection that does not come, but not for long."""
        began = time.monotonic()
        key = uuid.uuid4().hex
        answer = alone.post_ticket(report(level="A"), key=key)
        assert answer.status_code == 201
        assert PATIENCE_S * 0.75 < time.monotonic() - began < PATIENCE_S * 10
        assert (answer.json()["projected"], answer.json()["seq"]) == (False, 0)
        again = alone.post_ticket(report(level="A"), key=key)
        assert (again.status_code, again.json()["number"]) == (200, answer.json()["number"])
        other = alone.post_ticket(report(level="B"), key=key)
        assert other.json()["errors"][0]["field"] == "Idempotency-Key"

    def test_knows_a_ticket_that_is_not_projected(self, alone: Served):
        """404 never means "not yet"."""
        number = alone.open(title="无人处理")["number"]
        ticket = alone.as_user("customer").get(f"/api/tickets/{number}")
        assert (ticket.status_code, ticket.json()["title"]) == (200, "无人处理")
        for part in ("timeline", "obligations"):
            assert alone.as_user("customer").get(f"/api/tickets/{number}/{part}").json()["items"] == []

    def test_shows_such_a_ticket_to_nobody_else(self, alone: Served):
        """The row filter holds without the row."""
        number = alone.open(customer={"name": "某人"})["number"]
        for user in ("customer", "vendor"):
            assert alone.as_user(user).get(f"/api/tickets/{number}").status_code == 404

    @pytest.mark.parametrize("text", ["先记下", "现场日志摘录：端口反复上下线。" * 100], ids=["short", "long"])
    def test_takes_commands_and_tells_later_what_became_of_them(self, alone: Served, settings: Settings, text: str):
        """The address of the answer is known at once; long commands stand packed in history."""
        number = alone.open(level="A")["number"]
        taken = alone.command("engineer", number, "note", text=text)
        assert (taken.status_code, taken.json()["decision"]) == (202, "pending")
        address = taken.headers["location"]
        assert alone.as_user("engineer").get(address).json()["decision"] == "pending"
        with served(settings):
            eventually(lambda: alone.as_user("engineer").get(address).json()["decision"] != "pending", "a decision")
        assert alone.as_user("engineer").get(address).json()["decision"] == "accepted"
        assert alone.as_user("engineer").get(f"/api/tickets/{number}").json()["projected"]

    def test_finds_a_ticket_that_is_projected_while_it_is_looked_for(
        self, alone: Served, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ):
        """Not there when it was asked for first, and then somebody's."""
        number, asked = alone.open(level="A")["number"], opened_with

        def once_projected(engine: Engine, number: str) -> Key | None:
            with served(settings):
                eventually(lambda: asked(engine, number) is not None, "a row")
            return asked(engine, number)

        monkeypatch.setattr(finding, "opened_with", once_projected)
        assert alone.as_user("engineer").get(f"/api/tickets/{number}").status_code == 200
        assert alone.as_user("vendor").get(f"/api/tickets/{number}").status_code == 404

    async def test_never_says_of_a_taken_command_that_it_is_not_there(self, alone: Served, settings: Settings):
        """What comes while a task is under way stands in history only after the task; its worker may have died."""
        client = await connect(settings)
        queue = TaskQueue(name=settings.task_queue)
        poll = PollWorkflowTaskQueueRequest(namespace=settings.namespace, task_queue=queue, identity="about to die")

        async def told_within_the_task() -> bool:
            number = (await asyncio.to_thread(alone.open, level="A"))["number"]
            taken_up, since = None, time.monotonic()
            while taken_up != number:
                since = time.monotonic()
                task = await client.workflow_service.poll_workflow_task_queue(poll)
                taken_up = task.workflow_execution.workflow_id
            taken = await asyncio.to_thread(alone.command, "engineer", number, "note", text="先记下")
            assert taken.status_code == 202
            answer = await asyncio.to_thread(alone.as_user("engineer").get, taken.headers["location"])
            if time.monotonic() - since > TASK_S:
                return False  # on a slow machine the task is over by now
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            return True

        until = time.monotonic() + TESTS_PATIENCE_S
        while not await told_within_the_task():
            assert time.monotonic() < until
