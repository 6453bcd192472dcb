"""The opening: a customer's report as it was taken, and the input of a ticket's workflow."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.contract.clauses import FactValue
from domain.people.actors import Actor

#: Ways by which a report reaches us.
CHANNELS = ("phone", "mail", "web", "mobile", "walk_in", "chat", "api")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call back. Stored in histories."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Whose report it is; ``id`` is None for a caller not known yet. Stored in histories."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """Whose report it is, whom to call back, and the contract that it is handled under. Stored in histories.

    Attributes:
        contract: a pack id or a customer's contract id, as the opener gave it or as it was found later.
    """

    customer: Customer
    contact: Contact
    contract: str


@dataclass(frozen=True, slots=True)
class Opening:
    """A report as it was taken: the input of a ticket's workflow. Stored in histories.

    Attributes:
        contract: a pack id or a customer's contract id, as the opener gave it.
        level: None where the opener left it to triage.
        opener: who took the report.
        accepted_at: when the API took it.
        received_at: when the customer's report reached us.
        key_hash: of the opener and the idempotency key: a repeat of the request is this ticket.
        body_hash: of the request; another request under the same key is an error.
        service: the pack's service code; ``category``: its category of support.
        follows: a closed ticket of the same customer that this one follows.
        site: where whoever is sent has to go: address, building, room.
        signature: of whoever took the report from its opener, and the key's id.
    """

    number: str
    contract: str
    title: str
    description: str
    channel: str
    customer: Customer
    contact: Contact
    opener: Actor
    accepted_at: datetime
    received_at: datetime
    level: str | None = None
    facts: dict[str, FactValue] = field(default_factory=dict)
    asset: str | None = None
    fault_occurred_at: datetime | None = None
    booked_at: datetime | None = None
    drill: bool = False
    key_hash: str = ""
    body_hash: str = ""
    signature: str = ""
    service: str | None = None
    category: str | None = None
    follows: str | None = None
    site: str | None = None

    @property
    def party(self) -> Party:
        """Whose report it is, as it was taken."""
        return Party(self.customer, self.contact, self.contract)
