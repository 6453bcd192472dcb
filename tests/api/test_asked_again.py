"""A question to a ticket that its worker could not answer just then is put again."""

from typing import Any, cast

import pytest
from temporalio.client import WorkflowQueryFailedError

from gateway.tickets import TicketHandle, settled
from workflows.carried import Kept
from workflows.steps import ASK_AGAIN


class Failing:
    """A ticket whose worker cannot answer so many times; when a real one cannot is a matter of milliseconds."""

    def __init__(self, times: int) -> None:
        self.left, self.asked = times, 0

    async def query(self, _: Any) -> Kept[Any]:
        self.asked += 1
        if self.asked <= self.left:
            raise WorkflowQueryFailedError(ASK_AGAIN)
        return Kept(None, 0)


async def test_a_question_that_failed_is_put_again():
    ticket = Failing(2)
    assert await settled(cast(TicketHandle, ticket)) is None
    assert ticket.asked == 3


async def test_but_not_for_ever():
    ticket = Failing(10)
    with pytest.raises(WorkflowQueryFailedError):
        await settled(cast(TicketHandle, ticket))
    assert ticket.asked < 5
