"""What a signature speaks of: the one form of a message that its signer and its reader both come to."""

import json
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from domain.ticket.commands import Command
from domain.ticket.opening import Opening

_SIGNATURE = "signature"
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def signed_form(number: str, message: Command | Opening) -> bytes:
    """All that the message says to the ticket of that number, but for its signature.

    A field that holds its default is left out, so that a field that is added later spoils no old signature.
    """
    said = {"to": number, "message": type(message).__name__, **_stated(message)}
    return _JSON.encode(said).encode()


def _stated(message: Any) -> dict[str, Any]:  # noqa: ANN401  # any dataclass
    said = ((name, getattr(message, name), default) for name, default in _fields(type(message)) or ())  # type: ignore[arg-type]  # a type has a hash
    return {name: _plain(value) for name, value, default in said if value != default}


@cache
def _fields(kind: type) -> tuple[tuple[str, object], ...] | None:
    """What a message of this kind says, each with its default; None: it is no message."""
    if not is_dataclass(kind):
        return None
    return tuple((field.name, _default(field)) for field in fields(kind) if field.name != _SIGNATURE)


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a message holds
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
    return value if _fields(type(value)) is None else _stated(value)  # type: ignore[arg-type]  # a type has a hash
