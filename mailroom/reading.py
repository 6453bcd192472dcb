"""Reading: the bytes of a mail, whatever program wrote them, as a mail that people can act on."""

import email
import re
from collections.abc import Collection, Iterator
from email.message import Message
from email.utils import getaddresses
from typing import TypeAlias

from domain.words.text import says_something, without_hidden
from mailroom.charsets import decoded, header
from mailroom.links import without_links
from mailroom.mails import File, Mail
from mailroom.markup import text_of
from mailroom.quotes import split, without_signature
from mailroom.sorting import Head, noise
from mailroom.vouching import is_vouched

Part: TypeAlias = "Message[str, str]"

#: Parts that contain parts cost more the deeper they lie; no person's mail has so many of them, or of any.
_MOST_INSIDE, _MOST_PARTS, _MOST_FILES = 60, 1_000, 40
_INSIDE = re.compile(rb"content-type:\s*(multipart|message)/", re.IGNORECASE)
_ID = re.compile(r"<([!-;=?-~]{1,250})>")
_MOST_IDS = 60
_ADDRESS = re.compile(r"^[!#-;=?A-\[\]-~]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$")
_METHOD = re.compile(rb"^METHOD:([A-Za-z]+)", re.MULTILINE | re.IGNORECASE)
#: A picture inside the text that is smaller than this is the logo of a signature.
_LOGO = 6 * 1024
_LONGEST_TEXT, _LONGEST_HEADER = 200_000, 10_000
_LONGEST_NAME = 200
_HANDED_ON = "—— 转发的邮件 ——"


class UnreadableError(Exception):
    """It cannot be taken apart, or only at a cost that nobody's mail has."""


def read(raw: bytes, *, ours: Collection[str] = (), trusted: Collection[str] = ()) -> Mail:
    """The mail.

    Args:
        ours: the addresses that are our own.
        trusted: by which names servers that we trust say where mail comes from.

    Raises:
        UnreadableError: nobody can.
    """
    if len(_INSIDE.findall(raw)) > _MOST_INSIDE:
        raise UnreadableError
    try:
        return _read(email.message_from_bytes(raw), ours, trusted)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError) as error:
        raise UnreadableError(type(error).__name__) from error  # the library fails in many ways on what is malformed


def _read(message: Part, ours: Collection[str], trusted: Collection[str]) -> Mail:
    headers = [(name.lower(), header(value[:_LONGEST_HEADER])) for name, value in message.raw_items()]
    name, sender = _sender(message)
    subject = _shown(next((value for one, value in headers if one == "subject"), ""))
    parts = list(_parts(message))
    text, files, lacking = _content(parts)
    own, quoted = split(text)
    said, signature = without_signature(own)
    head = Head(headers, message.get_content_type(), _report(message), _calendars(parts), sender, subject)
    return Mail(
        id=next(iter(_ids(headers, "message-id")), ""),
        sender=sender,
        name=name,
        subject=subject,
        said=said,
        signature=signature,
        quoted=quoted,
        refers=tuple(dict.fromkeys([*_ids(headers, "in-reply-to"), *reversed(_ids(headers, "references"))])),
        files=tuple(files),
        lacking=tuple(lacking),
        vouched=is_vouched(_results(message), sender, trusted),
        noise=noise(head, ours),
    )


def _shown(text: str) -> str:
    return without_links(without_hidden(text)).strip()


def _sender(message: Part) -> tuple[str, str]:
    """Name and address; the address is read before anything in it is decoded, so that no name can look like one.

    It is in small letters, as all compare it: programs write the same address in either.
    """
    raw = [value[:_LONGEST_HEADER] for name, value in message.raw_items() if name.lower() == "from"]
    found = [(name, address) for name, address in getaddresses(raw) if name or address]
    addresses = {address.lower() for _, address in found if _ADDRESS.match(address)}
    name = _shown(header(found[0][0])) if found else ""
    return name[:_LONGEST_NAME], addresses.pop() if len(addresses) == 1 == len(found) else ""


def _results(message: Part) -> list[str]:
    """What servers say of where it comes from, as it came: a word that is decoded, or cut, would say something else."""
    raw = [value for name, value in message.raw_items() if name.lower() == "authentication-results"]
    return ["" if len(value) > _LONGEST_HEADER else value for value in raw]


def _ids(headers: list[tuple[str, str]], name: str) -> list[str]:
    return [id_ for one, value in headers if one == name for id_ in _ID.findall(value)][-_MOST_IDS:]


