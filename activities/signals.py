"""What a signal says. Anything can be sent to a workflow; only what is a command reaches its case.

What is none is dropped: a handler that fails is tried again for ever, and nothing else would happen on the ticket.
Pure: workflows ask it too.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache

import structlog
from temporalio.api.common.v1 import Payload

from domain.ticket.commands import Command
from domain.ticket.signing import signed_form
from runtime.payloads import Payloads, is_packed, unpacked

#: The one signal that there is.
SUBMIT = "submit"
#: Bytes of a command in JSON: the API takes bodies of 64 KiB and adds to them.
LIMIT = 128 * 1024
#: Levels of what a command holds; the API takes fewer.
DEEPEST = 40

_CONVERTER = Payloads()
log = structlog.get_logger()


def command_in(name: str, said: Sequence[Payload]) -> Command | None:
    """The command that the signal brings; None: it brings none that anybody could read, sign and record."""
    try:
        command = _read(name, said)
        if command is not None and _is_sound(command):
            signed_form("", command)
            return command
    except Exception as wrong:  # noqa: BLE001  # whoever sends it chooses what goes wrong
        log.warning("a signal that cannot be read", signal=name[:100], error=type(wrong).__name__)
        return None
    log.warning("a signal that is no command", signal=name[:100], arguments=len(said))
    return None


def _read(name: str, said: Sequence[Payload]) -> Command | None:
    if name != SUBMIT or len(said) != 1:
        return None
    payload = unpacked(said[0], LIMIT)
    if is_packed(payload) or payload.ByteSize() > LIMIT:
        return None
    command = _CONVERTER.from_payload(payload, Command)
    return command if isinstance(command, Command) else None


def _is_sound(value: object, level: int = 0) -> bool:
    """Whether a database takes all of it: no NUL, no time of day without its offset, no endless depth."""
    match value:
        case str():
            return "\0" not in value
        case datetime():
            return value.tzinfo is not None
        case dict():
            parts = [*value, *value.values()]
        case list() | tuple():
            parts = list(value)
        case _ if names := _fields(type(value)):  # type: ignore[arg-type]  # a type has a hash
            parts = [getattr(value, name) for name in names]
        case _:
            return True
    return level < DEEPEST and all(_is_sound(part, level + 1) for part in parts)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """What a dataclass of this kind holds; nothing: it is none."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
