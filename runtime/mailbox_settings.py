"""What an installation is told about the mailbox that its customers write to."""

from collections.abc import Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.errors import StartError
from runtime.mail_settings import is_this_machine
from runtime.secrets import IssuedSecret, secret_in
from runtime.words import listed

#: With TLS from the start, or after STARTTLS, and the ports that are theirs.
_PORTS = {"imaps": 993, "imap": 143}


def _place(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username:
        raise ValueError("is no address of a mailbox: imaps://HOST[:PORT][/FOLDER], or imap:// for STARTTLS")
    return url


def _addresses(words: str) -> str:
    if any("@" not in parseaddr(each)[1] for each in listed(words)):
        raise ValueError("is no list of addresses: service@example.com, 400@example.com")
    return words


class Mailbox(BaseSettings):
    """Without a place no mail is read."""

    model_config = SettingsConfigDict(env_prefix="ZHISHOU_", env_ignore_empty=True, hide_input_in_errors=True)

    mailbox: Annotated[str, AfterValidator(_place)] | None = None
    mailbox_user: str | None = None
    mailbox_password: IssuedSecret | None = Field(default=None, repr=False, exclude=True)
    mailbox_password_file: Path | None = None
    #: The addresses that customers write to, with commas between them; default: the user's name.
    mailbox_addresses: Annotated[str, AfterValidator(_addresses)] = ""
    #: By which names servers of ours say where a mail comes from (`authserv-id`, RFC 8601), with commas between them.
    mailbox_trusts: str = ""
    #: Under which pack a report is taken whose customer is not known yet.
    mailbox_contract: str = "standard"
    #: In which hours somebody takes what comes by mail: those of the hotline that is told of mail (001-02, 001-26).
    mailbox_hours: str = "fuao-phone"

    def reads_mail(self) -> bool:
        """Whether a mailbox is set up.

        Raises:
            StartError: it is in part; the variable that is missing is named.
        """
        if self.mailbox is None:
            return False
        if not self.mailbox_user:
            raise StartError("ZHISHOU_MAILBOX_USER must be set, the user of the mailbox")
        if not (self.mailbox_password or self.mailbox_password_file):
            raise StartError("ZHISHOU_MAILBOX_PASSWORD_FILE, or ZHISHOU_MAILBOX_PASSWORD, must be set")
        if not self.own_addresses():
            raise StartError("ZHISHOU_MAILBOX_ADDRESSES must be set, the addresses that customers write to")
        return True

    def mailbox_server(self) -> tuple[str, int, bool]:
        """Host, port, and whether TLS comes first."""
        parts = urlsplit(self.mailbox or "")
        return parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "imaps"

    def mailbox_is_here(self) -> bool:
        """Whether the server runs on this machine, where nobody listens on the way."""
        return is_this_machine(self.mailbox_server()[0])

    @property
    def mailbox_folder(self) -> str:
        """The folder that is read."""
        return unquote(urlsplit(self.mailbox or "").path.strip("/")) or "INBOX"

    @property
    def mailbox_name(self) -> str:
        """By what its place is known again, whatever else of it changes."""
        host, port, _ = self.mailbox_server()
        return f"{self.mailbox_user}@{host}:{port}/{self.mailbox_folder}"

    def own_addresses(self) -> tuple[str, ...]:
        """The addresses that are ours, in small letters; the first is where answers go."""
        return tuple(dict.fromkeys(self._addresses()))

    def _addresses(self) -> Iterator[str]:
        yield from (parseaddr(each)[1].lower() for each in listed(self.mailbox_addresses))
        if "@" in (self.mailbox_user or ""):
            yield (self.mailbox_user or "").lower()

    def trusted_servers(self) -> tuple[str, ...]:
        """By which names servers of ours speak."""
        return tuple(each.lower() for each in listed(self.mailbox_trusts))

    def mailbox_secret(self) -> str:
        """What the server knows us by."""
        return secret_in(self.mailbox_password_file) if self.mailbox_password_file else self.mailbox_password or ""

    def mailbox_secrets(self) -> dict[str, str]:
        """For the one process that reads."""
        return {"ZHISHOU_MAILBOX_PASSWORD": self.mailbox_password} if self.mailbox_password else {}
