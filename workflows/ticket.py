"""A ticket's life as a durable workflow: the truth about the ticket, and its only writer."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.terms import Agreement
    from domain.contract.terms import shared
    from domain.intake import open_ticket
    from domain.matters.aftercare import owes
    from domain.ticket.commands import Command
    from domain.ticket.opening import Opening
    from domain.ticket.ticket import Ticket
    from workflows.aftercare import AftercareWorkflow, aftercare_id
    from workflows.keeper import Carried
    from workflows.options import QUICK_WRITE, TASK_TIMEOUT
    from workflows.outcome import Outcome
    from workflows.ticket_law import keeper


@workflow.defn
class TicketWorkflow:
    """One customer report, from the call to the archive."""

    @workflow.init
    def __init__(self, begin: Opening | Carried[Ticket]) -> None:
        carried = begin if isinstance(begin, Carried) else None
        self._keeper = keeper(carried, over=lambda ticket: ticket.closed, succeeded=owes)

    @workflow.run
    async def run(self, begin: Opening | Carried[Ticket]) -> Outcome:
        """Agree the terms, keep the promises until the ticket is closed, hand over what it still owes."""
        if isinstance(begin, Opening):
            await self._agree_terms(begin)
        closed = await self._keeper.keep()
        if owes(closed):
            await self._hand_over()
        return Outcome.of(closed)

    @workflow.signal
    def submit(self, command: Command) -> None:
        """Whatever anybody asks of the ticket."""
        self._keeper.submit(command)

    @workflow.query
    def ticket(self) -> Ticket | None:
        """The ticket as it stands; None while its terms are not agreed."""
        return self._keeper.case

    async def _agree_terms(self, opening: Opening) -> None:
        terms = await workflow.execute_activity_method(Agreement.agree_terms, opening, **QUICK_WRITE)
        self._keeper.take(open_ticket(opening, shared(terms)))

    async def _hand_over(self) -> None:
        carried = self._keeper.leave()
        aftercare = await workflow.start_child_workflow(
            AftercareWorkflow.run,
            carried,
            id=aftercare_id(carried.ticket.opening.number),
            task_timeout=TASK_TIMEOUT,
            parent_close_policy=workflow.ParentClosePolicy.ABANDON,
        )
        while commands := self._keeper.leftover():
            for command in commands:
                await aftercare.signal(AftercareWorkflow.submit, command)
