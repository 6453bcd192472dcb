"""Hands: who has worked on a ticket and on those that ended in it, as its timeline has it."""

from collections.abc import Sequence

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from domain.people.actors import WORKING
from domain.ticket.timeline import Happening
from store.models import EntryRow, TicketRow

_IN_CHARGE = frozenset({Happening.TAKEN, Happening.REASSIGNED})


def hands(engine: Engine, number: str) -> dict[str, list[str]]:
    """As ``domain.matters.merging.hands``, of what the read model knows."""
    with Session(engine) as session:
        numbers = _with_merged(session, number)
        tickets = session.scalars(select(TicketRow).where(TicketRow.number.in_(numbers))).all()
        did = EntryRow.happening != Happening.COMMAND_REFUSED
        entries = session.scalars(select(EntryRow).where(EntryRow.ticket.in_(numbers), did)).all()
    return {
        "handlers": sorted(_handlers(entries) | {each.assignee for each in tickets if each.assignee}),
        "workers": sorted({each.opener_id for each in tickets if each.opener_role in WORKING} | _workers(entries)),
        "askers": sorted(_sent(entries, Happening.REMOTE_REQUESTED)),
    }


def _with_merged(session: Session, number: str) -> set[str]:
    """The ticket, what ended in it, and what had ended in those."""
    found, new = {number}, {number}
    while new:
        new = set(session.scalars(select(TicketRow.number).where(TicketRow.merged_into.in_(new)))) - found
        found |= new
    return found


def _handlers(entries: Sequence[EntryRow]) -> set[str]:
    return {each.data["to"] for each in entries if each.happening in _IN_CHARGE and each.data.get("to")}


def _workers(entries: Sequence[EntryRow]) -> set[str]:
    acted = {each.actor_id for each in entries if each.actor_role in WORKING}
    return acted | _sent(entries, Happening.MAJOR_APPLIED)


def _sent(entries: Sequence[EntryRow], happening: Happening) -> set[str]:
    return {each.actor_id for each in entries if each.happening is happening}
