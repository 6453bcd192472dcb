"""The keeper of a case: decides on commands, lets time do its part, tells the read model. Knows no process."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Generic

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.projection import Projection
    from activities.signatures import Signatures, is_signed, signer_of
    from domain.ticket.commands import CLOCK_TOLERANCE, Command
    from domain.ticket.deadlines import Deadline
    from domain.ticket.identity import digest
    from workflows.carried import Answered, Carried, Kept
    from workflows.errands import Errands
    from workflows.law import C, Law
    from workflows.options import QUICK_WRITE
    from workflows.proof import Proof
    from workflows.timers import Timers


class Keeper(Generic[C]):
    """Keeps one case, under the law of its kind, until its part is over.

    Nothing in it awaits between reading the case and replacing it, so there are no locks. The read model is told
    beside the main task: alarms are raised whether or not it can be reached.
    """

    def __init__(
        self,
        law: Law[C],
        carried: Carried[C] | None,
        *,
        over: Callable[[C], bool],
        succeeded: Callable[[C], bool] = lambda _: False,
    ) -> None:
        """Begin with what is carried, if anything is; ``succeeded``: another keeper goes on where this one ends."""
        self.law = law
        self._case = carried.ticket if carried else None
        self._decided: dict[str, Answered] = dict(carried.decided) if carried else {}
        self._known = carried.ticket if carried and not carried.ticket.fresh else None  # to the read model
        self._over, self._succeeded = over, succeeded
        self._waiting: list[Command] = []
        self._proof = Proof(lambda command, signers: self._take_up(command, vouched=self._vouch(signers, command)))
        self._unknown_signers: set[str] = set()
        self._signers_wanted = False
        self._inquiries: dict[str, tuple[Command, asyncio.Future[Command]]] = {}
        self._alone = False
        self._telling = self._left = False
        self._following: Mapping[str, Deadline] | None = None  # deadlines of the case; None: not derived
        self._errands = Errands(law.errand)
        self._timers = Timers()

    @property
    def kept(self) -> Kept[C]:
        """How it stands."""
        return Kept(self._case, len(self._proof))

    @property
    def is_over(self) -> bool:
        """Whether its part is over."""
        return self._over(self._kept)

    def take(self, case: C) -> None:
        """Keep this case from now on, beginning with the commands that came before it was there."""
        self._case = case
        for command in self.leftover():
            self.submit(command)

    def submit(self, command: Command) -> None:
        """Decide on a command, once. What came due before it was accepted happens first."""
        if self._case is None or self._left or self._alone:
            self._waiting.append(command)
        elif self.law.asks_each_time(self._case):
            self._proof.of(command)
        elif not self._knows_the_signer_of(command):
            self._wait_for_signers(command)
        else:
            self._take_up(command, vouched=self._is_vouched_for(command))

    async def keep(self) -> C:
        """Keep the case until its part is over. A successor itself tells the read model of the end."""
        self._becomes(self._kept)
        telling = asyncio.create_task(self._tell())
        while not self.is_over:
            await workflow.wait_condition(
                lambda: self._timers.rang or self.is_over or self._needs_attention or telling.done()
            )
            if telling.done():
                await telling
            self._proof.see()
            if self._proof.looks:  # what came before is decided on before what is due
                await workflow.wait_condition(lambda: not self._proof.looks)
            if answer := await self._errands.answered(self._kept):
                self._becomes(answer(self._kept, workflow.now()))
            if self._signers_wanted:
                await self._learn_signers()
            self._decide_on_what_is_known()
            if self._may_start_afresh:
                workflow.continue_as_new(Carried.of(self._kept, self._decided))
            self._let_happen_what_is_due()
        self._ask_no_more()
        await telling
        return self._kept

    def leave(self) -> Carried[C]:
        """Decide on nothing more: what a successor needs, while commands that still come wait for it."""
        self._left = True
        return Carried.of(self._kept, self._decided)

    def stay(self, *, over: Callable[[C], bool]) -> None:
        """Keep the case after all, because no successor could: until this part is over."""
        self._left = False
        self._over, self._succeeded = over, lambda _: False
        for command in self.leftover():
            self.submit(command)

    def leftover(self) -> list[Command]:
        """The commands that wait, once."""
        waiting, self._waiting = self._waiting, []
        return waiting

    @property
    def _kept(self) -> C:
        if self._case is None:
            raise RuntimeError("nothing has been taken yet")
        return self._case

    @property
    def _needs_attention(self) -> bool:
        known = any(inquiry.done() for _, inquiry in self._inquiries.values())
        asked = self._errands.call(self._kept) or self._signers_wanted
        return known or asked or self._proof.has_failed or self._may_start_afresh

    @property
    def _may_start_afresh(self) -> bool:
        """Whether history has grown long and nothing is under way that a new run would lose."""
        return workflow.info().is_continue_as_new_suggested() and not (
            self._telling
            or self._kept.fresh
            or self._waiting
            or self._proof
            or self._inquiries
            or self._errands.are_run
        )

    def _take_up(self, command: Command, *, vouched: bool) -> None:
        """Decide on a command, once; of one that nobody vouches for nothing is believed."""
        if self._alone:
            self._waiting.append(command)
        elif not vouched:
            self._becomes(self.law.forged(self._kept, command, workflow.now()))
        elif (answered := self._decided.get(command.command_id)) is None:
            self._hear(self._kept, command)
        elif digest(command) not in {answered.digest, *answered.others}:
            self._turn_down(self._kept, command, answered)

    def _hear(self, case: C, command: Command) -> None:
        """Decide on a new command, at once or as soon as is known what only the world knows of it."""
        inquiry = next((each for each in self.law.inquiries if each.wanted(case, command)), None)
        if command.command_id in self._inquiries or (inquiry and inquiry.alone and self._inquiries):
            self._waiting.append(command)
        elif inquiry:
            self._alone = inquiry.alone
            self._inquiries[command.command_id] = command, asyncio.ensure_future(inquiry.run(case, command))
        else:
            self._decide(case, command)

    def _decide_on_what_is_known(self) -> None:
        for id_ in [id_ for id_, (_, inquiry) in self._inquiries.items() if inquiry.done()]:
            _, inquiry = self._inquiries.pop(id_)
            self._alone = False
            self._decide(self._kept, inquiry.result())
            for command in self.leftover():
                self.submit(command)

    def _ask_no_more(self) -> None:
        """What is over is decided on without anything that could still be found out."""
        inquiries, self._inquiries = self._inquiries, {}
        for command, inquiry in inquiries.values():
            inquiry.add_done_callback(_heard)
            inquiry.cancel()
            self._decide(self._kept, command)

    def _decide(self, case: C, command: Command) -> None:
        now = workflow.now()
        accepted_at = min(command.accepted_at, now + CLOCK_TOLERANCE)
        case = self._caught_up(case, min(accepted_at, now), now)
        case, seq = self.law.decide(case, replace(command, accepted_at=accepted_at))
        self._decided[command.command_id] = Answered(seq, digest(command))
        self._becomes(case)

    def _caught_up(self, case: C, upto: datetime, now: datetime) -> C:
        """With what was due by then; whether anything was, the deadlines say that the timers wait for."""
        if self._following is not None and all(each.at > upto for each in self._following.values()):
            return case
        return self.law.catch_up(case, upto=upto, now=now)

    def _turn_down(self, case: C, command: Command, answered: Answered) -> None:
        """Another command under the id of one that has been answered: on record, once."""
        others = (*answered.others, digest(command))
        self._decided[command.command_id] = replace(answered, others=others)
        self._becomes(self.law.reused(case, command, workflow.now()))

    def _vouch(self, signers: dict[str, str], command: Command) -> bool:
        return is_signed(signers, self.law.number(self._kept), command)

    def _is_vouched_for(self, command: Command) -> bool:
        """Whether the installation has signed the command. A case from before there were signatures asks none."""
        signers = self.law.signers(self._kept)
        return not signers or self._vouch(signers, command)

    def _knows_the_signer_of(self, command: Command) -> bool:
        """Whether the trusted keys need not be asked for: they are, once a key, for one may be new."""
        signer, signers = signer_of(command), self.law.signers(self._kept)
        return not signers or not signer or signer in signers or signer in self._unknown_signers

    def _wait_for_signers(self, command: Command) -> None:
        self._waiting.append(command)
        self._signers_wanted = True

    async def _learn_signers(self) -> None:
        self._signers_wanted = False
        signers = await workflow.execute_activity_method(Signatures.trusted_signers, **QUICK_WRITE)
        if signers:  # of a case that knows none nobody's signature is asked
            self._becomes(self.law.trusting(self._kept, signers))
        waiting = self.leftover()
        self._unknown_signers = {signer_of(command) for command in waiting} - signers.keys()
        for command in waiting:
            self.submit(command)

    def _becomes(self, case: C) -> None:
        self._case = case
        self._following = None if self.is_over else self.law.deadlines(case)
        self._timers.keep(self._following or {})

    def _let_happen_what_is_due(self) -> None:
        self._timers.rang = False
        now = workflow.now()
        self._becomes(self.law.catch_up(self._kept, upto=now, now=now))

    async def _tell(self) -> None:
        """Tell the read model what is new, one batch at a time, each with all that gathered meanwhile."""
        while not self.is_over or self._proof or self._has_to_tell:
            await workflow.wait_condition(
                lambda: self._has_to_tell or self._proof.has_failed or (self.is_over and not self._proof)
            )
            self._proof.see()
            if self._has_to_tell:
                batch = self.law.batch(self._kept, self._known, workflow.now())
                self._known = self._case = self._kept.without_fresh(batch.seq)
                self._telling = True
                await workflow.execute_activity_method(Projection.project, batch, **QUICK_WRITE)
                self._telling = False

    @property
    def _has_to_tell(self) -> bool:
        return bool(self._kept.fresh) and not (self.is_over and self._succeeded(self._kept))


def _heard(ended: asyncio.Future[Command]) -> None:
    """What became of an inquiry that nobody waits for: of no consequence, and nothing to be logged as forgotten."""
    if not ended.cancelled():
        ended.exception()
