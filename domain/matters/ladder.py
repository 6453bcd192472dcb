"""The ladder: from stage to stage, forward with a reason, and the route that a pack proposes (003-03, 004-08)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Arming, Origin
from domain.matters import emergency, vendor_cases
from domain.matters.matter import REASON, WORK, Matter, Row
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

STAGE_BEHIND = Refusal(
    "stage_behind",
    Label(
        "只有重新判定原因或资产之后才能退回前面的阶段。",
        "An earlier stage is open only after cause or asset have been revised.",
    ),
)

STAGE = Field("stage", Type.WORD, choices=tuple(stage for stage in Stage if stage in WORK))


def advance(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Onto another stage, at somebody's request."""
    return enter(ticket, Stage(STAGE.of(command)), at)


def enter(ticket: Ticket, stage: Stage, at: datetime) -> Ticket:
    """Into a stage, with what begins there. Naming the present one changes nothing."""
    if stage is ticket.stage:
        return ticket
    ticket = replace(ticket, stage=stage, heard_at=at)
    if stage is Stage.ONSITE:
        ticket = clocks.arm(ticket, Arming.ONSITE, at, Origin.ONSITE)
    return emergency.announce_plan(vendor_cases.open_by_stage(ticket, at), at)


def goes_forward(ticket: Ticket, command: Command) -> Refusal | None:
    """Forward with a reason; back only once cause or asset have been revised (003-03)."""
    stage = Stage(STAGE.of(command) or ticket.stage)
    return STAGE_BEHIND if stage.before(ticket.stage) and not ticket.revised else None


def proposed(ticket: Ticket) -> Stage | None:
    """The first stage of the pack's route that lies ahead; None at its end, and when no work goes on."""
    if not ticket.stage.is_work:
        return None
    return next((Stage(name) for name in _route(ticket) if ticket.stage.before(Stage(name))), None)


def _route(ticket: Ticket) -> tuple[str, ...]:
    facts = ticket.terms.fact_defaults | ticket.facts
    for fact, value, route in ticket.terms.detours:
        if facts.get(fact) == value:
            return route
    return ticket.terms.route


MATTER = Matter(rows=(Row(C.ADVANCE, Happening.ADVANCED, (STAGE, REASON), needs=goes_forward, does=advance),))
