"""Telling: rows for the sender and the inbox, in the transaction of what they tell."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from domain.audience.desk import How
from domain.audience.saying import Sentence
from store.access.digests import new_id
from store.decisions import CHANNEL
from store.models import NotificationRow
from store.models.base import table_of

#: Postgres refuses a payload of 8,000 bytes, and an id has 64 at most.
_AT_ONCE = 100
_NOTIFY = select(func.pg_notify(CHANNEL, bindparam("payload")))
_ADD = insert(table_of(NotificationRow)).on_conflict_do_nothing(index_elements=["id"])


def put_messages(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add the messages that are not there yet."""
    if rows:
        connection.execute(_ADD, rows)
        tell_inboxes(connection, sorted({row["recipient"] for row in rows}))


def tell_inboxes(connection: Connection, people: Sequence[str]) -> None:
    """Announce, once this transaction holds, that there is something new about their inboxes."""
    for begin in range(0, len(people), _AT_ONCE):
        payload = json.dumps({"inbox": people[begin : begin + _AT_ONCE]})
        connection.execute(_NOTIFY, {"payload": payload})


def tell_of_calls(connection: Connection) -> None:
    """Announce, once this transaction holds, that a call comes, ends or is returned, or a mail waits or was taken."""
    connection.execute(_NOTIFY, {"payload": json.dumps({"calls": True})})


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
