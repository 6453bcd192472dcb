"""Telephone numbers: one form of what people type and what telephones show, so that a caller is known again."""

import re
from dataclasses import dataclass

from domain.words.text import folded

#: What stands between a number and its extension, as it is said and as it is dialled.
_EXTENSION = re.compile(r"转|轉|分机|分機|ext\.?|[x#,;]", re.IGNORECASE)
#: What stands between two numbers.
_ANOTHER = re.compile(r"[/、|]|或")
_NO_DIGIT = re.compile(r"[^0-9]")
_CHINA = re.compile(r"(?:\+|00)86|86(?=1[3-9][0-9]{9}$)")
#: A telephone system puts a 0 before mobile numbers of elsewhere.
_ZERO_BEFORE_MOBILE = re.compile(r"0(?=1[3-9][0-9]{9}$)")
_MOBILE_OR_SERVICE = re.compile(r"1[3-9][0-9]{9}$|[48]00[0-9]{7}$|0|$")
#: The shortest number of a subscriber: what is shorter says nothing without what stands before it.
LOCAL = 7


@dataclass(frozen=True, slots=True)
class Phone:
    """A number's digits, from home without the country, from abroad with ``+``; and its extension, perhaps empty."""

    digits: str
    extension: str = ""


def phone(said: str) -> Phone:
    """The number that somebody typed, however: +86 138-0000 1234, （0532）8888 1234 转 801; of two the first."""
    head, *rest = _EXTENSION.split(_ANOTHER.split(folded(said), maxsplit=1)[0], maxsplit=1)
    return Phone(_at_home(head), _NO_DIGIT.sub("", rest[0]) if rest else "")


def _at_home(head: str) -> str:
    digits = _NO_DIGIT.sub("", head)
    if head.lstrip().startswith("+"):
        digits = f"+{digits}"
    known = _CHINA.match(digits)
    if known:
        digits = digits[known.end() :]
        # Whoever says the country leaves out the 0 of the city.
        return digits if _MOBILE_OR_SERVICE.match(digits) else f"0{digits}"
    return _ZERO_BEFORE_MOBILE.sub("", digits)


def is_same(one: Phone, other: Phone) -> bool | None:
    """Whether both are one number; None: perhaps, for the city or the extension is missing, or another."""
    if not one.digits or not other.digits:
        return False
    if one.digits == other.digits:
        return True if one.extension == other.extension else None
    short, long = sorted((one.digits, other.digits), key=len)
    return None if len(short) >= LOCAL and long.startswith("0") and long.endswith(short) else False
