"""Customers, callers and tickets that may be the same, as whoever takes a report gets them."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from api.http.documents import Document, Plain
from api.http.instants import Shown
from api.tickets.documents import ContactShown, CustomerShown, TicketLine
from domain.people.actors import Actor
from store.models import TicketRow
from store.queries.callers import Caller, Known
from store.queries.similar import Similar
from store.registry.names import Names


class DeskContract(Plain):
    """A contract of a customer's. ``starts_on``: its first day; ``ends_on``: its last day of maintenance."""

    id: str
    pack: str
    active: bool
    starts_on: date | None
    ends_on: date | None


class DeskCustomer(Document):
    """A customer from whom we take reports. ``open``: how many of its tickets are not closed."""

    id: str
    name: str
    contracts: list[DeskContract]
    contacts: list[ContactShown]
    open: int

    @classmethod
    def of(cls, known: Known) -> "DeskCustomer":
        """As the registry has it."""
        return cls(
            id=known.id,
            name=known.name,
            contracts=[DeskContract.of(one) for one in known.contracts],
            contacts=[ContactShown(name=one.name, phone=one.phone or "") for one in known.contacts],
            open=known.open,
        )


class StandingShown(Plain):
    """What a customer lets us do in its name now (004-05)."""

    id: str
    scope: str
    granted_by: str
    granted_at: Shown
    expires_at: Shown


class DeskCustomerWhole(DeskCustomer):
    """The same, with its standing authorisations that are in force."""

    authorisations: list[StandingShown]

    @classmethod
    def whole(cls, known: Known) -> "DeskCustomerWhole":
        """As the registry has it."""
        granted = [StandingShown.of(one) for one in known.authorisations]
        return cls(**dict(DeskCustomer.of(known)), authorisations=granted)


class CallerDocument(Document):
    """Somebody who may be calling. ``perhaps``: the city or the extension is missing, or another.

    ``customer.id`` is null for a caller not known yet. ``open``: tickets of theirs that are not closed.
    """

    certainty: Literal["exact", "perhaps"]
    name: str
    phone: str
    customer: CustomerShown
    open: list[TicketLine]

    @classmethod
    def of(cls, caller: Caller, viewer: Actor, names: Names) -> "CallerDocument":
        """For somebody."""
        return cls(
            certainty="exact" if caller.exact else "perhaps",
            name=caller.name,
            phone=caller.phone,
            customer=CustomerShown(id=caller.customer, name=caller.customer_name),
            open=[TicketLine.of(row, viewer, names) for row in caller.open],
        )


class SimilarDocument(Document):
    """A ticket that may be of the same fault. ``score``: how much of what was said stands in it, from 0 to 1."""

    ticket: TicketLine
    score: float
    why: list[str]

    @classmethod
    def of(cls, one: Similar, viewer: Actor, names: Names) -> "SimilarDocument":
        """For somebody."""
        return cls(ticket=TicketLine.of(one.row, viewer, names), score=one.score, why=list(one.why))


def in_charge(rows: Iterable[TicketRow]) -> set[str]:
    """Who has these tickets."""
    return {row.assignee for row in rows if row.assignee}
