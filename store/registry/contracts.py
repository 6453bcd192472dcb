"""Contracts: which one the opener's word stands for."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select

from policies import pack_ids
from store.models import ContractRow, CustomerRow


@dataclass(frozen=True, slots=True)
class Contract:
    """A customer's version of a pack.

    Attributes:
        remote_calendar: hours of remote service (000-25); None: as the pack says.
        switches: terms of the pack that it sets otherwise.
    """

    id: str
    customer: str
    pack: str
    remote_calendar: str | None = None
    star: int | None = None
    switches: dict[str, Any] = field(default_factory=dict)


class NoContractError(LookupError):
    """The word stands for no contract, or for several. ``valid``: what would do."""

    def __init__(self, word: str, valid: tuple[str, ...]) -> None:
        super().__init__(f"no contract {word!r}; valid are {', '.join(valid) or 'none'}")
        self.valid = valid


def contract_of(engine: Engine, customer: str, word: str) -> Contract:
    """The customer's contract of that id, or his only one under that pack.

    Raises:
        NoContractError: there is none, or more than one.
    """
    contracts = _contracts(engine, customer)
    meant = [one for one in contracts if one.id == word] or [one for one in contracts if one.pack == word]
    if len(meant) == 1:
        return meant[0]
    raise NoContractError(word, tuple(word for one in meant or contracts for word in _words(one, contracts)))


def _contracts(engine: Engine, customer: str) -> list[Contract]:
    columns = (
        ContractRow.id, ContractRow.customer, ContractRow.pack, ContractRow.remote_calendar, ContractRow.star,
        ContractRow.switches,
    )  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(select(*columns).where(ContractRow.customer == customer).order_by(columns[0]))
        return [Contract(**row) for row in rows.mappings()]


def _words(contract: Contract, contracts: list[Contract]) -> tuple[str, ...]:
    """What a contract may be called: its id, and its pack where that is unmistakable."""
    alone = sum(other.pack == contract.pack for other in contracts) == 1
    return (contract.id, contract.pack) if alone else (contract.id,)


def pack_of(engine: Engine, customer: str | None, word: str) -> str:
    """The pack that the word means for this customer; for a caller not known yet only a pack itself will do.

    Raises:
        NoContractError: it means none.
    """
    if customer is not None:
        return contract_of(engine, customer, word).pack
    if word not in pack_ids():
        raise NoContractError(word, pack_ids())
    return word


def customer_name(engine: Engine, customer: str) -> str | None:
    """The customer's name; None: no such customer."""
    with engine.connect() as connection:
        return connection.scalar(select(CustomerRow.name).where(CustomerRow.id == customer))
