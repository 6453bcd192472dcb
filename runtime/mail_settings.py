"""What an installation is told about mail: the company's SMTP server, and as whom we send."""

import ipaddress
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.errors import StartError
from runtime.secrets import IssuedSecret, secret_in

#: With TLS from the start, or after STARTTLS, and the ports that are theirs.
_PORTS = {"smtps": 465, "smtp": 587}


def _server(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.path.strip("/"):
        raise ValueError("is no address of a mail server: smtps://HOST[:PORT], or smtp://HOST[:PORT] for STARTTLS")
    return url


def _sender(address: str) -> str:
    if "@" not in parseaddr(address)[1]:
        raise ValueError("is no address that mail could come from: zhishou@example.com, or 值守 <zhishou@example.com>")
    return address


def is_this_machine(host: str) -> bool:
    """Whether it names this machine alone."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Mail(BaseSettings):
    """Without a server no mail leaves."""

    model_config = SettingsConfigDict(env_prefix="ZHISHOU_", env_ignore_empty=True, hide_input_in_errors=True)

    mail_server: Annotated[str, AfterValidator(_server)] | None = None
    mail_from: Annotated[str, AfterValidator(_sender)] | None = None
    mail_user: str | None = None
    mail_password: IssuedSecret | None = Field(default=None, repr=False, exclude=True)
    mail_password_file: Path | None = None

    def sends_mail(self) -> bool:
        """Whether mail is set up.

        Raises:
            StartError: it is in part; the variable that is missing is named.
        """
        if self.mail_server is None:
            return False
        if self.mail_from is None:
            raise StartError("ZHISHOU_MAIL_FROM must be set, the address that mail comes from")
        if self.mail_user and not (self.mail_password or self.mail_password_file):
            raise StartError("ZHISHOU_MAIL_PASSWORD_FILE, or ZHISHOU_MAIL_PASSWORD, must be set for ZHISHOU_MAIL_USER")
        return True

    def sends_as(self) -> list[str]:
        """The address that our own mail comes from, in small letters."""
        return [parseaddr(self.mail_from)[1].lower()] if self.mail_from else []

    def server(self) -> tuple[str, int, bool]:
        """Host, port, and whether TLS comes first."""
        parts = urlsplit(self.mail_server or "")
        return parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "smtps"

    def is_here(self) -> bool:
        """Whether the server runs on this machine, where nobody listens on the way."""
        return is_this_machine(self.server()[0])

    def password(self) -> str | None:
        """What the server knows us by; None: nothing."""
        return secret_in(self.mail_password_file) if self.mail_password_file else self.mail_password
