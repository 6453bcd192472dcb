"""Asking: one ticket compared, whatever comes of it; and which tickets of an archive are asked about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from temporalio.client import WorkflowHistory

from domain.contract.terms import Terms
from domain.ticket.opening import Opening
from domain.what_if.comparing import Comparison, UnlikeError, compared
from domain.what_if.living import Supposed
from domain.words.label import Label
from evidence.faults import EvidenceError
from gateway.verdict.senders import report_in
from gateway.what_if.recording import facts_of

_NOT_THERE = Label("归档中没有这张工单", "the archive has nothing of this ticket")
_UNLIKE = Label(
    "在原条款下重算与归档不一致，故不推演",
    "lived again under its own terms it is not what the archive says, so nothing is supposed of it",
)
_NEVER = Label("时限超出 1 至 9999 年", "a due time would lie outside the years 1 to 9999")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A ticket of which nothing can be said, and why."""

    number: str
    why: Label


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tickets are asked about.

    Attributes:
        under: a contract or a pack that they were opened under.
        since, before: when they were received; half-open.
        drills: those that were drills, instead of the others.
    """

    customer: str | None = None
    under: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    drills: bool = False

    def takes(self, histories: Sequence[WorkflowHistory]) -> bool:
        """Whether a ticket is one of them, as far as its report tells; without a report nobody can say, so it is."""
        reports = [report for each in histories if (report := report_in(each.events[0]))]
        return not reports or self._takes(reports[0])

    def was_under(self, terms: Terms) -> bool:
        """Whether it was opened under what is asked about."""
        return self.under in {None, terms.contract, terms.pack}

    def _takes(self, report: Opening) -> bool:
        at = report.received_at
        late_enough = self.since is None or self.since <= at
        soon_enough = self.before is None or at < self.before
        of_theirs = self.customer in {None, report.customer.id}
        return late_enough and soon_enough and of_theirs and report.drill is self.drills


async def what_if(
    number: str,
    read: Callable[[], Sequence[WorkflowHistory]],
    supposed: Supposed,
    wanted: Wanted | None = None,
) -> Comparison | LeftOut | None:
    """What the ticket's facts come to under other terms; None: it is none of those that are asked about.

    Args:
        read: the histories of its runs, as they are kept.
    """
    try:
        histories = read()
        if not histories:
            return LeftOut(number, _NOT_THERE)
        if wanted and not wanted.takes(histories):
            return None
        facts = await facts_of(number, histories)
        return compared(facts, supposed) if wanted is None or wanted.was_under(facts.terms) else None
    except EvidenceError as fault:
        return LeftOut(number, Label("{place}：{why}", "{place}: {why}").filled(place=fault.place, why=fault.label))
    except UnlikeError:
        return LeftOut(number, _UNLIKE)
    except OverflowError:
        return LeftOut(number, _NEVER)
