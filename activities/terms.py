"""Agrees what a ticket's promises are, once, from its contract."""

from datetime import MAXYEAR

from temporalio import activity

from activities.database import engine
from domain.calendars import CHINA, Schedule
from domain.opening import Opening
from domain.terms import Terms
from policies import load_pack
from policies.loader import load_schedule
from policies.pack import cut
from store.registry.contracts import contract_of


@activity.defn
def agree_terms(opening: Opening) -> Terms:
    """The terms of the customer's contract, or of the pack itself for a caller not known yet."""
    years = _years(opening)
    if opening.customer.id is None:
        return load_pack(opening.contract).terms(years=years)
    contract = contract_of(engine(), opening.customer.id, opening.contract)
    return load_pack(contract.pack).terms(
        contract=contract.id,
        remote_calendar=contract.remote_calendar,
        years=years,
        overrides=contract.switches,
    )


@activity.defn
def published_schedule(opening: Opening) -> Schedule:
    """The working days that are published by now, from the year before the ticket's first instant on."""
    return cut(load_schedule(), *_years(opening))


def _years(opening: Opening) -> tuple[int, int]:
    """The years whose working days the ticket may need: from the one before its first instant on."""
    instants = (opening.received_at, opening.fault_occurred_at, opening.booked_at)
    first = min(instant.astimezone(CHINA).year for instant in instants if instant)
    return first - 1, MAXYEAR
