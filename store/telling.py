"""Telling: rows for the sender and the inbox, in the transaction of what they tell."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from domain.audience.desk import How
from domain.audience.saying import Sentence
from store.access.digests import new_id
from store.models import NotificationRow


def put_messages(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add the messages that are not there yet."""
    if rows:
        connection.execute(insert(NotificationRow).on_conflict_do_nothing(index_elements=["id"]), rows)


def spoken(sentence: Sentence) -> dict[str, Any]:
    """The columns of a sentence that says nothing of a ticket."""
    action = sentence.action and sentence.action.as_json()
    return {"title": sentence.title.as_json(), "text": sentence.text.as_json(), "action": action, "about": {}}


def tell(
    connection: Connection, people: Iterable[str], sentence: Sentence, now: datetime, *, whom: str, how: How
) -> None:
    """Tell them of what is on no ticket."""
    common = {"grounds": {"whom": whom, "how": how}, "ticket": None, "data": {}, "created_at": now} | spoken(sentence)
    put_messages(connection, [{"id": new_id(), "recipient": person} | common for person in people])
