"""Agrees what a ticket's promises are, once, from its contract."""

from dataclasses import replace
from datetime import MAXYEAR

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.place import here
from activities.signatures import is_signed
from domain.contract.calendars import CHINA, Schedule
from domain.contract.terms import Terms
from domain.ticket.opening import Opening
from policies import load_pack, pack_ids
from policies.loader import load_schedule
from policies.pack import cut
from runtime.signing import trusted_keys
from store.registry.contracts import Contract, NoContractError, contract_of
from store.registry.customers import standing_until

log = structlog.get_logger()

#: The terms of a ticket whose contract cannot be found; an alarm says so.
_WITHOUT_CONTRACT = "standard"


@activity.defn
def agree_terms(opening: Opening) -> Terms:
    """The terms of the customer's contract, or of the pack itself for a caller not known yet.

    Fails, and is tried again, while nobody whom this installation trusts has signed the report.
    """
    signers = trusted_keys(here().keys)
    if not is_signed(signers, opening.number, opening):
        log.error("a report that nobody trusted has signed", ticket=opening.number)
        raise ApplicationError("no trusted key has signed the report", type="Forged")
    return replace(_agreed(opening), signers=signers)


@activity.defn
def published_schedule(opening: Opening) -> Schedule:
    """The working days that are published by now, from the year before the ticket's first instant on."""
    return cut(load_schedule(), *_years(opening))


def _agreed(opening: Opening) -> Terms:
    customer, is_pack = opening.customer.id, opening.contract in pack_ids()
    if customer is not None:
        try:
            return _of_contract(contract_of(here().engine, customer, opening.contract), opening)
        except NoContractError:
            log.exception("a ticket without its contract", ticket=opening.number, contract=opening.contract)
    terms = load_pack(opening.contract if is_pack else _WITHOUT_CONTRACT).terms(years=_years(opening))
    return replace(terms, agreed=customer is None and is_pack)


def _of_contract(contract: Contract, opening: Opening) -> Terms:
    terms = load_pack(contract.pack).terms(
        contract=contract.id,
        remote_calendar=contract.remote_calendar,
        years=_years(opening),
        overrides=contract.switches,
    )
    reported_on = opening.received_at.astimezone(CHINA).date()
    return replace(
        terms,
        contract_ended=contract.ends_on is not None and contract.ends_on < reported_on,
        authorised_until=standing_until(here().engine, contract.customer, opening.accepted_at),
    )


def _years(opening: Opening) -> tuple[int, int]:
    """The years whose working days the ticket may need: from the one before its first instant on."""
    instants = (opening.received_at, opening.fault_occurred_at, opening.booked_at)
    first = min(instant.astimezone(CHINA).year for instant in instants if instant)
    return first - 1, MAXYEAR
