"""What the database tells those who wait for a decision, when the batch's transaction commits."""

from collections.abc import Sequence
from dataclasses import asdict

from pydantic_core import to_json
from sqlalchemy import Connection, func, select

from domain.ticket.timeline import Entry
from store.decisions import CHANNEL, decision

#: Postgres refuses a payload of 8,000 bytes.
_LIMIT = 7_900


def tell(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Announce the batch with its decisions; where they are too long, listeners read the rows."""
    announced = {"number": number, "seq": entries[-1].seq}
    decisions = [asdict(decision(entry)) for entry in entries if entry.command_id is not None]
    payload = to_json(announced | {"decisions": decisions})
    if len(payload) > _LIMIT:
        payload = to_json(announced)
    connection.execute(select(func.pg_notify(CHANNEL, payload.decode())))
