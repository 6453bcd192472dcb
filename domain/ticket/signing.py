"""What a signature speaks of: the one form of a message that its signer and its reader both come to."""

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from domain.ticket.commands import Command
from domain.ticket.opening import Opening

_SIGNATURE = "signature"


def signed_form(number: str, message: Command | Opening) -> bytes:
    """All that the message says to the ticket of that number, but for its signature.

    A field that holds its default is left out, so that a field that is added later spoils no old signature.
    """
    said = {"to": number, "message": type(message).__name__, **_stated(message)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _stated(message: Any) -> dict[str, Any]:  # noqa: ANN401  # any dataclass
    said = ((field, getattr(message, field.name)) for field in fields(message) if field.name != _SIGNATURE)
    return {field.name: _plain(value) for field, value in said if value != _default(field)}


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a message holds
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return _stated(value) if is_dataclass(value) else value
