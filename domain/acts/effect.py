"""Effect: which obligations an act meets, and when it counts as done."""

from datetime import datetime

from domain.contract.clauses import Kind, Origin
from domain.contract.promises import moment_of
from domain.people.actors import SERVICE_SIDE, SYSTEM
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import Act
from domain.ticket.ticket import Ticket

#: The kinds of obligation that a command meets (clauses.md, "met by").
MEETS: dict[C, frozenset[Kind]] = {
    C.RESPOND: frozenset({Kind.RESPOND}),
    C.CONTACT: frozenset({Kind.RESPOND, Kind.CONTACT}),
    C.SUBMIT_PLAN: frozenset({Kind.PLAN}),
    C.DEPART: frozenset({Kind.DEPART}),
    C.ARRIVE: frozenset({Kind.ARRIVE}),
    C.DIAGNOSE: frozenset({Kind.DIAGNOSE}),
    C.RESTORE: frozenset({Kind.RESTORE}),
    C.RESOLVE: frozenset({Kind.RESPOND, Kind.CONTACT, Kind.RESTORE, Kind.RESOLVE}),
    C.DELIVER_SUBSTITUTE: frozenset({Kind.SUBSTITUTE}),
    C.DELIVER_REPORT: frozenset({Kind.REPORT}),
    C.RECORD_SURVEY: frozenset({Kind.SURVEY}),
}

#: Of the kinds that a command meets, the one that it is about.
_MAINLY: dict[C, Kind] = {command: max(kinds, key=list(Kind).index) for command, kinds in MEETS.items()}

#: Commands that take effect at their stated time though they meet nothing.
_ALSO_AS_STATED = frozenset({C.DISPATCH, C.END_VISIT})


def act_of(ticket: Ticket, command: Command) -> Act:
    """The command as an act, with its stated time where the contract goes by that."""
    return Act(command.occurred_at if ticket.terms.reported_times else None, command.accepted_at)


def effective_at(ticket: Ticket, command: Command) -> datetime:
    """When the command took effect: as stated for acts and visits, otherwise when it was accepted."""
    if command.kind not in MEETS and command.kind not in _ALSO_AS_STATED:
        return command.accepted_at
    kind = _MAINLY.get(command.kind)
    promised = next((each.promise for each in ticket.obligations if each.kind is kind and each.armed_at), None)
    since = moment_of(ticket.case, promised.origin) if promised else None
    if since is None or since > command.accepted_at:
        since = ticket.moments[Origin.RECEIVED]
    return act_of(ticket, command).effective(since)


def kinds_met(ticket: Ticket, command: Command) -> frozenset[Kind]:
    """What the command meets on this ticket. What the system does meets nothing."""
    if command.actor.role is SYSTEM.role:
        return frozenset()
    kinds = MEETS.get(command.kind, frozenset())
    if command.kind is C.RESPOND and _speaks_for_us(ticket, command):
        kinds |= {Kind.CONTACT}
    return kinds | {each.kind for each in ticket.obligations if command.kind in each.promise.clause.met_also_by}


def _speaks_for_us(ticket: Ticket, command: Command) -> bool:
    """Whether a response is also the contact: by the engineer in charge, or by any of us while there is none."""
    if ticket.assignee is None:
        return command.actor.role in SERVICE_SIDE
    return command.actor.id == ticket.assignee
