"""Acts: an accepted command: when it counts, what it meets, what it changes."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind, Origin
from domain.contract.promises import moment_of
from domain.matters.index import ROWS
from domain.matters.matter import Row
from domain.people.actors import SERVICE_SIDE, SYSTEM
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.records import Act
from domain.ticket.ticket import Ticket


def perform(ticket: Ticket, command: Command) -> Ticket:
    """The ticket after an accepted command: one entry that answers it, and whatever follows from it."""
    row, act = ROWS[command.kind], _act_of(ticket, command)
    at, kinds = _effective_at(ticket, command, row, act), _kinds_met(ticket, command, row)
    after = clocks.perform(row.does(ticket, command, at), kinds, act)
    if command.actor.role in SERVICE_SIDE:
        after = replace(after, heard_at=command.accepted_at)
    after = after.write(
        row.happening,
        at=at,
        recorded_at=command.accepted_at,
        actor=command.actor,
        command_id=command.command_id,
        data={**command.data, **row.says(ticket, after, command)},
    )
    return row.follows(after, command.accepted_at)


def _act_of(ticket: Ticket, command: Command) -> Act:
    """The command as an act, with its stated time where the contract goes by that."""
    return Act(command.occurred_at if ticket.terms.reported_times else None, command.accepted_at)


def _effective_at(ticket: Ticket, command: Command, row: Row, act: Act) -> datetime:
    """When the command took effect: as stated for acts and visits, otherwise when it was accepted."""
    if not row.meets and not row.as_stated:
        return command.accepted_at
    armed = (each.promise for each in ticket.obligations if each.kind is row.mainly and each.armed_at)
    promised = next(armed, None)
    since = moment_of(ticket.case, promised.origin) if promised else None
    if since is None or since > command.accepted_at:
        since = ticket.moments[Origin.RECEIVED]
    return act.effective(since)


def _kinds_met(ticket: Ticket, command: Command, row: Row) -> frozenset[Kind]:
    """What the command meets on this ticket. What the system does meets nothing."""
    if command.actor.role is SYSTEM.role:
        return frozenset()
    by_clause = {each.kind for each in ticket.obligations if command.kind in each.promise.clause.met_also_by}
    return row.meets | row.meets_too(ticket, command) | by_clause
