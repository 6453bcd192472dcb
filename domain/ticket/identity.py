"""Identity: an id is one command. By its digest the same id with something else behind it is told from a repeat."""

import hashlib
import json
from datetime import UTC

from domain.ticket.commands import Command

_BYTES = 16
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(command: Command) -> str:
    """Of what a sender says under an id: who asks what, with which data, of which time."""
    occurred_at = command.occurred_at and command.occurred_at.astimezone(UTC).isoformat()
    said = [command.kind, command.actor.id, occurred_at, command.data]
    return hashlib.blake2b(_JSON.encode(said).encode(), digest_size=_BYTES).hexdigest()
