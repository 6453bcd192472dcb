"""`python -m chaos.letters.peers KIND PORT FOLDER`: a real server that takes letters, in the mood that a file says.

What it takes is on the disk before it says so: a line of JSON each.
"""

import asyncio
import hashlib
import json
import os
import sys
import threading
import time
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MOODS = ("hangs", "refuses", "late")
LATE_S, HANGS_S = 3.0, 600.0
MAIL = "mail"


class Book:
    """What came to one peer."""

    def __init__(self, folder: Path, kind: str) -> None:
        self._mood = folder / f"{kind}.mood"
        self._file = (folder / f"{kind}.jsonl").open("ab", buffering=0)
        self._door = threading.Lock()

    @property
    def mood(self) -> str:
        """Empty: it does its work."""
        return self._mood.read_text() if self._mood.exists() else ""

    @property
    def waits_s(self) -> float:
        """Before it answers."""
        return {"hangs": HANGS_S, "late": LATE_S}.get(self.mood, 0)

    def takes(self, letter: str, body: bytes) -> bool:
        """Whether it has it, by its mood."""
        if self.mood == "refuses":
            return False
        self._write({"at": time.time(), "letter": letter, "body": hashlib.sha256(body).hexdigest()})
        return True

    def _write(self, line: dict[str, Any]) -> None:
        with self._door:
            self._file.write(json.dumps(line).encode() + b"\n")
            os.fsync(self._file.fileno())


class Mailbox:
    """What aiosmtpd asks."""

    def __init__(self, book: Book) -> None:
        self._book = book

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        assert envelope.original_content is not None
        mail = message_from_bytes(envelope.original_content, policy=default)
        words, letter = mail.get_body(("plain",)), str(mail["Message-ID"]).strip("<>").partition("@")[0]
        await asyncio.sleep(self._book.waits_s)
        return "250 taken" if self._book.takes(letter, str(words and words.get_content()).encode()) else "451 not now"


def posts(book: Book) -> type[BaseHTTPRequestHandler]:
    """What takes posts."""

    class Posts(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(book.waits_s)
            taken = book.takes(self.headers["webhook-id"], body)
            self.send_response(202 if taken else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """The book says what came."""

    return Posts


def main(kind: str, port: int, folder: Path) -> None:
    book = Book(folder, kind)
    if kind == MAIL:
        Controller(Mailbox(book), hostname="127.0.0.1", port=port).start()
        threading.Event().wait()
    server = ThreadingHTTPServer(("127.0.0.1", port), posts(book))
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
