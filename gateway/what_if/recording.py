"""Recording: the facts of a ticket, noted while its histories are replayed through today's code."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from temporalio import workflow
from temporalio.client import WorkflowHistory

from domain.ticket.commands import Command
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.timekeeping import catch_up
from domain.what_if.facts import Asked, Facts, Passed, Published, Step
from domain.words.label import Label
from evidence.faults import EvidenceError
from gateway.verdict.replaying import looked_on
from workflows.keeper import Keeper
from workflows.law import Errand

_NO_OPENING = Label("归档中没有这张工单的开头", "the archive has not the beginning of this ticket")


@dataclass
class Recorder:
    """Looks on while one run is replayed, and notes whatever reaches its ticket.

    Attributes:
        opened: the ticket as the run opened it; None: it goes on with one, or has opened none yet.
    """

    event: int = 0
    opened: Ticket | None = None
    steps: list[Step] = field(default_factory=list)
    _keeper: Keeper[Ticket] | None = None

    def watch(self, keeper: Keeper[Ticket]) -> None:
        """Note what this keeper does; it does nothing otherwise for that."""
        law, take = keeper.law, keeper.take

        def taken(case: Ticket) -> None:
            self.opened = case
            take(case)

        def decided(ticket: Ticket, command: Command) -> tuple[Ticket, int]:
            after, seq = law.decide(ticket, command)
            upto = min(command.accepted_at, workflow.now())
            self.steps.append(Asked(command, upto, _refused(after, seq)))
            return after, seq

        def passed(ticket: Ticket, *, upto: datetime, now: datetime) -> Ticket:
            self.steps.append(Passed(upto))
            return catch_up(ticket, upto=upto, now=now)

        errand = law.errand and replace(law.errand, run=self._learnt(law.errand))
        keeper.take = taken  # type: ignore[method-assign]  # the one moment at which a report becomes a ticket
        keeper.law = replace(law, decide=decided, catch_up=passed, errand=errand)
        self._keeper = keeper

    def ends(self, event: int, at: datetime) -> None:
        """The run has come to its end."""

    @property
    def ended(self) -> Ticket | None:
        """The ticket as the run leaves it."""
        return self._keeper.kept.ticket if self._keeper else None

    def _learnt(self, errand: Errand[Ticket]) -> Callable[[Ticket], Awaitable[Callable[[Ticket, datetime], Ticket]]]:
        """The errand, whose answer is noted when it is made use of."""

        async def run(ticket: Ticket) -> Callable[[Ticket, datetime], Ticket]:
            answer = await errand.run(ticket)

            def learnt(ticket: Ticket, now: datetime) -> Ticket:
                after = answer(ticket, now)
                self.steps.append(Published(after.terms.schedule, now))
                return after

            return learnt

        return run


def _refused(after: Ticket, seq: int) -> str | None:
    """The reason of the refusal that an entry records; None: it records none."""
    (entry,) = [each for each in after.fresh if each.seq == seq]
    return str(entry.data["reason"]) if entry.happening is Happening.COMMAND_REFUSED else None


async def facts_of(number: str, histories: Sequence[WorkflowHistory]) -> Facts:
    """The facts of a ticket, from the histories of all its runs.

    Raises:
        EvidenceError: today's code does not decide as one of them says, or its beginning is not among them.
    """
    runs = [Recorder() for _ in histories]
    ordered = sorted(histories, key=_begun)
    for run, history in zip(runs, ordered, strict=True):
        await looked_on(history, f"{history.workflow_id}/{history.run_id}", run)
    opened, ended = (runs[0].opened, runs[-1].ended) if runs else (None, None)
    if opened is None or ended is None:
        raise EvidenceError(number, _NO_OPENING)
    return Facts(opened.opening, opened.terms, tuple(step for run in runs for step in run.steps), ended)


def _begun(history: WorkflowHistory) -> datetime:
    return history.events[0].event_time.ToDatetime(UTC)
