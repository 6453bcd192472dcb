"""All matters, and the tables that follow from their rows."""

from collections.abc import Callable, Iterator
from datetime import datetime

from domain.matters import (
    aftercare,
    agreements,
    applications,
    approvers,
    assignment,
    bookings,
    calls,
    changes,
    closing,
    consents,
    consultations,
    correction,
    emergency,
    ending,
    escalation,
    identification,
    ladder,
    links,
    lowering,
    major,
    merging,
    on_behalf,
    paid_work,
    parts,
    pauses,
    progress,
    rebaseline,
    remote,
    remote_sessions,
    resolution,
    service_log,
    subjects,
    substitutes,
    triage,
    vendor_cases,
    visits,
    whereabouts,
)
from domain.matters.matter import Asked, Gate, Matter, Question, Row
from domain.ticket.commands import Command, CommandKind
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words import refusals
from domain.words.refusals import Refusal

#: In this order gates are asked, and the first that is shut names the refusal.
ROOMS = (
    escalation,
    triage,
    identification,
    correction,
    lowering,
    ladder,
    assignment,
    calls,
    visits,
    progress,
    bookings,
    service_log,
    pauses,
    remote,
    consultations,
    vendor_cases,
    parts,
    substitutes,
    changes,
    paid_work,
    major,
    applications,
    subjects,
    consents,
    emergency,
    resolution,
    closing,
    links,
    aftercare,
    ending,
    merging,
    rebaseline,
    agreements,
)
#: What several rooms stand on; no matters of their own.
BENEATH = (approvers, on_behalf, remote_sessions, whereabouts)
MATTERS: tuple[Matter, ...] = tuple(room.MATTER for room in ROOMS)

_BY_KIND = {row.kind: row for matter in MATTERS for row in matter.rows}
#: Command by command, in the order of a ticket's life; a command without a row cannot be imported.
ROWS: dict[CommandKind, Row] = {kind: _BY_KIND[kind] for kind in CommandKind}

GATES: tuple[Gate, ...] = tuple(gate for matter in MATTERS for gate in matter.gates)
#: Command by command, those that keep it out.
GATES_OF = {kind: tuple(gate for gate in GATES if kind in gate.blocks) for kind in CommandKind}

#: Event by event, what time brings.
BRINGS: dict[Event, Callable[[Ticket, Deadline, datetime], Ticket]] = {
    event: brings for matter in MATTERS for event, brings in matter.brings.items()
}

#: Every reason for which a command can be turned down, by its code.
REFUSALS: dict[str, Refusal] = {
    each.code: each
    for room in (refusals, *BENEATH, *ROOMS)
    for each in vars(room).values()
    if isinstance(each, Refusal)
}


def shut(ticket: Ticket, command: Command) -> Refusal | None:
    """The reason for which a gate keeps this command out; None: the way is free.

    Asked about a command without data, a gate answers for the best that the data could say.
    """
    for gate in GATES_OF[command.kind]:
        if refusal := gate.before(ticket, command):
            return refusal
    return None


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """All that time alone will bring to the ticket."""
    return (deadline for matter in MATTERS for deadline in matter.waits(ticket))


def reactions(before: Ticket, after: Ticket, did: Happening, at: datetime) -> Ticket:
    """The ticket behind an act, once every matter has made of it what it does."""
    for matter in MATTERS:
        after = matter.reacts(before, after, did, at)
    return after


def questions(ticket: Ticket) -> tuple[Question, ...]:
    """What the customer has been asked and has not answered, kind by kind."""
    asked = (question for matter in MATTERS for question in matter.asks(ticket))
    return tuple(sorted(asked, key=lambda question: list(Asked).index(question.asked)))
