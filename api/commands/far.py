"""Far ahead: what a customer grants or agrees to ends within a time that somebody still answers for.

Refused before it is a command, so that what tickets have decided stays decided in every replay.
"""

from datetime import datetime, timedelta
from typing import Any

from api.http.problems import wrong_field
from domain.matters.consents import UNTIL, WAITS_AT_MOST
from domain.matters.remote import EXPIRES_AT, GRANT_LIVES_AT_MOST
from domain.ticket.commands import CommandKind
from domain.words.label import Label

_GRANT = Label(
    "一次远程授权最长 30 天，请核对日期；需要更久的，到期前请客户再授权一次",
    "lies within 30 days; check the day, and for longer have access granted once more before it ends",
)
_WAIT = Label(
    "最多可同意等到一年（366 天）之内，请核对日期；需要更久的，请与客户另签协议",
    "lies within a year (366 days); check the day, and for longer agree on it in the contract",
)
_AT_MOST: dict[CommandKind, tuple[str, timedelta, Label]] = {
    CommandKind.GRANT_REMOTE: (EXPIRES_AT.name, GRANT_LIVES_AT_MOST, _GRANT),
    CommandKind.CONSENT: (UNTIL.name, WAITS_AT_MOST, _WAIT),
}


def require_near(kind: CommandKind, data: dict[str, Any], now: datetime) -> None:
    """422 where an end lies so far ahead that nobody means it."""
    if kind not in _AT_MOST:
        return
    name, longest, words = _AT_MOST[kind]
    if name in data and datetime.fromisoformat(data[name]) > now + longest:
        raise wrong_field(f"data.{name}", words)
