"""Instants as people type them: ISO 8601, extended or basic; without an offset it is China's time."""

import re
from datetime import datetime, timedelta

from domain.contract.calendars import CHINA

_MIDNIGHT_AT_THE_END = re.compile(r"([T ])24((?::?00){0,2}(?:[.,]0+)?)(?=$|Z|[+-])")
_FRACTION = re.compile(r"[.,]\d{6}(\d*)")


def instant(text: str) -> datetime:
    """The instant that the text names. ValueError in plain words when it names none."""
    written = text.strip().upper().replace("\N{MINUS SIGN}", "-")
    written, ends_day = _MIDNIGHT_AT_THE_END.subn(r"\g<1>00\2", written)
    finer = _FRACTION.search(written)
    if finer and finer[1].strip("0"):
        raise ValueError(f"'{text}' is finer than a microsecond")
    try:
        parsed = datetime.fromisoformat(written) + timedelta(days=ends_day)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"'{text}' is no ISO 8601 instant such as 2026-02-13T23:00+08:00") from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=CHINA)
