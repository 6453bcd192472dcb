"""A ticket's life as a durable workflow: the truth about the ticket, and its only writer."""

from dataclasses import dataclass

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.terms import agree_terms
    from domain.commands import Command
    from domain.intake import open_ticket
    from domain.opening import Opening
    from domain.ticket import Ticket
    from workflows.keeper import Carried, Keeper
    from workflows.options import QUICK_WRITE


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a ticket ended: its last entry, and how each of its obligations stood."""

    number: str
    seq: int
    obligations: dict[str, str]


@workflow.defn
class TicketWorkflow:
    """One customer report, from the call to the archive."""

    @workflow.init
    def __init__(self, begin: Opening | Carried) -> None:
        self._desk = Keeper(begin if isinstance(begin, Carried) else None, over=lambda ticket: ticket.closed)

    @workflow.run
    async def run(self, begin: Opening | Carried) -> Outcome:
        """Agree the terms, then keep the ticket's promises until it is closed."""
        if isinstance(begin, Opening):
            await self._agree_terms(begin)
        closed = await self._desk.keep()
        return _outcome(closed)

    @workflow.signal
    def submit(self, command: Command) -> None:
        """Whatever anybody asks of the ticket."""
        self._desk.submit(command)

    @workflow.query
    def ticket(self) -> Ticket | None:
        """The ticket as it stands; None while its terms are not agreed."""
        return self._desk.ticket

    async def _agree_terms(self, opening: Opening) -> None:
        terms = await workflow.execute_activity(agree_terms, opening, **QUICK_WRITE)
        self._desk.take(open_ticket(opening, terms))


def _outcome(ticket: Ticket) -> Outcome:
    return Outcome(
        number=ticket.opening.number,
        seq=ticket.seq,
        obligations={each.key: each.state(paused=False) for each in ticket.obligations},
    )
