"""Whoever reaches the server can start a workflow of ours with anything: none keeps a ticket that is not its own."""

import asyncio
import uuid
from dataclasses import replace
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ApplicationError

from domain.ticket.ticket import Ticket
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from workflows.aftercare import AftercareWorkflow, aftercare_id
from workflows.carried import Carried
from workflows.ticket import TicketWorkflow


def new_number() -> str:
    return uuid.uuid4().hex[:8].upper()


def called(number: str, ticket: Ticket) -> Ticket:
    return replace(ticket, opening=replace(ticket.opening, number=number))


async def refused(desk: Desk, run: Any, begin: object, workflow_id: str) -> bool:
    """Whether a run that begins like this ends as a forgery."""
    handle = await desk.client.start_workflow(run, begin, id=workflow_id, task_queue=desk.task_queue)
    with pytest.raises(WorkflowFailureError) as failed:
        await asyncio.wait_for(handle.result(), PATIENCE_S)
    return isinstance(failed.value.cause, ApplicationError) and failed.value.cause.type == "Forged"


@pytest.fixture
async def case(desk: Desk) -> Case:
    case = await desk.open("fuao", "regular")
    await case.does("engineer", "note", text="进展")
    return case


class TestARun:
    async def test_that_carries_a_ticket_goes_on_or_is_its_child(self, desk: Desk, case: Case):
        """A ticket as somebody would like it to stand is signed by nobody."""
        ticket = (await case.ticket()).without_fresh()
        invented, number = called(new_number(), ticket), new_number()
        assert await refused(desk, TicketWorkflow.run, Carried(invented), invented.opening.number)
        assert await refused(desk, AftercareWorkflow.run, Carried(ticket), aftercare_id(case.number))
        assert await refused(desk, AftercareWorkflow.run, Carried(called(number, ticket)), aftercare_id(number))

    async def test_has_the_id_of_its_ticket(self, desk: Desk, case: Case):
        """A report that the API did sign makes one ticket, not two."""
        opening = (await case.ticket()).opening
        assert await refused(desk, TicketWorkflow.run, opening, new_number())
        before = await case.timeline()
        await case.does("engineer", "note", text="照常")
        assert len(await case.timeline()) == len(before) + 1
