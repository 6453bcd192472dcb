"""A real time-stamp authority on this machine: certificates of its own, `openssl ts` for answers, HTTP before it."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

OPENSSL = shutil.which("openssl")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="not run: no openssl is installed")

STAMPS, SERVES = ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.SERVER_AUTH
_SECTION = """
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Stamps what it is asked to.

    Attributes:
        hears: what becomes of a question before it is answered; ``spoils``: of an answer before it leaves.
        asked: how often it was asked.
    """

    folder: Path
    name: str = "Time Stamps"
    hears: Callable[[bytes], bytes] = bytes
    spoils: Callable[[bytes], bytes] = bytes
    asked: int = 0

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        top, own = ed25519.Ed25519PrivateKey.generate(), ec.generate_private_key(ec.SECP256R1())
        by = (f"{self.name} Root", top)
        self.signer, self.server = (certificate(self.name, own, by, does) for does in (STAMPS, SERVES))
        self.root.write_bytes(certificate(*by, by).public_bytes(Encoding.PEM))
        (self.folder / "signer.pem").write_bytes(self.signer.public_bytes(Encoding.PEM))
        key = own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.folder / "signer.key").write_bytes(key)
        (self.folder / "serial").write_text("01")
        (self.folder / "ts.cnf").write_text(_SECTION.format(folder=self.folder))

    @property
    def root(self) -> Path:
        """Whom one has to believe."""
        return self.folder / "root.pem"

    @property
    def roots(self) -> list[x509.Certificate]:
        return x509.load_pem_x509_certificates(self.root.read_bytes())

    def answer(self, asked: bytes) -> bytes:
        """What `openssl ts` answers."""
        self.asked += 1
        query, reply = self.folder / "asked.tsq", self.folder / "answer.tsr"
        query.write_bytes(self.hears(asked))
        assert OPENSSL
        files = {"config": "ts.cnf", "inkey": "signer.key", "signer": "signer.pem"}
        named = [word for name, file in files.items() for word in (f"-{name}", str(self.folder / file))]
        words = ["ts", "-reply", *named, "-section", "here", "-queryfile", str(query), "-out", str(reply)]
        subprocess.run([OPENSSL, *words], check=True, capture_output=True)
        return self.spoils(reply.read_bytes())

    def verifies(self, note: Path, answer: Path) -> bool:
        """Whether `openssl ts` takes the answer for its own, of that note."""
        assert OPENSSL
        words = ["ts", "-verify", "-data", str(note), "-in", str(answer), "-CAfile", str(self.root)]
        told = subprocess.run([OPENSSL, *words], capture_output=True, text=True, check=False)
        return told.returncode == 0 and "Verification: OK" in told.stdout + told.stderr

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Its address, until this ends."""
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                body = authority.answer(asked)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the standard library calls it
                pass

        with serving(Handler) as url:
            yield url


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address at which a handler answers, until this ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    serves = threading.Thread(target=server.serve_forever, args=(0.05,))
    serves.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        serves.join()
        server.server_close()


_Key = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey


def certificate(
    name: str, key: _Key, by: tuple[str, ed25519.Ed25519PrivateKey], does: ObjectIdentifier | None = None
) -> x509.Certificate:
    """``does``: None: it signs certificates. Two of one name and issuer are told apart by nothing else."""
    subject, issuer = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (name, by[0]))
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(2 if does else 1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=does is None, path_length=None), critical=True)
    )
    if does:
        made = made.add_extension(x509.ExtendedKeyUsage([does]), critical=True)
    return made.sign(by[1], None)
