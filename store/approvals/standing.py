"""How links that were issued stand by now: whether one was used, and whether it still asks anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from domain.matters.matter import Asked
from store.approvals.applications import application
from store.approvals.questions import question
from store.models import ApprovalLinkRow, EntryRow
from store.models.approval_link import Action


@dataclass(frozen=True, slots=True)
class Standing:
    """How a link stands.

    Attributes:
        used_at: when the decision on its answer was recorded, also where whoever answered did not wait for that.
        is_asked: the ticket waits for what it asks; False for one that opens nothing any more, whatever is asked.
    """

    used_at: datetime | None
    is_asked: bool


def standing_of(engine: Engine, links: Sequence[ApprovalLinkRow], now: datetime) -> dict[str, Standing]:
    """By the ids of the links."""
    decided = _decided(engine, links)
    found = {link.id: link.used_at or decided.get((link.ticket, link.command_id)) for link in links}
    return {link.id: Standing(found[link.id], _is_asked(engine, link, found[link.id], now)) for link in links}


def _decided(engine: Engine, links: Sequence[ApprovalLinkRow]) -> dict[tuple[str, str | None], datetime]:
    sent = [link.command_id for link in links if link.command_id is not None and link.used_at is None]
    if not sent:
        return {}
    row = EntryRow
    asked = select(row.ticket, row.command_id, row.recorded_at).where(
        row.ticket.in_({link.ticket for link in links}), row.command_id.in_(sent)
    )
    with engine.connect() as connection:
        return {(told.ticket, told.command_id): told.recorded_at for told in connection.execute(asked)}


def _is_asked(engine: Engine, link: ApprovalLinkRow, used_at: datetime | None, now: datetime) -> bool:
    if used_at is not None or link.revoked_at is not None or link.expires_at <= now:
        return False
    if link.action is Action.APPROVE_MAJOR:
        applied = application(engine, link.ticket)
        if applied is None or applied.version != link.version:
            return False
        return applied.is_open if link.department is None else applied.waits_for([link.department]) is not None
    asked = question(engine, link.ticket, Asked(link.action), link.about)
    return asked is not None and asked.seq == link.version
