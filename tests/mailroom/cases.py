"""A mail, and what it is: one row of the table."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from tests.mailroom.writing import HOST, mail

PDF = "application/pdf"
FAULT = "三楼机房的存储掉线了，麻烦尽快处理。"
ICS = "BEGIN:VCALENDAR\r\nMETHOD:{}\r\nBEGIN:VEVENT\r\nSUMMARY:周会\r\nEND:VEVENT\r\nEND:VCALENDAR"
PASSED = f"Authentication-Results: {HOST}; dmarc=pass header.from=customer.example"


@dataclass(frozen=True)
class Case:
    """A mail, and what `Mail` says of it; what is not named is not looked at. ``is_lost``: nobody can read it."""

    name: str
    raw: bytes
    its: dict[str, Any] = field(default_factory=dict)
    is_lost: bool = False


def case(name: str, raw: bytes, /, **its: Any) -> Case:
    return Case(name, raw, {"noise": None, **its})


def gbk(text: str, charset: str = "gb2312", **said: Any) -> bytes:
    return mail(text.encode("gb18030"), type_=f"text/plain; charset={charset}", **said)


def b64(text: str, charset: str = "utf-8") -> bytes:
    return b64encode(text.encode(charset))