def _report(message: Part) -> str:
    """Of what it reports, where a program made it a report."""
    is_one = message.get_content_type() == "multipart/report"
    return str(message.get_param("report-type", "other")).lower() if is_one else ""


def _parts(message: Part) -> Iterator[Part]:
    """What it is made of, in order; of several forms of one text the best to read. Not what is handed on."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop(0)
        if (seen := seen + 1) > _MOST_PARTS:
            raise UnreadableError
        if part.get_content_maintype() != "multipart" or not part.is_multipart():
            yield part
        elif part.get_content_subtype() == "alternative":
            waiting[:0] = _alternatives(_inside(part))
        else:
            waiting[:0] = _inside(part)


def _inside(part: Part) -> list[Part]:
    inside = part.get_payload()
    return [each for each in inside if isinstance(each, Message)] if isinstance(inside, list) else []


def _alternatives(inside: list[Part]) -> list[Part]:
    """The plain text where it says something, else the last form; and what was sent along inside the others."""
    plain = [each for each in inside if each.get_content_type() == "text/plain" and says_something(_text(each))]
    pages = [each for each in inside if each.get_content_type() == "text/html" or each.is_multipart()]
    chosen = plain[:1] or pages[-1:]
    beside = (leaf for each in inside if each not in chosen for leaf in each.walk())
    return [*chosen, *(leaf for leaf in beside if not leaf.is_multipart() and not _is_text(leaf))]


def _content(parts: list[Part]) -> tuple[str, list[File], list[str]]:
    """The text, what was sent along, and what of that could not be read."""
    said: list[str] = []
    files: list[File] = []
    lacking: list[str] = []
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            said.append(_handed_on(part))
        elif _is_text(part):
            said.append(_text(part))
        elif (file := _file(part, len(files) + 1)) is None:
            continue
        elif file.content and len(files) < _MOST_FILES:
            files.append(file)
        else:
            lacking.append(file.name)
    return _shown("\n\n".join(filter(says_something, said)))[:_LONGEST_TEXT], files, lacking


def _is_text(part: Part) -> bool:
    if part.get_content_maintype() == "multipart":  # without parts: a program has forgotten to say where they begin
        return True
    is_shown = part.get_content_disposition() != "attachment" and not _named(part)
    return part.get_content_type() in {"text/plain", "text/html"} and is_shown


def _text(part: Part) -> str:
    said = decoded(_bytes(part), str(part.get_content_charset() or ""))
    return text_of(said) if part.get_content_type() == "text/html" else said


def _handed_on(part: Part) -> str:
    """What a mail says that was sent along."""
    inner = next(iter(_inside(part)), None)
    if inner is None:
        return ""
    subject = header(next((value for name, value in inner.raw_items() if name.lower() == "subject"), ""))
    said = "\n\n".join(_text(each) for each in _parts(inner) if _is_text(each))
    return f"{_HANDED_ON}\n{subject}\n\n{said}"


def _file(part: Part, nth: int) -> File | None:
    """What was sent along; None: it is nothing that anybody meant to send."""
    content, type_ = _bytes(part), part.get_content_type()
    is_picture = part.get_content_maintype() == "image"
    if (
        is_picture
        and part.get("content-id")
        and part.get_content_disposition() != "attachment"
        and len(content) < _LOGO
    ):
        return None
    if type_ in {
        "text/calendar",
        "message/delivery-status",
        "application/pgp-signature",
        "application/pkcs7-signature",
    }:
        return None
    return File(_shown(_named(part)) or f"attachment-{nth}", type_, content)


def _named(part: Part) -> str:
    """The file's name, in whichever of the ways mail programs have of writing one."""
    for place, field in (("content-disposition", "filename"), ("content-type", "name")):
        raw = next((value for name, value in part.raw_items() if name.lower() == place), "")
        if not raw.isascii() and (found := re.search(rf'\b{field}\s*=\s*"?([^";\r\n]+)', raw)):
            return header(found[1])  # in bytes that nobody encoded
        said = part.get_param(field, "", header=place)
        if isinstance(said, tuple):
            charset, _, value = said
            return decoded(value.encode("latin-1", "surrogateescape"), charset)
        if said:
            return header(str(said))
    return ""


def _bytes(part: Part) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _calendars(parts: list[Part]) -> list[str]:
    """The methods of invitations among the parts."""
    found: list[str] = []
    for part in parts:
        if part.get_content_type() == "text/calendar":
            stated = str(part.get_param("method", "") or "")
            inside = _METHOD.search(_bytes(part)[:10_000])
            found += [stated or (inside[1].decode("ascii") if inside else "")]
    return found
