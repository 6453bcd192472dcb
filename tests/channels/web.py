"""A real HTTP server on this machine, which answers as a test wants, and what was posted to it."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Posted:
    """One post."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass
class Web:
    """Attributes:
    answers: how it answers, the first first; the last is its answer from then on.
    """

    answers: list["Answers"]
    came: list[Posted] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(self, handler)


Answers = Callable[[Web, BaseHTTPRequestHandler], None]


def says(status: int, body: object = None, **headers: str) -> Answers:
    """With a status, a document and headers."""

    def answer(_: Web, handler: BaseHTTPRequestHandler) -> None:
        told = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)

    return answer


def hangs(web: Web, _: BaseHTTPRequestHandler) -> None:
    web.over.wait()


def breaks_off(_: Web, handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def never_ends(web: Web, handler: BaseHTTPRequestHandler) -> None:
    """A body without an end, as fast as it is taken."""
    handler.send_response(200)
    handler.end_headers()
    while not web.over.is_set():
        handler.wfile.write(b"x" * 65536)


def drips(web: Web, handler: BaseHTTPRequestHandler) -> None:
    """A body without an end, byte by byte."""
    handler.send_response(200)
    handler.end_headers()
    while not web.over.is_set():
        handler.wfile.write(b" ")
        time.sleep(0.05)


def _server(handler: type[BaseHTTPRequestHandler], folder: Path | None) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if folder is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "frontend.pem", folder / "frontend.key")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


@contextmanager
def web_server(*answers: Answers, folder: Path | None = None) -> Iterator[Web]:
    """Until the block ends; with TLS by a certificate in ``folder``."""
    web = Web(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            web.came.append(Posted(self.path, dict(self.headers), body))
            with suppress(OSError):  # whoever asked may have gone
                web.answer(self)

        def do_GET(self) -> None:
            web.answer(self)

        def log_message(self, *_: object) -> None:
            """Tests say themselves what they saw."""

    server = _server(Handler, folder)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield web
    finally:
        web.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
