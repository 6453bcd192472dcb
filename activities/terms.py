"""Agrees what a ticket's promises are, once, from its contract."""

from dataclasses import dataclass, replace
from datetime import MAXYEAR, UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy import Engine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.signatures import is_signed
from domain.contract.calendars import CHINA, Schedule
from domain.contract.terms import Terms
from domain.ticket.opening import Opening
from policies import load_pack, pack_ids
from policies.loader import load_schedule
from policies.pack import cut
from runtime.signing import trusted_keys
from store.registry.agreed import terms_under
from store.registry.contracts import Contract, NoContractError, contract_of
from store.registry.customers import standing_until

log = structlog.get_logger()

#: The terms of a ticket whose contract cannot be found; an alarm says so.
_WITHOUT_CONTRACT = "standard"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agrees terms from the contracts of a database.

    Attributes:
        policies: the folder of the packs and calendars.
        keys: the folder of the public keys whose signature counts.
    """

    engine: Engine
    policies: Path
    keys: Path

    @activity.defn
    def agree_terms(self, opening: Opening) -> Terms:
        """The terms of the customer's contract, or of the pack itself for a caller not known yet.

        Fails, and is tried again, while nobody whom this installation trusts has signed the report.
        """
        signers = trusted_keys(self.keys)
        if not is_signed(signers, opening.number, opening):
            log.error("a report that nobody trusted has signed", ticket=opening.number)
            raise ApplicationError("no trusted key has signed the report", type="Forged")
        return replace(self._agreed(opening, opening.accepted_at), signers=signers)

    @activity.defn
    def agree_anew(self, report: Opening) -> Terms:
        """The terms of a report whose customer or contract was found out later.

        Nobody has signed it like that; the command that says so is signed. Fails, and is tried again, while no key is
        trusted.
        """
        signers = trusted_keys(self.keys)
        if not signers:
            raise ApplicationError("no key is trusted here")
        return replace(self._agreed(report, datetime.now(UTC)), signers=signers)

    @activity.defn
    def published_schedule(self, opening: Opening) -> Schedule:
        """The working days that are published by now, from the year before the ticket's first instant on."""
        return cut(load_schedule(self.policies), *_years(opening))

    def _agreed(self, opening: Opening, as_of: datetime) -> Terms:
        """As the customer's contract stands; its standing authorisation as of an instant."""
        customer, is_pack = opening.customer.id, opening.contract in pack_ids(self.policies)
        if customer is not None:
            try:
                contract = contract_of(self.engine, customer, opening.contract, opening.received_at)
                return self._of_contract(contract, opening, as_of)
            except NoContractError:
                log.exception("a ticket without its contract", ticket=opening.number, contract=opening.contract)
        pack = load_pack(opening.contract if is_pack else _WITHOUT_CONTRACT, self.policies)
        agreed = customer is None and is_pack
        return replace(pack.terms(years=_years(opening)), agreed=agreed, covered=customer is None)

    def _of_contract(self, contract: Contract, opening: Opening, as_of: datetime) -> Terms:
        terms = terms_under(contract, opening.received_at, _years(opening), self.policies)
        return replace(terms, authorised_until=standing_until(self.engine, contract.customer, as_of))


def _years(opening: Opening) -> tuple[int, int]:
    """The years whose working days the ticket may need: from the one before its first instant on."""
    instants = (opening.received_at, opening.fault_occurred_at, opening.booked_at)
    first = min(instant.astimezone(CHINA).year for instant in instants if instant)
    return first - 1, MAXYEAR
