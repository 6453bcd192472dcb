"""The mailbox: mail is read over IMAP. Nothing in it is changed: all is still there for people to look at."""

import contextlib
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from imaplib import IMAP4, Internaldate2tuple
from time import mktime

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from runtime.settings import Given
from store.mail.arriving import Fetched

#: What one answer may take; and how long one waits for news before the mailbox is looked at anyway.
ANSWER_S, IDLE_S = 30, 240
#: Of what is larger its beginning is read alone: no mail program sends so much.
LARGEST, _BEGINNING = 36 * 2**20, 256 * 2**10
#: Servers of NetEase read mail to nobody who does not say what they are.
_WHO = '("name" "zhishou" "version" "1" "vendor" "zhishou")'
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
FAILURES = (ImapToolsError, IMAP4.error, OSError, ssl.SSLError)


@dataclass(frozen=True, slots=True)
class Open:
    """A mailbox that is open, to be read and not to be written.

    Attributes:
        validity: under what its mails are numbered.
        next_uid: the number that the next mail gets.
        tells: its server tells of news by itself.
    """

    box: BaseMailBox
    validity: int
    next_uid: int
    tells: bool

    def new(self, since: int) -> list[int]:
        """The numbers of its mails from one on, in order."""
        said = self._asked("SEARCH", f"UID {since}:*")
        found = (int(each) for line in said if isinstance(line, bytes) for each in line.split())
        return sorted({uid for uid in found if uid >= since})  # the last one is named even if it is older

    def fetch(self, uid: int) -> Fetched | None:
        """A mail; None: it is gone."""
        about = _joined(self._asked("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE)"))
        if not (size := _SIZE.search(about)):
            return None
        is_cut = int(size[1]) > LARGEST
        said = self._asked("FETCH", str(uid), f"(BODY.PEEK[]{f'<0.{_BEGINNING}>' if is_cut else ''})")
        raw = next((line[1] for line in said if isinstance(line, tuple)), b"")
        return Fetched(uid, _came_at(about), raw, is_cut)

    def _asked(self, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        status, said = self.box.client.uid(*words)
        if status != "OK":
            raise IMAP4.error(f"the server refuses {words[0]}")
        return list(said)

    def news(self, seconds: float) -> bool:
        """Whether the server tells of any within so many seconds."""
        return bool(self.box.idle.wait(timeout=seconds))

    def stay(self) -> None:
        """Keep the connection, and hear what is new."""
        self.box.client.noop()


def _joined(said: list[bytes | tuple[bytes, bytes] | None]) -> bytes:
    return b" ".join(b" ".join(line) if isinstance(line, tuple) else line for line in said if line)


def _came_at(about: bytes) -> datetime:
    """When it reached the server, by its clock."""
    found = Internaldate2tuple(about)
    return datetime.fromtimestamp(mktime(found), UTC) if found else datetime.now(UTC)


@contextlib.contextmanager
def opened(told: Given) -> Iterator[Open]:
    """The mailbox that is set up, while this lasts.

    Raises:
        FAILURES: it cannot be read. No password stands in what they say.
    """
    box = _connected(told)
    try:
        box.login(told.mailbox_user or "", told.mailbox_secret(), initial_folder=None)
        with contextlib.suppress(IMAP4.error):  # it is a courtesy where it is not demanded
            box.client.xatom("ID", _WHO)
        box.folder.set(told.mailbox_folder, readonly=True)
        about = box.folder.status(told.mailbox_folder, ["UIDVALIDITY", "UIDNEXT"])
        _, able = box.client.capability()
        yield Open(box, about["UIDVALIDITY"], about["UIDNEXT"], tells=b"IDLE" in b" ".join(able).upper().split())
    finally:
        with contextlib.suppress(*FAILURES):
            box.logout()


def _connected(told: Given) -> BaseMailBox:
    host, port, is_tls = told.mailbox_server()
    context = ssl.create_default_context()
    if is_tls:
        return MailBox(host, port, timeout=ANSWER_S, ssl_context=context)
    if told.mailbox_is_here() or host in told.hosts_within:
        return MailBoxUnencrypted(host, port, timeout=ANSWER_S)
    return MailBoxStartTls(host, port, timeout=ANSWER_S, ssl_context=context)


def tried_out(told: Given) -> str | None:
    """Why the mailbox cannot be read, without a word of what was said to its server; None: it can."""
    try:
        with opened(told):
            return None
    except FAILURES as failure:
        return _WHY.get(type(failure), type(failure).__name__)


_WHY: dict[type[BaseException], str] = {
    MailboxLoginError: "the server does not let us in with that user and password",
    MailboxFolderSelectError: "there is no such folder",
    ssl.SSLCertVerificationError: "its certificate is not one that this machine trusts for that host",
    IMAP4.abort: "it does not speak TLS: imaps:// is TLS from the start, imap:// asks for STARTTLS",
    ssl.SSLError: "it does not speak TLS: imaps:// is TLS from the start, imap:// asks for STARTTLS",
    FileNotFoundError: "the file of its password is not there (ZHISHOU_MAILBOX_PASSWORD_FILE)",
    PermissionError: "the file of its password cannot be read (ZHISHOU_MAILBOX_PASSWORD_FILE)",
    ConnectionRefusedError: "nobody answers at that host and port",
    TimeoutError: "nobody answers at that host and port in time",
    socket.gaierror: "no such host",
}
