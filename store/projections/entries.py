"""The timeline's rows."""

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from domain.ticket.timeline import Entry
from store.models import EntryRow


def add_entries(connection: Connection, number: str, entries: Sequence[Entry]) -> None:
    """Add the lines that the timeline does not have yet."""
    rows = [
        {
            "ticket": number,
            "seq": entry.seq,
            "happening": entry.happening,
            "at": entry.at,
            "recorded_at": entry.recorded_at,
            "claimed_at": entry.claimed_at,
            "actor_id": entry.actor.id,
            "actor_role": entry.actor.role,
            "actor_department": entry.actor.department,
            "command_id": entry.command_id,
            "digest": entry.digest,
            "data": entry.data,
        }
        for entry in entries
    ]
    connection.execute(insert(EntryRow).on_conflict_do_nothing(index_elements=["ticket", "seq"]), rows)
