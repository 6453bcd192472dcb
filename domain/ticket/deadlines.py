"""Deadlines: what time alone can bring to a ticket, and the alarms it raises."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.people.actors import Role
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


class Event(StrEnum):
    """What time can bring. Stored in histories.

    Of what is due at one instant the earlier of these happens first, in every replay: a new word goes last.
    """

    RUNG = "rung"
    HALF = "half"
    SILENCE_CONFIRMS = "silence_confirms"
    PAUSE_CAP = "pause_cap"
    REMOTE_SILENCE = "remote_silence"
    REMOTE_EXPIRY = "remote_expiry"
    APPROVAL_REMINDER = "approval_reminder"
    HEARTBEAT = "heartbeat"
    PLAN_STARTS = "plan_starts"
    UNOWNED = "unowned"
    UNOWNED_HALF = "unowned_half"
    CLOSING_MISSING = "closing_missing"
    SUBSTITUTE_SOON = "substitute_soon"
    SUBSTITUTE_PROMISED = "substitute_promised"
    SHARE = "share"  # of the budget to resolve, without the pauses
    FOLLOWUP = "followup"
    VENDOR_SILENT = "vendor_silent"
    UNANSWERED = "unanswered"  # a call, and its next rung is called
    OFF_DUTY = "off_duty"  # is, from now on, who has answered a call


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that happens at an instant unless something else happens before.

    Attributes:
        timer: name of the durable timer that waits for it; an obligation has one for all its rungs.
        key: the obligation, for its rungs and its half.
    """

    timer: str
    at: datetime
    event: Event
    key: str = ""
    rung: int = 0

    @property
    def label(self) -> str:
        """What an auditor reads on the timer."""
        return f"{self.timer} {self.rung} %" if self.rung else self.timer


def raise_alarm(ticket: Ticket, deadline: Deadline, now: datetime, **about: object) -> Ticket:
    """With an alarm on its timeline, once, the caller sees to that; whom it reaches stands in the table of notices."""
    data = {"alarm": deadline.event, **about}
    return ticket.write(Happening.ALARM_RAISED, at=deadline.at, recorded_at=now, data=data)


def addressees(ticket: Ticket, reaches: tuple[str, ...]) -> dict[str, list[str]]:
    """Roles and people behind the words of a contract: ``owner``, or a role."""
    owner = ticket.assignee if "owner" in reaches else None
    nobody = None if owner else Role.HOTLINE
    roles = (nobody if word == "owner" else word for word in reaches)
    return {"roles": [role for role in roles if role], "people": [owner] if owner else []}


def lateness_ms(now: datetime, *since: datetime | None) -> int:
    """How much later than the latest of these instants, in whole milliseconds, never negative."""
    late = now - max(instant for instant in since if instant is not None)
    return max(0, round(late.total_seconds() * 1000))
