"""Reading: the words of messages that leave. One that this version cannot read stops no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from domain.audience.reaching import Urgency
from domain.people.actors import Actor
from domain.words.label import Label
from store.approvals.travelling import SENT_LINK
from store.deliveries.wanting import WANTING, wanted
from store.models import NotificationRow
from store.queries.visibility import tellable


@dataclass(frozen=True, slots=True)
class Words:
    """One message as it leaves.

    Attributes:
        needless: why it need not leave any more; None: it is to.
        wants: what it wants of its reader, who came to be told so (``how``).
        link: the link that travels with it; ``opens``: the path that opens that one, once it leaves.
    """

    id: str
    ticket: str | None
    title: Label
    text: Label
    action: Label | None
    created_at: datetime
    needless: str | None = None
    wants: Urgency = Urgency.NOW
    how: str | None = None
    link: str | None = None
    opens: str = field(default="", repr=False)


def words_of(session: Session, reader: Actor, ids: Sequence[str], *, group: bool) -> dict[str, Words | None]:
    """Those of the messages that somebody may still read; None: this version cannot read it.

    Args:
        group: they are for others too, who have not read what the one has.
    """
    asked = select(
        NotificationRow.id,
        NotificationRow.ticket,
        NotificationRow.title,
        NotificationRow.text,
        NotificationRow.action,
        NotificationRow.created_at,
        NotificationRow.read_at.is_not(None).label("is_read"),
        NotificationRow.overtaken.label("overtaken"),
        NotificationRow.data[SENT_LINK].astext.label("link"),
        *WANTING,
    )
    return _read(session, asked.where(tellable(reader)), ids, group=group)


def _read(
    session: Session, asked: Select[*tuple[Any, ...]], ids: Sequence[str], *, group: bool
) -> dict[str, Words | None]:
    """All at once, and where that fails one by one."""
    try:
        return dict(_each(session.execute(asked.where(NotificationRow.id.in_(ids))).mappings(), group=group))
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001  # whatever a row of another version holds
        if len(ids) == 1:
            return {ids[0]: None}
    return {id_: words for each in ids for id_, words in _read(session, asked, [each], group=group).items()}


def _each(rows: Iterable[RowMapping], *, group: bool) -> Iterable[tuple[str, Words]]:
    for row in rows:
        title, text = _label(row["title"]), _label(row["text"])
        action = _label(row["action"]) if row["action"] else None
        # Whoever has read in the inbox that a link is on its way has not got it.
        is_read = row["is_read"] and not group and row["link"] is None
        needless = row["overtaken"] or ("read" if is_read else None)
        about = row["id"], row["ticket"], title, text, action, row["created_at"], needless
        yield row["id"], Words(*about, wants=wanted(row), how=row["how"], link=row["link"])


def _label(told: Mapping[str, Any]) -> Label:
    """Strictly: what was stored stands there in both languages."""
    zh, en = told["zh"], told["en"]
    if not isinstance(zh, str) or not isinstance(en, str):
        raise TypeError
    return Label(zh, en)
