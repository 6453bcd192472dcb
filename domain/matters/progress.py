"""Progress: acts that the entry says whole: respond, contact, plan, diagnose, restore, note."""

from domain.contract.clauses import Kind
from domain.matters.matter import TEXT, UNTIL_CLOSED, Matter, Row
from domain.people.actors import SERVICE_SIDE
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


def contact_by_responding(ticket: Ticket, command: Command) -> frozenset[Kind]:
    """A response is also the contact: by the engineer in charge, or by any of us while there is none."""
    if ticket.assignee is None:
        speaks_for_us = command.actor.role in SERVICE_SIDE
    else:
        speaks_for_us = command.actor.id == ticket.assignee
    return frozenset({Kind.CONTACT}) if speaks_for_us else frozenset()


MATTER = Matter(
    rows=(
        Row(
            C.RESPOND,
            Happening.RESPONDED,
            (TEXT,),
            meets=frozenset({Kind.RESPOND}),
            meets_too=contact_by_responding,
        ),
        Row(C.CONTACT, Happening.CONTACTED, (TEXT,), meets=frozenset({Kind.RESPOND, Kind.CONTACT})),
        Row(C.SUBMIT_PLAN, Happening.PLAN_SUBMITTED, (TEXT,), meets=frozenset({Kind.PLAN})),
        Row(C.DIAGNOSE, Happening.DIAGNOSED, (TEXT,), meets=frozenset({Kind.DIAGNOSE})),
        Row(C.RESTORE, Happening.RESTORED, (TEXT,), meets=frozenset({Kind.RESTORE})),
        Row(C.NOTE, Happening.NOTED, (TEXT,), during=UNTIL_CLOSED),
    ),
)
