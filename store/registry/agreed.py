"""What is agreed under a contract: its pack, with what the contract sets otherwise."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from domain.contract.terms import Terms, in_force
from policies import load_pack
from policies.files import FOLDER
from store.registry.records import Contract


def terms_under(
    contract: Contract, received_at: datetime, years: tuple[int, int] | None = None, policies: Path = FOLDER
) -> Terms:
    """The terms of a report that came at an instant; ``years``: whose working days it may need, None: all there are."""
    terms = load_pack(contract.pack, policies).terms(
        contract=contract.id,
        remote_calendar=contract.remote_calendar,
        years=years,
        overrides=contract.switches,
    )
    return replace(
        terms,
        begins_on=contract.starts_on,
        ends_on=contract.ends_on,
        covered=in_force(contract.starts_on, contract.ends_on, received_at),
    )
