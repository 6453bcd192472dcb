"""Contracts: which one the opener's word stands for, and their administration."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.contract.terms import in_force
from policies import pack_ids
from store.models import Agreement, ContractRow
from store.paging import Found, Window, records
from store.registry import news
from store.registry.administration import administration
from store.registry.contract_rules import contract_faults
from store.registry.customers import customer_name
from store.registry.customers import taken_ids as customer_ids
from store.registry.faults import UnknownError, already_taken, refuse
from store.registry.record import Kind
from store.registry.records import Contract
from store.registry.seen import require_seen

__all__ = [
    "Contract",
    "NoContractError",
    "add_contract",
    "change_contract",
    "contract",
    "contract_by_id",
    "contract_now",
    "contract_of",
    "contracts",
    "customer_name",
    "keep",
    "only_contract",
    "pack_of",
    "taken_ids",
]

_COLUMNS = tuple(getattr(ContractRow, one.name) for one in fields(Contract))


class NoContractError(LookupError):
    """The word stands for no contract, or for several. ``valid``: what would do."""

    def __init__(self, word: str, valid: tuple[str, ...]) -> None:
        super().__init__(f"no contract {word!r}; valid are {', '.join(valid) or 'none'}")
        self.valid = valid


def contract_of(engine: Engine, customer: str, word: str, at: datetime) -> Contract:
    """The customer's contract of that id, or its only one under that pack; also one that is active no more.

    ``at``: of several the one that is in force then.

    Raises:
        NoContractError: there is none, or more than one.
    """
    return _meant(_contracts(engine, customer), word, at)


def contract_now(engine: Engine, customer: str, word: str | None, at: datetime, *, otherwise: str) -> Contract:
    """The customer's active contract that the word means; no word: the one that another word means, else the only one.

    Raises:
        NoContractError: there is none, or more than one.
    """
    active = [one for one in _contracts(engine, customer) if one.active]
    if word is not None:
        return _meant(active, word, at)
    try:
        return _meant(active, otherwise, at)
    except NoContractError:
        if len(active) == 1:
            return active[0]
        raise


def only_contract(engine: Engine, customer: str, at: datetime) -> str | None:
    """The id of the customer's only active contract, of several the only one that is in force; None: there is none."""
    active = [one for one in _contracts(engine, customer) if one.active]
    return next((found[0].id for found in (_in_force(active, at), active) if len(found) == 1), None)


def pack_of(engine: Engine, customer: str | None, word: str, at: datetime) -> str:
    """The pack that the word of somebody who opens a ticket now means; without a customer only a pack itself will do.

    Raises:
        NoContractError: it means none that is active.
    """
    if customer is not None:
        return _meant([one for one in _contracts(engine, customer) if one.active], word, at).pack
    if word not in pack_ids():
        raise NoContractError(word, pack_ids())
    return word


def contract(engine: Engine, customer: str, id_: str) -> Contract | None:
    """The customer's contract of that id; None: it has none."""
    return next((one for one in _contracts(engine, customer) if one.id == id_), None)


def contract_by_id(engine: Engine, id_: str) -> Contract | None:
    """The contract of that id, whoever's it is; None: there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(ContractRow.id == id_)).mappings().one_or_none()
    return Contract(**row) if row else None


def contracts(engine: Engine, customer: str, window: Window) -> Found[Contract]:
    """The customer's contracts, by id."""
    return records(engine, Contract, _of(customer), window, ContractRow.id)


def add_contract(engine: Engine, new: Contract) -> Contract:
    """Keep a new contract; open tickets of one that it follows learn of it.

    Raises:
        UnknownError: no such customer.
        InvalidError: its fields are wrong.
        ConflictError: the id is taken.
    """
    with administration(engine) as connection:
        if not customer_ids(connection, [new.customer]):
            raise UnknownError(new.customer)
        refuse(contract_faults(new))
        if taken_ids(connection, [new.id]):
            raise already_taken("id")
        keep(connection, [new])
        news.note(connection, new.customer, Agreement.CONTRACT, new.id)
    return new


def change_contract(
    engine: Engine, customer: str, id_: str, changes: Mapping[str, Any], version: int | None = None
) -> Contract:
    """Change a contract; tickets that are open keep what was promised to them, and learn from when until when it is.

    ``version``: as it was read.

    Raises:
        UnknownError: the customer has none of that id.
        InvalidError: its fields would be wrong.
        ConflictError: it has changed since it was read.
    """
    meant = (ContractRow.id == id_, ContractRow.customer == customer)
    with administration(engine) as connection:
        row = connection.execute(select(*_COLUMNS).where(*meant)).mappings().one_or_none()
        if row is None:
            raise UnknownError(id_)
        require_seen(connection, Kind.CONTRACT, id_, version)
        after = replace(Contract(**row), **changes)
        refuse(contract_faults(after))
        connection.execute(update(ContractRow).where(*meant).values(asdict(after)))
        news.note(connection, customer, Agreement.CONTRACT, id_)
    return after


def taken_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Which of the ids a contract has."""
    return set(connection.scalars(select(ContractRow.id).where(ContractRow.id.in_(list(ids)))))


def keep(connection: Connection, new: Iterable[Contract]) -> None:
    """Insert contracts that have been checked."""
    rows = [asdict(one) for one in new]
    if rows:
        connection.execute(insert(ContractRow), rows)


def _of(customer: str) -> Select[Any]:
    return select(*_COLUMNS).where(ContractRow.customer == customer)


def _contracts(engine: Engine, customer: str) -> list[Contract]:
    with engine.connect() as connection:
        rows = connection.execute(_of(customer).order_by(ContractRow.id)).mappings()
        return [Contract(**row) for row in rows]


def _in_force(found: Iterable[Contract], at: datetime) -> list[Contract]:
    return [one for one in found if in_force(one.starts_on, one.ends_on, at)]


def _meant(found: list[Contract], word: str, at: datetime) -> Contract:
    """The one of that id; else the only one under that pack, of several the only active one that is in force."""
    under = [one for one in found if one.pack == word]
    active = [one for one in under if one.active]
    meant = [one for one in found if one.id == word] or _in_force(active, at) or active or under
    if len(meant) == 1:
        return meant[0]
    raise NoContractError(word, tuple(word for one in meant or found for word in _words(one, found)))


def _words(contract: Contract, found: list[Contract]) -> tuple[str, ...]:
    """What a contract may be called: its id, and its pack where that is unmistakable."""
    alone = sum(other.pack == contract.pack for other in found) == 1
    return (contract.id, contract.pack) if alone else (contract.id,)
