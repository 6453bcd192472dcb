"""The installation's own authorities, and the certificates by which its Temporal and those who use it know each other.

There are two: what the first has signed opens the frontend, what the second has signed is a server of ours. So a
client's certificate opens the frontend only.
"""

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from runtime.files import private_folder, write_private

Key = ec.EllipticCurvePrivateKey

#: A client keeps the certificate that it started with, and nothing may stop because years have passed.
LASTS, AUTHORITY_LASTS = timedelta(days=3650), timedelta(days=7300)
#: With less than this left a start makes a new one.
SOON = timedelta(days=365)
_CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What one certificate is for; ``authority``: whose signature it has."""

    name: str
    authority: str
    server: bool = False
    client: bool = False


AUTHORITIES = ("ca", "node-ca")
LEAFS = (
    Leaf("frontend", "ca", server=True),
    Leaf("worker", "ca", client=True),  # Temporal's own
    Leaf("client", "ca", client=True),  # our worker, API and commands
    Leaf("node", "node-ca", server=True, client=True),
)


def ensure(folder: Path) -> Path:
    """All of it in the folder: what is missing is made, and what ends soon is made anew."""
    private_folder(folder)
    for name in AUTHORITIES:
        if not (folder / f"{name}.pem").is_file():
            _make_authority(folder, name)
    for leaf in LEAFS:
        if not (folder / f"{leaf.name}.pem").is_file() or left(folder / f"{leaf.name}.pem") < SOON:
            _make(folder, leaf)
    return folder


def rotate(folder: Path, *, authorities: bool = False) -> None:
    """New certificates. The server takes them within a minute; new authorities it takes at its next start."""
    if authorities:
        for name in AUTHORITIES:
            _make_authority(folder, name)
    for leaf in LEAFS:
        _make(folder, leaf)


def left(file: Path) -> timedelta:
    """For how long the certificate is valid."""
    return x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc - datetime.now(UTC)


def certificates(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files, by the names of what they are for."""
    for name in (*AUTHORITIES, *(leaf.name for leaf in LEAFS)):
        yield name, folder / f"{name}.pem"


def client_variables(folder: Path) -> dict[str, str]:
    """What a client of Temporal is told of them, in Temporal's words."""
    return {
        "TEMPORAL_TLS_SERVER_CA_CERT_PATH": str(folder / "ca.pem"),
        "TEMPORAL_TLS_CLIENT_CERT_PATH": str(folder / "client.pem"),
        "TEMPORAL_TLS_CLIENT_KEY_PATH": str(folder / "client.key"),
    }


def server_configuration(folder: Path) -> dict[str, object]:
    """What Temporal's server is told of them."""

    def pair(name: str) -> dict[str, str]:
        return {"certFile": str(folder / f"{name}.pem"), "keyFile": str(folder / f"{name}.key")}

    def only(authority: str) -> dict[str, object]:
        return {"requireClientAuth": True, "clientCaFiles": [str(folder / f"{authority}.pem")]}

    def trusts(authority: str) -> dict[str, object]:
        return {"serverName": "localhost", "rootCaFiles": [str(folder / f"{authority}.pem")]}

    return {
        "refreshInterval": "1m",
        "internode": {"server": pair("node") | only("node-ca"), "client": trusts("node-ca")},
        "frontend": {"server": pair("frontend") | only("ca")},
        "systemWorker": pair("worker") | {"client": trusts("ca")},
    }


def _make_authority(folder: Path, name: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key()
    builder = _begun(_named(f"zhishou {name}"), AUTHORITY_LASTS).public_key(public)
    builder = builder.issuer_name(_named(f"zhishou {name}"))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs=True), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    _write(folder, name, key, builder.sign(key, SHA256()))


def _make(folder: Path, leaf: Leaf) -> None:
    issuer = x509.load_pem_x509_certificate((folder / f"{leaf.authority}.pem").read_bytes())
    issuer_key = load_pem_private_key((folder / f"{leaf.authority}.key").read_bytes(), None)
    assert isinstance(issuer_key, Key)
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key()
    here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    uses = [ExtendedKeyUsageOID.SERVER_AUTH] * leaf.server + [ExtendedKeyUsageOID.CLIENT_AUTH] * leaf.client
    builder = _begun(_named(f"zhishou {leaf.name}"), LASTS).public_key(public).issuer_name(issuer.subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage(uses), critical=False)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = builder.add_extension(known, critical=False)
    if leaf.server:
        builder = builder.add_extension(x509.SubjectAlternativeName(here), critical=False)
    _write(folder, leaf.name, key, builder.sign(issuer_key, SHA256()))


def _begun(subject: x509.Name, lasts: timedelta) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - _CLOCKS_DIFFER).not_valid_after(now + lasts)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs,
        key_cert_sign=signs,
        crl_sign=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(folder: Path, name: str, key: Key, certificate: x509.Certificate) -> None:
    """The key first: a server that looks between the two finds that they do not fit, and keeps what it has."""
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_private(folder / f"{name}.key", private.decode())
    write_private(folder / f"{name}.pem", certificate.public_bytes(Encoding.PEM).decode())
