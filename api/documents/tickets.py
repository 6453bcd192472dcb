"""A ticket, as one document and as a line of a list."""

from typing import Any, Self

from api.documents.base import Document
from api.instants import Shown
from domain.opening import Opening
from domain.stages import Stage
from store.models import TicketRow


class CustomerShown(Document):
    """``id`` is null for a caller not known yet."""

    id: str | None
    name: str


class ContactShown(Document):
    """Whom to call back."""

    name: str
    phone: str


class NextDue(Document):
    """The open promise that falls, or fell, due first."""

    key: str
    due_at: Shown


class TicketLine(Document):
    """A ticket in a list."""

    number: str
    seq: int
    stage: Stage
    level: str | None
    contract: str
    pack: str | None
    title: str
    customer: CustomerShown
    assignee: str | None
    paused: str | None
    proposed: Stage | None
    waits_for: tuple[str, ...]
    next_due: NextDue | None
    drill: bool
    received_at: Shown
    resolved_at: Shown | None
    closed_at: Shown | None
    updated_at: Shown

    @classmethod
    def of(cls, row: TicketRow) -> "TicketLine":
        """Of a row of the read model."""
        return cls(**_line(row))


class TicketDocument(TicketLine):
    """A ticket.

    ``projected`` is false, and ``seq`` 0, until the read model has it: then all is as reported.
    """

    projected: bool
    agreed_contract: str | None
    description: str
    channel: str
    contact: ContactShown
    asset: str | None
    facts: dict[str, bool | str]
    opener: str
    accepted_at: Shown
    fault_occurred_at: Shown | None
    booked_at: Shown | None

    @classmethod
    def of(cls, row: TicketRow) -> Self:
        """Of a row of the read model."""
        contact = ContactShown(name=row.contact_name, phone=row.contact_phone)
        return cls(
            **_line(row),
            **_report(row),
            projected=True,
            agreed_contract=row.agreed_contract,
            contact=contact,
            facts=row.facts,
            opener=row.opener_id,
        )

    @classmethod
    def unprojected(cls, opening: Opening) -> Self:
        """Of the report alone, while the read model does not have the ticket yet."""
        return cls(
            **_report(opening),
            **_NOT_YET,
            number=opening.number,
            contract=opening.contract,
            title=opening.title,
            level=opening.level,
            customer=CustomerShown(id=opening.customer.id, name=opening.customer.name),
            drill=opening.drill,
            received_at=opening.received_at,
            updated_at=opening.accepted_at,
            contact=ContactShown(name=opening.contact.name, phone=opening.contact.phone),
            facts=opening.facts,
            opener=opening.opener.id,
        )


#: How a ticket stands of which the read model knows nothing.
_NOT_YET: dict[str, Any] = {
    "projected": False,
    "seq": 0,
    "stage": Stage.TRIAGE,
    "pack": None,
    "agreed_contract": None,
    "assignee": None,
    "paused": None,
    "proposed": None,
    "waits_for": (),
    "next_due": None,
    "resolved_at": None,
    "closed_at": None,
}


def _line(row: TicketRow) -> dict[str, Any]:
    names = (
        "number", "seq", "stage", "level", "contract", "pack", "title", "assignee", "paused", "proposed",
        "waits_for", "drill", "received_at", "resolved_at", "closed_at", "updated_at",
    )  # fmt: skip
    due = row.next_due_key is not None and row.next_due_at is not None
    return {name: getattr(row, name) for name in names} | {
        "customer": {"id": row.customer_id, "name": row.customer_name},
        "next_due": {"key": row.next_due_key, "due_at": row.next_due_at} if due else None,
    }


def _report(of: TicketRow | Opening) -> dict[str, Any]:
    names = ("description", "channel", "asset", "accepted_at", "fault_occurred_at", "booked_at")
    return {name: getattr(of, name) for name in names}
