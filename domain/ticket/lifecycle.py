"""The lifecycle: from which stage what leads where. What is not here does not happen."""

from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening

WORK = tuple(stage for stage in Stage if stage.is_work)

#: Stage and happening, and the stages that it may lead to. ``advanced`` also leads back once cause or asset have
#: been revised (003-03); a rejection leads back to where the ticket was resolved from.
LIFECYCLE: dict[tuple[Stage, Happening], tuple[Stage, ...]] = {
    **{(stage, Happening.ADVANCED): tuple(other for other in WORK if other is not stage) for stage in WORK},
    **{(stage, Happening.RESOLVED): (Stage.RESOLVED,) for stage in WORK},
    (Stage.RESOLVED, Happening.REJECTED): WORK,
    (Stage.RESOLVED, Happening.REOPENED): WORK,
    (Stage.RESOLVED, Happening.CLOSED): (Stage.CLOSED,),
}
