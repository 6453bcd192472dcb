"""Words: what a mail says, as a ticket has it."""

from collections.abc import Iterable

from domain.audience.mail import unproven
from domain.ticket.opening import Contact
from domain.words.text import says_something
from mailroom.mails import File, Mail
from store.mail.threads import Writer

#: As much as somebody may write at a desk; the whole of it goes along as a file.
LONGEST, LONGEST_TITLE = 4000, 200
_CUT = "\n……（全文见附件）"
_NOTHING = "（邮件没有正文）"
_NO_SUBJECT = "（无主题的邮件）"
_TOO_LARGE = "（邮件过大，这里只有开头；原信在邮箱里。）"


def title_of(mail: Mail) -> str:
    """In one line, what it is about."""
    said = " ".join(mail.title.split()) or next(filter(says_something, mail.said.split("\n")), "").strip()
    return (said if says_something(said) else _NO_SUBJECT)[:LONGEST_TITLE]


def shown(text: str, left: Iterable[str], *, is_cut: bool) -> str:
    """The text, and what of the mail is not kept."""
    names = "、".join(left)
    below = [_TOO_LARGE] if is_cut else []
    below += [f"（未保存的附件：{names[:300]}；类型或内容不收，原信在邮箱里。）"] if names else []
    room = LONGEST - sum(len(each) + 2 for each in below) - len(_CUT)
    words = text if says_something(text) else _NOTHING
    words = words if len(words) <= room else words[:room] + _CUT
    return "\n\n".join([words, *below])


def is_long(text: str) -> bool:
    """Whether the whole of it needs a file."""
    return len(text) > LONGEST - 500


def whole(mail: Mail) -> File:
    """All that stands in it."""
    return File("邮件全文.txt", "text/plain", mail.whole.encode())


def writer_of(mail: Mail) -> str:
    """Name and address of whoever seems to have written it."""
    shown_name = mail.name if says_something(mail.name) and mail.name != mail.sender else ""
    return (f"{shown_name} <{mail.sender}>" if shown_name else mail.sender or "（没有发件人）")[:LONGEST_TITLE]


def contact_of(mail: Mail, known: Writer | None) -> Contact:
    """Whom to call back; where no number is known, the address."""
    is_known = known is not None and mail.vouched
    name = known.name if known and is_known else mail.name or mail.sender or "（未知）"
    number = mail.phone or (known.phone if known and is_known else None) or mail.sender or "（未知）"
    return Contact(name[:LONGEST_TITLE], number[:LONGEST_TITLE])


def with_who(mail: Mail, known: Writer | None) -> str:
    """All that stands in it, and before it what is known of its sender."""
    if mail.vouched:
        return mail.whole
    return unproven(" ".join(writer_of(mail).split()), known.name if known else None, mail.whole)
