"""Sorting: what no person has written to us opens no ticket, goes to none and is never answered."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Noise(StrEnum):
    """Why a mail is for nobody to act on. Stored with the mail."""

    OWN = "own"  # from ourselves, or going round in a circle
    BOUNCE = "bounce"
    RECEIPT = "receipt"
    AUTO_REPLY = "auto_reply"
    AUTOMATIC = "automatic"  # a program wrote it
    CALENDAR = "calendar"
    NEWSLETTER = "newsletter"


@dataclass(frozen=True, slots=True)
class Head:
    """What the sorting looks at.

    Attributes:
        headers: names in small letters, values as people read them, in the order of the mail.
        kind: the type of the whole, as ``multipart/report``; ``report``: of what it reports.
        calendars: the methods of the invitations in it.
        sender: the address that it says it comes from.
    """

    headers: Sequence[tuple[str, str]]
    kind: str
    report: str
    calendars: Sequence[str]
    sender: str
    subject: str

    def all(self, name: str) -> list[str]:
        """What it says under a name."""
        return [value.strip().lower() for one, value in self.headers if one == name]

    def has(self, *names: str) -> bool:
        """Whether it says anything under one of these names."""
        return any(one in names for one, _ in self.headers)


#: A mail that so many servers have handed on goes round.
_ROUND = 50
_DAEMONS = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|maildelivery|bounces?([+=-].*)?)@", re.IGNORECASE)
_FAILED = (
    r"退信|投递失败|无法投递|未送达|邮件发送失败",
    r"undeliver|returned mail|delivery (status|failure|has failed)|failure notice|delayed",
)
_UNDELIVERED = re.compile("|".join(_FAILED), re.IGNORECASE)
_REPLIES = (
    r"自动回复|自动答复|自动应答|外出自动",
    r"automatic reply|auto(matic)?[ -]?(reply|response)|autoreply|out of (the )?office",
)
_AWAY = re.compile(rf"^\s*[\[【(（]?({'|'.join(_REPLIES)})", re.IGNORECASE)
_READ = re.compile(r"^\s*(已读|未读|已显示|read|not read|displayed)\s*[:：]", re.IGNORECASE)
_REPLIERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply")
_CAMPAIGNS = (
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
    "x-campaign",
    "x-campaignid",
    "x-mailer-campaign",
)
_ANSWERS_AND_WISHES = frozenset({"request", "reply", "cancel", "counter", "declinecounter", "refresh", "add"})


def noise(head: Head, ours: Iterable[str]) -> Noise | None:
    """Why nobody is to act on it; None: somebody is.

    Args:
        ours: the addresses that are our own.
    """
    own = frozenset(each.lower() for each in ours)
    return next((kind for kind, speaks_for in _KINDS if speaks_for(head, own)), None)


def _is_own(head: Head, ours: frozenset[str]) -> bool:
    return head.sender.lower() in ours or len(head.all("received")) > _ROUND or bool(ours & set(head.all("x-loop")))


def _is_bounce(head: Head, _: frozenset[str]) -> bool:
    if head.report == "delivery-status" or _DAEMONS.match(head.sender):
        return True
    return "<>" in head.all("return-path") and bool(_UNDELIVERED.search(head.subject))


def _is_receipt(head: Head, _: frozenset[str]) -> bool:
    return head.report == "disposition-notification" or (bool(head.report) and bool(_READ.match(head.subject)))


def _is_auto_reply(head: Head, _: frozenset[str]) -> bool:
    said = any(value.startswith(("auto-replied", "auto-notified")) for value in head.all("auto-submitted"))
    precedence = any(value in {"auto_reply", "auto-reply"} for value in head.all("precedence"))
    return said or precedence or head.has(*_REPLIERS) or bool(_AWAY.match(head.subject))


def _is_automatic(head: Head, _: frozenset[str]) -> bool:
    said = any(value.partition(";")[0].strip() not in {"", "no"} for value in head.all("auto-submitted"))
    # A null return path is for what no answer is wanted to (RFC 5321, 4.5.5).
    return said or "<>" in head.all("return-path")


def _is_calendar(head: Head, _: frozenset[str]) -> bool:
    return any(method.lower() in _ANSWERS_AND_WISHES for method in head.calendars)


def _is_newsletter(head: Head, ours: frozenset[str]) -> bool:
    """A list of our own domain is how mail comes to us, and no newsletter."""
    domains = {address.rpartition("@")[2] for address in ours}
    lists = [value.strip("<> ").rpartition("<")[2] for value in head.all("list-id")]
    if lists and all(any(each == own or each.endswith(f".{own}") for own in domains) for each in lists):
        return False
    return bool(lists) or head.has(*_CAMPAIGNS) or any(value in {"bulk", "junk"} for value in head.all("precedence"))


_KINDS: tuple[tuple[Noise, Callable[[Head, frozenset[str]], bool]], ...] = (
    (Noise.OWN, _is_own),
    (Noise.BOUNCE, _is_bounce),
    (Noise.RECEIPT, _is_receipt),
    (Noise.AUTO_REPLY, _is_auto_reply),
    (Noise.CALENDAR, _is_calendar),
    (Noise.NEWSLETTER, _is_newsletter),
    (Noise.AUTOMATIC, _is_automatic),
)
