"""What the database tells those who wait for a decision, when the batch's transaction commits."""

from collections.abc import Sequence
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Connection, bindparam, func, select

from domain.ticket.timeline import Entry, Happening
from store.decisions import CHANNEL, decision

#: Postgres refuses a payload of 8,000 bytes.
_LIMIT = 7_900
_NOTIFY = select(func.pg_notify(CHANNEL, bindparam("payload")))


def tell(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Announce the batch with its decisions; where they are too long, listeners read the rows."""
    announced: dict[str, Any] = {"number": number, "seq": entries[-1].seq}
    identified = [entry.data for entry in entries if entry.happening is Happening.IDENTIFIED]
    if left := [data["before"]["customer"] for data in identified if data.get("another")]:
        announced["left"] = left
    decisions = [decision(entry) for entry in entries if entry.command_id is not None]
    payload = to_json(announced | {"decisions": decisions})
    if len(payload) > _LIMIT:
        payload = to_json(announced)
    connection.execute(_NOTIFY, {"payload": payload.decode()})
