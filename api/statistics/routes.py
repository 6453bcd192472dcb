"""Statistics: for those who answer for the work, and those who check it."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter

from api.access.permissions import READ_STATISTICS
from api.backend import Backend, Behind
from api.http.inputs import asks
from api.statistics.documents import (
    AgeOfTickets,
    AlarmLateness,
    Item,
    LoadOfAPerson,
    PromisesOfAMonth,
    ReportsOfAMonth,
    StageDurations,
    Statistics,
)
from api.statistics.queries import MonthsAsked, NowAsked, PromisesAsked
from store.registry.names import names
from store.statistics import asking
from store.statistics.asking import By, Period
from store.statistics.folding import Counted

router = APIRouter(prefix="/api/statistics", tags=["statistics"])

_STAGES, _ALARMS = (0.5, 0.9), (0.5, 0.99)


async def _counted(behind: Backend, period: Period, items: list[Item]) -> Statistics[Item]:
    """With when the months were counted."""
    return Statistics.counted(items, await behind.ask(asking.folded, period))


@router.get("/reports", dependencies=[READ_STATISTICS], response_model_exclude_unset=True)
async def count_reports(
    behind: Behind, asked: Annotated[MonthsAsked, asks(MonthsAsked)]
) -> Statistics[ReportsOfAMonth]:
    """Month by month, what became of the reports that were received."""
    period = asked.period(datetime.now(UTC))
    found = await behind.ask(asking.became, period)
    none = dict.fromkeys(("open", "closed", "discarded", "merged"), 0)
    items = [ReportsOfAMonth(month=f"{month:%Y-%m}", **none | found[month]) for month in sorted(found)]
    return await _counted(behind, period, items)


@router.get("/promises", dependencies=[READ_STATISTICS], response_model_exclude_unset=True)
async def count_promises(
    behind: Behind, asked: Annotated[PromisesAsked, asks(PromisesAsked)]
) -> Statistics[PromisesOfAMonth]:
    """Month by month, how the promises of the reports received in it were kept, by clause, kind, level or contract."""
    period = asked.period(datetime.now(UTC))
    found = await behind.ask(asking.promises, period, By(asked.by))
    return await _counted(behind, period, [PromisesOfAMonth.of(one) for one in found])


@router.get("/stages", dependencies=[READ_STATISTICS], response_model_exclude_unset=True)
async def measure_stages(
    behind: Behind, asked: Annotated[MonthsAsked, asks(MonthsAsked)]
) -> Statistics[StageDurations]:
    """How long the closed ones of the reports were in each stage: all together, and month by month."""
    period = asked.period(datetime.now(UTC))
    found = await behind.ask(asking.lengths, period, Counted.STAGES, _STAGES)
    return await _counted(behind, period, [StageDurations.of(one) for one in found])


@router.get("/lateness", dependencies=[READ_STATISTICS], response_model_exclude_unset=True)
async def measure_lateness(
    behind: Behind, asked: Annotated[MonthsAsked, asks(MonthsAsked)]
) -> Statistics[AlarmLateness]:
    """By how much the alarms of promises came after they were due: all together, and month by month."""
    period = asked.period(datetime.now(UTC))
    found = await behind.ask(asking.lengths, period, Counted.LATENESS, _ALARMS)
    latest = await behind.ask(asking.latest, period)
    items = [AlarmLateness.of(one, latest[one.month, one.group]) for one in found]
    return await _counted(behind, period, items)


@router.get("/ageing", dependencies=[READ_STATISTICS], response_model_exclude_unset=True)
async def count_by_age(behind: Behind, asked: Annotated[NowAsked, asks(NowAsked)]) -> Statistics[AgeOfTickets]:
    """How many tickets are open now, by level and by how long ago they were received."""
    now = datetime.now(UTC)
    found = await behind.ask(asking.ageing, asked.contract)
    return Statistics.counted([AgeOfTickets.of(one) for one in found], now)


@router.get("/load", dependencies=[READ_STATISTICS], response_model_exclude_unset=True)
async def count_by_person(
    behind: Behind, asked: Annotated[MonthsAsked, asks(MonthsAsked)]
) -> Statistics[LoadOfAPerson]:
    """What each person has in charge now, and what they closed of the reports of the months."""
    period = asked.period(datetime.now(UTC))
    found = await behind.ask(asking.load, period)
    called = await behind.ask(names, [one.person for one in found])
    items = [LoadOfAPerson.of(one, called.get(one.person, one.person)) for one in found]
    return await _counted(behind, period, items)
