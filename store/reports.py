"""Reports: the columns of a ticket that its report fills, before and after a projection has written them."""

from dataclasses import fields
from typing import Any

from domain.people.phones import phone
from domain.ticket.opening import Opening, Party
from domain.ticket.stages import Stage
from store.models import TicketRow
from store.searching import searched_columns

_SAME = tuple(one.name for one in fields(Opening) if one.name in TicketRow.__table__.columns)


def report_columns(opening: Opening) -> dict[str, Any]:
    """What the report says; of level, facts and times what it said at first."""
    return {name: getattr(opening, name) for name in _SAME} | {
        **party_columns(opening.number, opening.title, opening.description, opening.party, opening.site or ""),
        "opener_id": opening.opener.id,
        "opener_role": opening.opener.role,
    }


def party_columns(number: str, title: str, description: str, party: Party, *others: str) -> dict[str, Any]:
    """Whose report it is, and what is searched of it, of that and of other words."""
    customer, contact = party.customer, party.contact
    return {
        **searched_columns(number, title, description, customer.name, contact.name, contact.phone, *others),
        "contract": party.contract,
        "customer_id": customer.id,
        "customer_name": customer.name,
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_number": phone(contact.phone).digits,
    }


def unprojected(opening: Opening) -> TicketRow:
    """The row of a ticket that no projection has written yet: of the report alone, at entry 0."""
    begun = {"seq": 0, "stage": Stage.TRIAGE, "vendors": (), "waits_for": (), "updated_at": opening.accepted_at}
    begun |= {"other_contacts": [], "major": False, "work": (), "late": 0}
    return TicketRow(**report_columns(opening), **begun)
