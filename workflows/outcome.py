"""The outcome: what a run says when it ends, for the audit to compare."""

from dataclasses import dataclass

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.ticket.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a ticket ended: its last entry, and how each of its obligations stood. Stored in histories."""

    number: str
    seq: int
    obligations: dict[str, str]

    @classmethod
    def of(cls, ticket: Ticket) -> "Outcome":
        """The outcome of a ticket as it stands."""
        return cls(
            number=ticket.opening.number,
            seq=ticket.seq,
            obligations={each.key: each.state(paused=False) for each in ticket.obligations},
        )
