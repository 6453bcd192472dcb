"""Mails as programs write them, made from their parts."""

from base64 import b64encode
from collections.abc import Iterable

OURS, HOST = "service@zhishou.example", "mx.zhishou.example"
SENDER = "zhang@customer.example"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 9000


def encoded(text: str, charset: str = "utf-8", named: str | None = None) -> str:
    """A header in encoded words."""
    return f"=?{named or charset}?B?{b64encode(text.encode(charset)).decode()}?="


def mail(
    body: bytes | str = "服务器报警灯亮红灯。",
    *,
    subject: str = "Server down",
    sender: str = f"Zhang San <{SENDER}>",
    type_: str = "text/plain; charset=utf-8",
    cte: str = "8bit",
    more: Iterable[str] = (),
) -> bytes:
    """A mail of one part, or of the parts that `parts` makes."""
    content = body.encode() if isinstance(body, str) else body
    head = [
        "Received: from mx.customer.example by mx.zhishou.example; Fri, 27 Nov 2026 10:00:00 +0800",
        "Date: Fri, 27 Nov 2026 10:00:00 +0800",
        f"From: {sender}",
        f"To: {OURS}",
        f"Subject: {subject}",
        "Message-ID: <m1@customer.example>",
        "MIME-Version: 1.0",
        f"Content-Type: {type_}",
        f"Content-Transfer-Encoding: {cte}",
    ]
    return (
        "\r\n".join([*more, *head]).encode("utf-8", "surrogateescape")
        + b"\r\n\r\n"
        + content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    )


def part(
    content: bytes | str,
    type_: str = "text/plain; charset=utf-8",
    *,
    disposition: str | None = None,
    cte: str | None = None,
    more: str = "",
) -> bytes:
    """A part of a mail; bytes are encoded as programs do, a text stands as it is."""
    as_is = isinstance(content, str) or cte is not None
    plain = content.encode() if isinstance(content, str) else content
    said = plain if as_is else b64encode(plain)
    head = [f"Content-Type: {type_}", f"Content-Transfer-Encoding: {cte or ('8bit' if as_is else 'base64')}"]
    head += [f"Content-Disposition: {disposition}"] if disposition else []
    head += [more] if more else []
    return "\r\n".join(head).encode() + b"\r\n\r\n" + said


def parts(*given: bytes, kind: str = "mixed", mark: str = "b1") -> tuple[str, bytes]:
    """The type and the body of a mail of several parts."""
    lines = b"".join(b"--" + mark.encode() + b"\r\n" + each + b"\r\n" for each in given)
    return f'multipart/{kind}; boundary="{mark}"', lines + b"--" + mark.encode() + b"--\r\n"


def of_parts(*given: bytes, kind: str = "mixed", mark: str = "b1", **said: object) -> bytes:
    """A mail of several parts."""
    type_, body = parts(*given, kind=kind, mark=mark)
    return mail(body, type_=type_, **said)  # type: ignore[arg-type]  # as `mail` has them


def inside(*given: bytes, kind: str = "mixed", mark: str = "b2") -> bytes:
    """A part that has parts itself."""
    type_, body = parts(*given, kind=kind, mark=mark)
    return f"Content-Type: {type_}\r\n\r\n".encode() + body
