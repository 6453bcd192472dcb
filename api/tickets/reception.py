"""Reception: a report that comes in becomes one ticket, however often it is sent."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from temporalio.exceptions import WorkflowAlreadyStartedError

from api.backend import Act
from api.http.facts import stated_facts
from api.http.keys import another_request
from api.http.levels import known_level
from api.http.problems import unavailable, wrong_field
from api.tickets.requests import OpenTicket, reception_time
from domain.people.actors import Actor
from domain.ticket.numbers import as_number, numbers
from domain.ticket.opening import Contact, Customer, Opening
from domain.ticket.stages import Stage
from domain.words.label import Label, one_of
from policies import load_pack
from store.queries.tickets import Key, opened_with, ticket
from store.registry.contracts import NoContractError, customer_name, pack_of


async def receive(act: Act, key: Key, body: OpenTicket) -> tuple[str, bool]:
    """The number of the request's ticket, and whether it was opened just now.

    It is the first of the key's numbers that no other key has.
    """
    behind, actor = act.behind, act.by.actor
    for number in numbers(key.key):
        taken = await behind.ask(opened_with, number)
        if taken is None:
            opening = await behind.ask(_opening, actor, key, number, body)
            try:
                await act.open(opening)
            except WorkflowAlreadyStartedError:
                taken = await behind.tickets.opened_with(number)
            else:
                return number, True
        if taken.key == key.key:
            _same_request(taken, key)
            return number, False
    raise unavailable()


def _same_request(taken: Key, key: Key) -> None:
    if taken.body != key.body:
        raise another_request()


def _opening(reads: Engine, actor: Actor, key: Key, number: str, body: OpenTicket) -> Opening:
    """The report as the workflow takes it; a Problem where it names what does not exist."""
    now = datetime.now(UTC)
    received_at = reception_time(body, now)
    customer = _customer(reads, body)
    _known_labels(reads, body)
    return Opening(
        number=number,
        contract=body.contract,
        title=body.title,
        description=body.description,
        channel=body.channel,
        customer=customer,
        contact=Contact(body.contact.name, body.contact.phone),
        opener=actor,
        accepted_at=now,
        received_at=received_at,
        level=_level(reads, body),
        facts=stated_facts(body.facts),
        asset=body.asset,
        site=body.site,
        service=body.service,
        category=body.category,
        follows=_followed(reads, actor, body),
        fault_occurred_at=body.fault_occurred_at,
        booked_at=body.booked_at,
        key_hash=key.key,
        body_hash=key.body,
    )


def _customer(reads: Engine, body: OpenTicket) -> Customer:
    if body.customer.id is None:
        return Customer(None, body.customer.name or "")
    name = customer_name(reads, body.customer.id)
    if name is None:
        raise wrong_field("customer.id", Label("没有这个客户", "no such customer"))
    return Customer(body.customer.id, name)


def _followed(reads: Engine, actor: Actor, body: OpenTicket) -> str | None:
    """The number of a closed ticket of the same customer."""
    if body.follows is None:
        return None
    found = ticket(reads, actor, as_number(body.follows))
    if found is None or found.customer_id is None or found.customer_id != body.customer.id:
        raise wrong_field("follows", Label("该客户没有这张工单", "is no ticket of this customer"))
    if found.stage is not Stage.CLOSED:
        raise wrong_field(
            "follows", Label("这张工单还没有关闭，请在原单上继续处理", "is not closed yet; go on with that ticket")
        )
    return found.number


def _known_labels(reads: Engine, body: OpenTicket) -> None:
    """A Problem where the pack has no such kind of service or category."""
    if body.service is None and body.category is None:
        return
    terms = load_pack(_pack(reads, body)).terms()
    for field, said, known in (
        ("service", body.service, terms.services),
        ("category", body.category, terms.categories),
    ):
        if said is not None and said not in known:
            raise wrong_field(field, one_of(known))


def _pack(reads: Engine, body: OpenTicket) -> str:
    try:
        return pack_of(reads, body.customer.id, body.contract, body.received_at or datetime.now(UTC))
    except NoContractError as unknown:
        raise wrong_field("contract", one_of(unknown.valid)) from None


def _level(reads: Engine, body: OpenTicket) -> str | None:
    """The level's id, whatever its name was; the contract is checked on the way."""
    pack = _pack(reads, body)
    return known_level("level", pack, body.level) if body.level is not None else None
