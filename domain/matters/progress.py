"""Progress: acts that the entry says whole: respond, contact, plan, diagnose, restore, note."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind
from domain.matters import vendor_cases
from domain.matters.matter import EVIDENCE, TEXT, UNTIL_CLOSED, Matter, Row
from domain.people.actors import CUSTOMER_SIDE, SERVICE_SIDE, Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

#: Whose word to the user is that of the maintainers themselves (003-01).
_MAINTAINERS = frozenset({Role.ENGINEER, Role.EXPERT, Role.PROJECT_MANAGER, Role.DUTY_MANAGER})


#: Of a mail: name and address of whoever seems to have written it, its subject, and whether a server that is trusted
#: says that it comes from the domain of that address.
WRITER, SUBJECT = Field("writer"), Field("subject", required=False)
VOUCHED = Field("vouched", Type.FLAG)


def speaks_with_the_user(_: Ticket, command: Command) -> frozenset[Kind]:
    """The contact is the maintainer's own, never that of the hotline (003-01)."""
    return frozenset({Kind.CONTACT}) if command.actor.role in _MAINTAINERS else frozenset()


def note(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """One with evidence settles what is owed for a grant that somebody alone recorded and used; a vendor's is the word
    that is awaited of them.
    """
    ticket = vendor_cases.heard(ticket, command)
    ours = command.actor.role in SERVICE_SIDE | CUSTOMER_SIDE
    return replace(ticket, evidence_owed=False) if ours and EVIDENCE.of(command) else ticket


MATTER = Matter(
    rows=(
        Row(
            C.RESPOND,
            Happening.RESPONDED,
            (TEXT,),
            meets=frozenset({Kind.RESPOND}),
            meets_too=speaks_with_the_user,
        ),
        Row(C.CONTACT, Happening.CONTACTED, (TEXT,), meets=frozenset({Kind.RESPOND}), meets_too=speaks_with_the_user),
        Row(C.SUBMIT_PLAN, Happening.PLAN_SUBMITTED, (TEXT,), meets=frozenset({Kind.PLAN})),
        Row(C.DIAGNOSE, Happening.DIAGNOSED, (TEXT,), meets=frozenset({Kind.DIAGNOSE})),
        Row(C.RESTORE, Happening.RESTORED, (TEXT,), meets=frozenset({Kind.RESTORE})),
        Row(C.NOTE, Happening.NOTED, (TEXT, EVIDENCE), does=note, during=UNTIL_CLOSED),
        Row(C.TAKE_MAIL, Happening.MAILED, (WRITER, SUBJECT, TEXT, VOUCHED), during=UNTIL_CLOSED),
    ),
)
