"""Acts: an accepted command: when it counts, what it meets, what it changes."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Kind
from domain.matters import assignment, calls, consents, ladder, links, on_behalf, vendor_cases
from domain.matters.ending import TAKING_IN
from domain.matters.index import ROWS, reactions
from domain.matters.matter import Row
from domain.people.actors import SERVICE_SIDE, SYSTEM
from domain.ticket import clocks
from domain.ticket.commands import CLOCK_TOLERANCE, Command, CommandKind
from domain.ticket.lifecycle import LEADS_TO
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket


def perform(ticket: Ticket, command: Command) -> Ticket:
    """The ticket after an accepted command: one entry that answers it, and whatever follows from it."""
    row, act = ROWS[command.kind], clocks.act_of(ticket, command)
    at, kinds = effective_at(ticket, command), _kinds_met(ticket, command, row)
    done = consents.while_as_grave(ticket, row.does(ticket, command, at))
    after = clocks.perform(ladder.follow(done, row.happening, at), kinds, act)
    if command.kind not in TAKING_IN and not after.touched:
        after = replace(after, touched=True)
    if after.stage is Stage.RESOLVED:
        after = clocks.cancel_pointless(after)
    if command.actor.role in SERVICE_SIDE:
        after = replace(after, heard_at=command.accepted_at)
    after = assignment.noted_worker(after, command.actor)
    after = calls.follow(ticket, after, command)
    ended = consents.ended(ticket, after) if command.kind is not CommandKind.CONSENT else {}
    told = {
        **ended,
        **command.data,
        **on_behalf.as_told(command),
        **links.as_told(command),
        **row.says(ticket, after, command),
    }
    told |= _where_to(ticket, after, row) | clock_off(ticket, command, at) | calls.said(ticket, after)
    after = after.answer(command, row.happening, at=at, data=told)
    after = vendor_cases.tell_opened(ticket, after, at, command.accepted_at)
    after = row.follows(assignment.taken_by_acting(ticket, after, command), command.accepted_at)
    return reactions(ticket, after, row.happening, command.accepted_at)


def clock_off(ticket: Ticket, command: Command, at: datetime) -> dict[str, int]:
    """By how many seconds the sender's clock seems to be off, where what they stated cannot be; positive: ahead.

    The same act, told again with another time, is counted then: of several acts of a kind the earliest counts.
    """
    claimed, present = command.occurred_at, command.accepted_at
    if claimed is None:
        return {}
    ahead = claimed > present + CLOCK_TOLERANCE
    believes = ROWS[command.kind].by_statement and ticket.terms.reported_times
    behind = believes and claimed < present == at
    return {"clock_off_s": round((claimed - present).total_seconds())} if ahead or behind else {}


def _where_to(before: Ticket, after: Ticket, row: Row) -> dict[str, Stage]:
    """The stage that the work has led to, where it is another."""
    led = row.happening in LEADS_TO and before.stage is not after.stage
    return {"stage": after.stage} if led else {}


def effective_at(ticket: Ticket, command: Command) -> datetime:
    """When the command takes effect: as stated for acts and visits, otherwise when it is accepted."""
    row = ROWS[command.kind]
    return clocks.takes_effect(ticket, command, row.mainly) if row.by_statement else command.accepted_at


def _kinds_met(ticket: Ticket, command: Command, row: Row) -> frozenset[Kind]:
    """What the command meets on this ticket. What the system does meets nothing."""
    if command.actor.role is SYSTEM.role:
        return frozenset()
    return row.meets | row.meets_too(ticket, command) | assignment.takes_over(ticket, command)
