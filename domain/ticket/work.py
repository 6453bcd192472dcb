"""Work beside the stage: what of a ticket waits for people of ours who have no part in its repair."""

from enum import StrEnum

from domain.contract.clauses import Kind
from domain.ticket.ticket import Ticket


class Work(StrEnum):
    """What waits, in the order in which it is listed. Stored in histories."""

    SURVEY = "survey"
    PART = "part"
    CONSULTATION = "consultation"
    REPORT = "report"


def waiting_work(ticket: Ticket) -> tuple[Work, ...]:
    """A survey or its follow-up; a part that is not there; a consultation without conclusion; a report."""
    owed = {each.kind for each in ticket.obligations if each.counts}
    followed_up = ticket.followups is not None and not ticket.followups.over
    waits = {
        Work.SURVEY: Kind.SURVEY in owed or followed_up,
        Work.PART: not ticket.closed and any(not each.arrived and not each.refused for each in ticket.parts),
        Work.CONSULTATION: not ticket.closed and any(each.concluded_at is None for each in ticket.consultations),
        Work.REPORT: Kind.REPORT in owed,
    }
    return tuple(work for work in Work if waits[work])
