"""The wall: what a room of people sees from afar. Rehearsals are left out."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import Engine, func, select

from domain.contract.calendars import CHINA
from domain.matters.matter import Asked
from domain.people.actors import Actor
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from store.models import ObligationRow, TicketRow
from store.paging import Window
from store.queries.filters import Wanted
from store.queries.tickets import OfLevel, Order, how_many, open_by_level, page
from store.queries.visibility import visible
from store.registry.roster import OnDuty, on_duty
from store.statistics import asking
from store.statistics.asking import Period
from store.statistics.folding import Counted

#: So many tickets stand on it.
SHOWN = 10
#: The alarm that says that a promise is broken.
_BROKEN = "100"
_P99 = (0.99,)
_WORK = tuple(stage for stage in Stage if stage.is_work)


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late the alarms of broken promises came this month."""

    p99_ms: float
    max_ms: int


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands there.

    Attributes:
        next: tickets in work, those first whose promise is due first; the broken ones before all.
        breaches_today: promises that were broken since midnight in China.
        approvals: tickets that wait for an approval.
        lateness: None: no alarm was raised this month.
    """

    open: list[OfLevel]
    next: list[TicketRow]
    breaches_today: int
    approvals: int
    lateness: Lateness | None
    on_duty: list[OnDuty]


def wall(engine: Engine, actor: Actor, now: datetime) -> Wall:
    """As it stands now for somebody of ours."""
    (approvals,) = how_many(engine, actor, Wanted(waits_for=(Asked.APPROVAL,)))
    return Wall(
        open=open_by_level(engine, actor),
        next=list(page(engine, actor, Wanted(stage=_WORK), Order.DUE, Window(SHOWN)).items),
        breaches_today=_broken_today(engine, actor, now),
        approvals=approvals,
        lateness=_late(engine, now.astimezone(CHINA).date()),
        on_duty=on_duty(engine, now),
    )


def _broken_today(engine: Engine, actor: Actor, now: datetime) -> int:
    midnight = datetime.combine(now.astimezone(CHINA), time(), CHINA)
    broken = (ObligationRow.state == State.BREACHED, ObligationRow.due_at >= midnight, ObligationRow.due_at <= now)
    asked = select(func.count()).select_from(ObligationRow).join(TicketRow, TicketRow.number == ObligationRow.ticket)
    with engine.connect() as connection:
        return connection.scalar(asked.where(*broken, ~TicketRow.drill, visible(actor))) or 0


def _late(engine: Engine, today: date) -> Lateness | None:
    month = today.replace(day=1)
    period = Period(month, month)
    most = asking.latest(engine, period).get((month, _BROKEN))
    found = asking.lengths(engine, period, Counted.LATENESS, _P99)
    (p99,) = next((one.percentiles for one in found if (one.month, one.group) == (month, _BROKEN)), (0.0,))
    return None if most is None else Lateness(min(round(p99, 1), most), most)
