"""A ticket's life as a durable workflow: the truth about the ticket, and its only writer."""

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue
from temporalio.exceptions import WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.signals import SUBMIT, command_in
    from activities.terms import Agreement
    from domain.contract.terms import shared
    from domain.intake import open_ticket
    from domain.matters.aftercare import owes
    from domain.ticket.opening import Opening
    from domain.ticket.ticket import Ticket
    from workflows.aftercare import AftercareWorkflow, aftercare_id
    from workflows.beginning import see_that_it_is
    from workflows.carried import Carried, Kept
    from workflows.options import QUICK_WRITE, TASK_TIMEOUT
    from workflows.outcome import Outcome
    from workflows.ticket_law import keeper


@workflow.defn
class TicketWorkflow:
    """One customer report, from the call to the archive."""

    @workflow.init
    def __init__(self, begin: Opening | Carried[Ticket]) -> None:
        carried = begin if isinstance(begin, Carried) else None
        self.keeper = keeper(carried, over=lambda ticket: ticket.closed, succeeded=owes)

    @workflow.run
    async def run(self, begin: Opening | Carried[Ticket]) -> Outcome:
        """Agree the terms, keep the promises until the ticket is closed, hand over what it still owes."""
        carries = isinstance(begin, Carried)
        number = begin.ticket.opening.number if isinstance(begin, Carried) else begin.number
        see_that_it_is(number, under=number, carries=carries)
        if isinstance(begin, Opening):
            await self._agree_terms(begin)
        closed = await self.keeper.keep()
        if owes(closed) and not await self._hand_over():
            self.keeper.stay(over=lambda ticket: not owes(ticket))
            closed = await self.keeper.keep()
        return Outcome.of(closed)

    @workflow.signal(dynamic=True)
    def submit(self, name: str, said: Sequence[RawValue]) -> None:
        """Whatever anybody asks of the ticket; what is no command is dropped."""
        if command := command_in(name, [each.payload for each in said]):
            self.keeper.submit(command)

    @workflow.query
    def kept(self) -> Kept[Ticket]:
        """How the ticket stands; none while its terms are not agreed."""
        return self.keeper.kept

    async def _agree_terms(self, opening: Opening) -> None:
        terms = await workflow.execute_activity_method(Agreement.agree_terms, opening, **QUICK_WRITE)
        self.keeper.take(open_ticket(opening, shared(terms)))

    async def _hand_over(self) -> bool:
        """Whether the aftercare has what is owed; it has not where somebody else's workflow has its id."""
        carried = self.keeper.leave()
        try:
            aftercare = await workflow.start_child_workflow(
                AftercareWorkflow.run,
                carried,
                id=aftercare_id(carried.ticket.opening.number),
                task_timeout=TASK_TIMEOUT,
                parent_close_policy=workflow.ParentClosePolicy.ABANDON,
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.exception("the id of the aftercare is taken")
            return False
        while commands := self.keeper.leftover():
            for command in commands:
                await aftercare.signal(SUBMIT, command)
        return True
