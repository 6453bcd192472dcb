"""A real SMTP server on this machine, which answers as a test wants, and what came to it."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from runtime.mail_settings import Mail


@dataclass
class Post:
    """Attributes:
    answers: what the server says to a recipient, for good; `hang`: nothing.
    judges: what it says of a mail that it has read.
    """

    came: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    judges: Callable[[EmailMessage], str] = lambda _: "250 taken"
    port: int = 0

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer == "hang":
            await asyncio.Event().wait()
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content
        assert raw is not None
        self.came.append(message_from_bytes(raw, policy=default))
        return self.judges(self.came[-1])

    @property
    def told(self) -> Mail:
        return Mail(mail_server=f"smtp://127.0.0.1:{self.port}", mail_from="值守 <zhishou@example.com>")

    def titles(self, address: str) -> list[str]:
        return [str(each["Subject"]) for each in self.came if address in str(each["To"])]


@contextmanager
def post_office(**given: Any) -> Iterator[Post]:
    """Until the block ends."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=given.pop("port", 0) or _free(), **given)
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


def _free() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
