"""The lifecycle: from which stage what leads where. What is not here does not happen."""

from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening

WORK = tuple(stage for stage in Stage if stage.is_work)

#: The stage follows the work: what somebody does, and the stage that it leads to, forward only.
LEADS_TO: dict[Happening, Stage] = {
    Happening.RESPONDED: Stage.PHONE,
    Happening.CONTACTED: Stage.PHONE,
    Happening.REMOTE_STARTED: Stage.REMOTE,
    Happening.DISPATCHED: Stage.ONSITE,
    Happening.DEPARTED: Stage.ONSITE,
    Happening.ARRIVED: Stage.ONSITE,
    Happening.EMERGENCY_PLAN_STARTED: Stage.EMERGENCY,
}

#: Stage and happening, and the stages that it may lead to. ``advanced`` names any stage of work, also an earlier one;
#: a rejection leads back to where the ticket was resolved from.
LIFECYCLE: dict[tuple[Stage, Happening], tuple[Stage, ...]] = {
    **{(stage, Happening.ADVANCED): tuple(other for other in WORK if other is not stage) for stage in WORK},
    **{(stage, happening): (to,) for happening, to in LEADS_TO.items() for stage in WORK if stage.before(to)},
    **{(stage, Happening.RESOLVED): (Stage.RESOLVED,) for stage in WORK},
    **{(stage, Happening.DISCARDED): (Stage.CLOSED,) for stage in WORK},
    **{(stage, Happening.MERGED): (Stage.CLOSED,) for stage in WORK},
    (Stage.RESOLVED, Happening.REJECTED): WORK,
    (Stage.RESOLVED, Happening.REOPENED): WORK,
    (Stage.RESOLVED, Happening.CLOSED): (Stage.CLOSED,),
}
