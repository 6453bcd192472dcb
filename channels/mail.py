"""Mail: letters by the SMTP server of the company."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from typing import Any

import aiosmtplib
from aiosmtplib import (
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPReadTimeoutError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.writing import as_html, as_text, one_line, title_of
from domain.audience.letters import ANSWERED, SENT_BY
from domain.audience.reaching import Urgency
from runtime.mail_settings import Mail
from runtime.words import struck_out
from store.deliveries.claiming import Letter
from store.models import Way

#: For the server to answer, each time; a letter as a whole is given up by whoever sends it.
_ANSWER_S = 20
#: From here on a server has refused for good.
_FOR_GOOD = 500
_LONGEST_NAME = 60
#: What means something in the header of an address. `email` forgets to quote it where it folds a name.
_OF_ADDRESSES = re.compile(r'[][()<>@,:;."\\]')


@dataclass(frozen=True, slots=True)
class MailChannel:
    """Mail, as an installation is told of it.

    Attributes:
        pages: the address of the console, where links lead.
        answers: the address where answers are read; empty: nobody reads any.
    """

    told: Mail
    pages: str
    answers: str = ""
    way: Way = Way.MAIL

    async def send(self, letter: Letter) -> str:
        """Hand it to the server; what it said."""
        connection = self._connection()
        try:
            _, said = await aiosmtplib.send(self.message(letter), **connection)
        except (SMTPException, OSError) as failure:
            meant = _meant(failure, connection["hostname"])
            raise type(meant)(_told(str(meant), connection)) from None
        return _told(said, connection)

    def message(self, letter: Letter) -> EmailMessage:
        """The mail, in text and in HTML; those of one ticket are one conversation."""
        ours = parseaddr(self.told.mail_from or "")
        message = EmailMessage(policy=SMTP)
        try:
            message["From"] = Address(ours[0] or "值守 Zhishou", addr_spec=ours[1])
            message["To"] = Address(_name(letter.name), addr_spec=letter.address)
        except (MessageError, ValueError, IndexError):
            raise RefusedError("the address is none that mail could be sent to") from None
        host = ours[1].rpartition("@")[2]
        message["Subject"] = _header(title_of(letter).zh)
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{letter.id}@{host}>"
        tickets = {each.ticket for each in letter.messages}
        if len(tickets) == 1 and (number := tickets.pop()):
            message["In-Reply-To"] = message["References"] = f"<ticket.{number}@{host}>"
        if self.answers:
            message["Reply-To"] = self.answers
        if all(each.wants is Urgency.KNOW and each.link is None for each in letter.messages):
            message["List-Unsubscribe"] = f"<{self.pages}/me>"  # where everybody says what they want by which channel
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        foot = ANSWERED if self.answers else SENT_BY
        message.set_content(as_text(letter, self.pages, foot), cte="base64")
        message.add_alternative(as_html(letter, self.pages, foot), subtype="html", cte="base64")
        return message

    def _connection(self) -> dict[str, Any]:
        """A password never goes in clear: TLS is demanded, but of a server on this machine."""
        host, port, is_tls = self.told.server()
        return {
            "hostname": host,
            "port": port,
            "use_tls": is_tls,
            "start_tls": None if is_tls or self.told.is_here() else True,
            "username": self.told.mail_user,
            "password": self.told.password(),
            "timeout": _ANSWER_S,
        }


def _told(said: str, connection: Mapping[str, Any]) -> str:
    """What the server said, in a line, should it repeat by what we were let in: as it is, or as AUTH sends it."""
    user, password = connection["username"], connection["password"]
    return one_line(struck_out(said, (password, f"\0{user}\0{password}") if password else ()))


def _meant(failure: SMTPException | OSError, host: str) -> NotSentError:
    """Whether this letter cannot be sent, or not now, or none can."""
    match failure:
        case SMTPRecipientsRefused():
            return _of_answer(failure.recipients[0])
        case SMTPDataError():
            return _of_answer(failure)
        case SMTPNotSupported():
            return RefusedError(f"the server cannot: {failure.message}")
        case SMTPServerDisconnected() | SMTPReadTimeoutError():
            return DelayedError(str(failure))
        case SMTPResponseException():  # to a greeting, to our name and password, to our own address
            return DownError(f"{failure.code} {failure.message}")
    return DownError(_why(failure, host))


def _why(failure: SMTPException | OSError, host: str) -> str:
    if _comes_of(failure, ssl.SSLCertVerificationError):
        return f"its certificate is not one that this machine trusts for {host}"
    if _comes_of(failure, ssl.SSLError):
        return "it does not speak TLS: smtps:// is TLS from the start, smtp:// asks for STARTTLS"
    return f"{type(failure).__name__}: {failure!s}"


def _comes_of(failure: BaseException | None, kind: type[BaseException]) -> bool:
    while failure is not None and not isinstance(failure, kind):
        failure = failure.__cause__ or failure.__context__
    return failure is not None


def _of_answer(answer: SMTPResponseException) -> NotSentError:
    kind = RefusedError if answer.code >= _FOR_GOOD else DelayedError
    return kind(f"{answer.code} {answer.message}")


def _name(told: str) -> str:
    """Somebody's name beside their address."""
    return _header(_OF_ADDRESSES.sub(" ", told))[:_LONGEST_NAME].strip()


def _header(words: str) -> str:
    """One line that is what it says: `email` would read an encoded word in it, and write the line break in that."""
    return one_line(words).replace("=?", "= ?")
