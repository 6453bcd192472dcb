"""Aftercare: what a closed ticket still owes its customer."""

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue

with workflow.unsafe.imports_passed_through():
    from activities.projection import AFTERCARE
    from activities.signals import command_in
    from domain.matters.aftercare import owes
    from domain.ticket.ticket import Ticket
    from workflows.beginning import see_that_it_is
    from workflows.carried import Carried, Kept
    from workflows.outcome import Outcome
    from workflows.ticket_law import keeper


def aftercare_id(number: str) -> str:
    """The id of the aftercare of a ticket."""
    return f"{number}{AFTERCARE}"


@workflow.defn
class AftercareWorkflow:
    """The report, the survey, the substitute device: open until nothing is owed."""

    @workflow.init
    def __init__(self, begin: Carried[Ticket]) -> None:
        self.keeper = keeper(begin, over=lambda ticket: not owes(ticket))

    @workflow.run
    async def run(self, begin: Carried[Ticket]) -> Outcome:
        """Keep the promises that outlive the ticket."""
        number = begin.ticket.opening.number
        see_that_it_is(number, under=aftercare_id(number), carries=True)
        return Outcome.of(await self.keeper.keep())

    @workflow.signal(dynamic=True)
    def submit(self, name: str, said: Sequence[RawValue]) -> None:
        """Whatever anybody still asks of the ticket; all but what it owes is refused, and recorded."""
        if command := command_in(name, [each.payload for each in said]):
            self.keeper.submit(command)

    @workflow.query
    def kept(self) -> Kept[Ticket]:
        """How the ticket stands."""
        return self.keeper.kept
