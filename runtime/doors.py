"""Who is let in at a port: a handshake as anybody on this machine can make it."""

import socket
import ssl
from pathlib import Path

_WITHIN_S = 10.0
#: How a conversation over HTTP/2 begins; whoever is let in gets an answer.
_HELLO = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0"


def answers_in_clear(port: int) -> bool:
    """Whether somebody who shows nothing and hides nothing is answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=_WITHIN_S) as line:
        return _answers(line)


def answers_over_tls(port: int, certificate: Path | None = None) -> bool:
    """Whether somebody with this certificate is answered, who does not care whom they talk to."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # what is asked is whether it looks at us
    context.set_alpn_protocols(["h2"])
    if certificate:
        context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    with socket.create_connection(("127.0.0.1", port), timeout=_WITHIN_S) as line:
        try:
            with context.wrap_socket(line) as guarded:
                return _answers(guarded)
        except OSError:
            return False


def _answers(line: socket.socket) -> bool:
    try:
        line.sendall(_HELLO)
        answer = line.recv(64)
    except OSError:
        return False
    return bool(answer) and answer[:1] != b"\x15"  # which says in the clear that TLS is wanted
