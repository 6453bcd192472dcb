"""Links that open nothing before their time: whoever holds one that was handed to them is told, in that transaction."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, update

from domain.audience.desk import How
from domain.audience.newcomers import asked_by
from domain.audience.registry_news import CONCERNED, link_asked_anew, link_over
from domain.audience.saying import Sentence
from domain.matters.matter import Asked
from domain.ticket.timeline import Entry
from store.models import ApprovalLinkRow
from store.telling import put_messages, spoken

_ROW = ApprovalLinkRow
_TOLD = (_ROW.id, _ROW.person, _ROW.ticket, _ROW.action, _ROW.handed_by, _ROW.used_at, _ROW.expires_at)


def end_links(connection: Connection, *which: ColumnElement[bool]) -> None:
    """Also those that have been used: they show what their holder decided."""
    ended = update(_ROW).where(*which, _ROW.revoked_at.is_(None)).values(revoked_at=func.now())
    _tell(connection, connection.execute(ended.returning(*_TOLD)).all(), link_over)


def tell_of_links_asked_anew(connection: Connection, number: str, entries: Iterable[Entry]) -> None:
    """Of what entries ask again: a link that was handed over for what was asked before is for no question any more."""
    asked = [
        and_(_ROW.action == its[0], _ROW.about.is_not_distinct_from(its[1]), _ROW.version < entry.seq)
        for entry in entries
        if (its := asked_by(entry))
    ]
    if asked:
        before = select(*_TOLD).where(_ROW.ticket == number, or_(*asked), _ROW.revoked_at.is_(None))
        _tell(connection, connection.execute(before).all(), link_asked_anew)


def _tell(
    connection: Connection, links: Sequence[Row[*tuple[Any, ...]]], said: Callable[[str, Asked], Sentence]
) -> None:
    now = datetime.now(UTC)
    common = {"grounds": {"whom": CONCERNED, "how": How.BY_NAME}, "ticket": None, "data": {}, "created_at": now}
    rows = [
        {"id": _message_id(link.id), "recipient": link.person} | common | spoken(said(link.ticket, Asked(link.action)))
        for link in links
        if link.handed_by is not None and link.used_at is None and link.expires_at > now
    ]
    put_messages(connection, rows)


def _message_id(link: str) -> str:
    """Of each link it is said once."""
    return hashlib.sha256(f"link {link}".encode()).hexdigest()[:32]
