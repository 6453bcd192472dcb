"""Ending without a resolution: what was opened by mistake is discarded."""

from dataclasses import replace
from datetime import datetime

from domain.matters.matter import REASON, Matter, Row
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import End
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

WORK_DONE = Refusal(
    "work_done",
    Label(
        "此单已有处理记录，不能作废；请办结，或并入另一单（merge）。",
        "Something has been done on it, so it cannot be discarded; resolve it, or merge it into another (merge).",
    ),
)

#: What takes a report in and changes nothing for its customer.
TAKING_IN = frozenset(
    {C.CLASSIFY, C.IDENTIFY, C.CORRECT, C.TAKE, C.REASSIGN, C.UNASSIGN, C.NOTE, C.ACKNOWLEDGE, C.LEAVE_CALL}
)


def discard(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """Opened by mistake: kept on record, counted nowhere but for what it had breached."""
    return ended(ticket, End.DISCARDED, at)


def ended(ticket: Ticket, how: End, at: datetime) -> Ticket:
    """Over without a resolution; what it had still to keep is cancelled, what it has breached stays."""
    over = replace(ticket, stage=Stage.CLOSED, closed_at=at, ended_as=how, pause=None, remote=None)
    over = replace(over, on_way_since=None, on_site_since=None)
    return clocks.cancel_open(over, how)


def nothing_was_done(ticket: Ticket, _: Command) -> Refusal | None:
    """Discarded is what was opened by mistake, while nothing has been done on it."""
    return WORK_DONE if ticket.touched else None


MATTER = Matter(rows=(Row(C.DISCARD, Happening.DISCARDED, (REASON,), needs=nothing_was_done, does=discard),))
