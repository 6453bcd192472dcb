"""The keeper of a ticket: decides on commands, lets time do its part, tells the read model. Knows no process."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.projection import Projection
    from activities.signatures import Signatures, is_signed, signer_of
    from activities.terms import Agreement
    from domain.contract.terms import shared
    from domain.decisions import decide, forged
    from domain.matters.rebaseline import rebaseline
    from domain.read_model import Seen, batch, seen
    from domain.ticket.commands import Command
    from domain.ticket.ticket import Ticket
    from domain.timekeeping import catch_up, deadlines
    from workflows.options import QUICK_WRITE
    from workflows.timers import Timers

#: A caller's clock may run ahead of ours by this much before we go by our own.
CLOCK_TOLERANCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Carried:
    """What a ticket takes along into its next run. Stored in histories.

    Attributes:
        decided: the commands it has decided on, each with the entry that records the decision.
    """

    ticket: Ticket
    decided: dict[str, int] = field(default_factory=dict)


class Keeper:
    """Keeps one ticket until its part is over.

    Nothing in it awaits between reading the ticket and replacing it, so there are no locks. The read model is told
    beside the main task: alarms are raised whether or not it can be reached.
    """

    def __init__(
        self,
        carried: Carried | None,
        *,
        over: Callable[[Ticket], bool],
        succeeded: Callable[[Ticket], bool] = lambda _: False,
    ) -> None:
        """Begin with what is carried, if anything is; ``succeeded``: another keeper goes on where this one ends."""
        self._ticket = replace(carried.ticket, terms=shared(carried.ticket.terms)) if carried else None
        self._decided: dict[str, int] = dict(carried.decided) if carried else {}
        self._told: Seen = seen(carried.ticket) if carried and not carried.ticket.fresh else {}
        self._over, self._succeeded = over, succeeded
        self._waiting: list[Command] = []
        self._unknown_signers: set[str] = set()
        self._signers_wanted = False
        self._telling = self._left = False
        self._timers = Timers()

    @property
    def ticket(self) -> Ticket | None:
        """The ticket as it stands; None while its terms are not agreed."""
        return self._ticket

    def take(self, ticket: Ticket) -> None:
        """Keep this ticket from now on, beginning with the commands that came before its terms were agreed."""
        self._ticket = ticket
        for command in self.leftover():
            self.submit(command)

    def submit(self, command: Command) -> None:
        """Decide on a command, once. What came due before it was accepted happens first."""
        if self._ticket is None or self._left:
            self._waiting.append(command)
        elif not self._knows_the_signer_of(command):
            self._wait_for_signers(command)
        elif not self._is_vouched_for(command):
            self._becomes(forged(self._ticket, command, workflow.now()))
        elif command.command_id not in self._decided:
            self._decide(self._ticket, command)

    async def keep(self) -> Ticket:
        """Keep the ticket until its part is over. A successor tells the read model of the end himself."""
        self._becomes(self._kept)
        telling = asyncio.create_task(self._tell())
        while not self._is_over:
            await workflow.wait_condition(
                lambda: self._timers.rang or self._is_over or self._needs_attention or telling.done()
            )
            if telling.done():
                await telling
            if self._kept.schedule_wanted:
                await self._rebaseline()
            if self._signers_wanted:
                await self._learn_signers()
            if self._may_start_afresh:
                workflow.continue_as_new(Carried(self._kept, self._decided))
            self._let_happen_what_is_due()
        await telling
        return self._kept

    def leave(self) -> Carried:
        """Decide on nothing more: what a successor needs, while commands that still come wait for him."""
        self._left = True
        return Carried(self._kept, self._decided)

    def leftover(self) -> list[Command]:
        """The commands that wait, once."""
        waiting, self._waiting = self._waiting, []
        return waiting

    @property
    def _kept(self) -> Ticket:
        if self._ticket is None:
            raise RuntimeError("no ticket has been taken yet")
        return self._ticket

    @property
    def _is_over(self) -> bool:
        return self._over(self._kept)

    @property
    def _needs_attention(self) -> bool:
        return self._kept.schedule_wanted or self._signers_wanted or self._may_start_afresh

    @property
    def _may_start_afresh(self) -> bool:
        """Whether history has grown long and nothing is under way that a new run would lose."""
        return workflow.info().is_continue_as_new_suggested() and not (
            self._telling or self._kept.fresh or self._waiting
        )

    def _decide(self, ticket: Ticket, command: Command) -> None:
        now = workflow.now()
        accepted_at = min(command.accepted_at, now + CLOCK_TOLERANCE)
        ticket = catch_up(ticket, upto=min(accepted_at, now), now=now)
        decision = decide(ticket, replace(command, accepted_at=accepted_at))
        self._decided[command.command_id] = decision.seq
        self._becomes(decision.ticket)

    def _is_vouched_for(self, command: Command) -> bool:
        """Whether the installation has signed the command. A ticket from before there were signatures asks none."""
        signers = self._kept.terms.signers
        return not signers or is_signed(signers, self._kept.opening.number, command)

    def _knows_the_signer_of(self, command: Command) -> bool:
        """Whether the trusted keys need not be asked for: they are, once a key, for one may be new."""
        signer, signers = signer_of(command), self._kept.terms.signers
        return not signers or not signer or signer in signers or signer in self._unknown_signers

    def _wait_for_signers(self, command: Command) -> None:
        self._waiting.append(command)
        self._signers_wanted = True

    async def _learn_signers(self) -> None:
        self._signers_wanted = False
        signers = await workflow.execute_activity_method(Signatures.trusted_signers, **QUICK_WRITE)
        self._becomes(replace(self._kept, terms=replace(self._kept.terms, signers=signers)))
        waiting = self.leftover()
        self._unknown_signers |= {signer_of(command) for command in waiting} - signers.keys()
        for command in waiting:
            self.submit(command)

    def _becomes(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self._timers.keep({} if self._is_over else deadlines(ticket))

    def _let_happen_what_is_due(self) -> None:
        self._timers.rang = False
        now = workflow.now()
        self._becomes(catch_up(self._kept, upto=now, now=now))

    async def _rebaseline(self) -> None:
        opening = self._kept.opening
        published = await workflow.execute_activity_method(Agreement.published_schedule, opening, **QUICK_WRITE)
        self._becomes(rebaseline(self._kept, published, workflow.now()))

    async def _tell(self) -> None:
        """Tell the read model what is new, one batch at a time, each with all that gathered meanwhile."""
        while not self._is_over or (self._kept.fresh and not self._succeeded(self._kept)):
            await workflow.wait_condition(lambda: bool(self._kept.fresh) or self._is_over)
            if self._kept.fresh and not (self._is_over and self._succeeded(self._kept)):
                news = batch(self._kept, self._told, workflow.now())
                self._told, self._ticket, self._telling = seen(self._kept), self._kept.told(), True
                await workflow.execute_activity_method(Projection.project, news, **QUICK_WRITE)
                self._telling = False
