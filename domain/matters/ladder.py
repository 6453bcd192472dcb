"""The ladder: the stage follows the work or is named with a reason; the route that a pack proposes (003-03, 004-08)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.contract.clauses import Arming, Origin
from domain.matters import emergency, vendor_cases
from domain.matters.matter import REASON, WORK, Matter, Row
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.lifecycle import LEADS_TO
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening

#: Stages whose beginning arms obligations, which may be counted from it.
_COUNTED_FROM = {
    Stage.ONSITE: (Arming.ONSITE, Origin.ONSITE),
    Stage.EMERGENCY: (Arming.EMERGENCY, Origin.EMERGENCY),
}

STAGE = Field("stage", Type.WORD, choices=tuple(stage for stage in Stage if stage in WORK))


def advance(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Onto another stage, at somebody's request."""
    return enter(ticket, Stage(STAGE.of(command)), at)


def enter(ticket: Ticket, stage: Stage, at: datetime) -> Ticket:
    """Into a stage, with what begins there. Naming the present one changes nothing."""
    if stage is ticket.stage:
        return ticket
    ticket = _counted(replace(ticket, stage=stage, entered=_entered(ticket, stage), heard_at=at), stage, at)
    return emergency.announce_plan(vendor_cases.open_by_stage(ticket, at), at)


def follow(ticket: Ticket, happening: Happening, at: datetime) -> Ticket:
    """Onto the stage that what somebody did leads to, where that lies ahead.

    Of a resolved ticket it is told late: then it is where a rejection leads back to.
    """
    stage, resolution = LEADS_TO.get(happening), ticket.resolution
    if stage is None:
        return ticket
    if resolution is None:
        return enter(ticket, stage, at) if ticket.stage.before(stage) else _counted(ticket, stage, at)
    if resolution.stage.before(stage):
        ticket = replace(ticket, resolution=replace(resolution, stage=stage), entered=_entered(ticket, stage))
    return _counted(ticket, stage, at)


def _entered(ticket: Ticket, stage: Stage) -> tuple[Stage, ...]:
    return ticket.entered if stage in ticket.entered else (*ticket.entered, stage)


def _counted(ticket: Ticket, stage: Stage, at: datetime) -> Ticket:
    """With what counts from the first time that the stage was entered, or its work begun from a later one."""
    if stage not in _COUNTED_FROM:
        return ticket
    arming, origin = _COUNTED_FROM[stage]
    return clocks.arm(ticket, arming, at, origin)


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


def said_of_plan(_: Ticket, after: Ticket, __: Command | None = None) -> dict[str, Any]:
    """When a plan starts by itself, where the stage has one about to (004-10)."""
    starts_at = after.plan.starts_at if after.plan else None
    return {"plan_starts_at": starts_at.isoformat()} if starts_at else {}


MATTER = Matter(rows=(Row(C.ADVANCE, Happening.ADVANCED, (STAGE, REASON), does=advance, says=said_of_plan),))
