"""Posts: what a product has posted to us, once it is known to be the product's."""

from dataclasses import dataclass

_HOUR_MS, _DAY_MS = 60 * 60 * 1000, 24 * 60 * 60 * 1000
#: So far from now what a product says of the time may lie; where it tries again for hours, with the same time.
GOOD_FOR_MS, TRIED_FOR_MS = _HOUR_MS, _DAY_MS
#: Digits that thousandths of seconds have since 2001, and seconds have in no lifetime.
_OF_MS = 13


class ForgedError(Exception):
    """It is not the product's, or not for us, or too old; nobody is told which."""


def require_lately(told: object, now_ms: int, *, good_for_ms: int = GOOD_FOR_MS) -> None:
    """What was posted long ago is somebody else's, who has seen it.

    ``told``: a time as digits, of seconds or their thousandths.

    Raises:
        ForgedError: it was, or it says no time.
    """
    digits = told if isinstance(told, str) and told.isascii() and told.isdecimal() and len(told) <= _OF_MS else ""
    at_ms = int(digits or "0") * (1 if len(digits) >= _OF_MS else 1000)
    if abs(now_ms - at_ms) > good_for_ms:
        raise ForgedError


@dataclass(frozen=True, slots=True)
class Post:
    """One message to a robot.

    Attributes:
        id: what the product calls it, the same each time that it is posted.
        subject: what the product calls whoever wrote it.
        text: what they say; None: it is no text.
        alone: nobody else reads along.
        stamp: the time that was signed, ms, where nothing else of it was.
    """

    id: str
    subject: str
    text: str | None
    alone: bool = True
    stamp: int = 0
