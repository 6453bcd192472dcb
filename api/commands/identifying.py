"""Identifying: the customer and the contract that somebody names for a report, as the registry has them."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from api.http.problems import wrong_field
from domain.matters.identification import CONTRACT, CUSTOMER, ID, NAME
from domain.words.label import Label, one_of
from store.models import TicketRow
from store.registry.contracts import NoContractError, contract_now, customer_name, pack_of

_NO_CUSTOMER = Label("没有这个客户", "no such customer")


@dataclass(frozen=True, slots=True)
class Found:
    """What a ticket is told with the command.

    Attributes:
        pack: of the contract that is to be agreed on anew; None: none is.
    """

    known: dict[str, Any] = field(default_factory=dict)
    pack: str | None = None


def found(reads: Engine, ticket: TicketRow, data: dict[str, Any]) -> Found:
    """Whose report it is to be, under which contract; a Problem where the registry has no such thing in force."""
    named, word = data.get(CUSTOMER.name), data.get(CONTRACT.name)
    if named is None and word is None:
        return Found()
    name = customer_name(reads, named) if named is not None else ticket.customer_name
    if name is None:
        raise wrong_field("data.customer", _NO_CUSTOMER)
    customer = named or ticket.customer_id
    who = {CUSTOMER.name: {ID: customer, NAME: name}}
    if word is None and customer == ticket.customer_id:
        return Found(who)
    contract, pack = _contract(reads, customer, word, ticket)
    return Found(who | {CONTRACT.name: contract}, pack)


def _contract(reads: Engine, customer: str | None, word: str | None, ticket: TicketRow) -> tuple[str, str]:
    """The contract and its pack; of a caller not known yet a pack itself. No word: the one that the opener's means."""
    try:
        if customer is None:
            pack = pack_of(reads, None, word or ticket.contract, ticket.received_at)
            return pack, pack
        meant = contract_now(reads, customer, word, ticket.received_at, otherwise=ticket.contract)
    except NoContractError as unknown:
        raise wrong_field("data.contract", one_of(unknown.valid)) from None
    return meant.id, meant.pack
