"""Facts: all that came to a ticket from outside, in the order in which it learnt of it. Terms are none of them."""

from dataclasses import dataclass
from datetime import datetime

from domain.contract.calendars import Schedule
from domain.contract.terms import Terms
from domain.ticket.commands import Command
from domain.ticket.opening import Opening
from domain.ticket.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Asked:
    """A command, with all that was known of it when it was decided on.

    Attributes:
        upto: until when time had done its part before.
        refused: the code of its refusal; None: it was accepted.
    """

    command: Command
    upto: datetime
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """Time has passed, ``upto`` an instant."""

    upto: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """The working days that were published by then, learnt because somebody had asked."""

    schedule: Schedule
    at: datetime


Step = Asked | Passed | Published


@dataclass(frozen=True, slots=True)
class Facts:
    """A ticket's, as far as its histories tell.

    Attributes:
        terms: what was agreed at the opening.
        steps: what came, in the order in which the ticket took it up.
        ended: the ticket as the histories leave it.
    """

    opening: Opening
    terms: Terms
    steps: tuple[Step, ...]
    ended: Ticket

    @property
    def until(self) -> datetime:
        """How far they reach."""
        reached = (each.at if isinstance(each, Published) else each.upto for each in self.steps)
        return max(reached, default=self.opening.accepted_at)
