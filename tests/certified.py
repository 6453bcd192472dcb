"""A certificate for this machine, as `openssl` makes one: what servers of mail have, and what clients are to refuse."""

import subprocess
from pathlib import Path


def certified(folder: Path, name: str = "localhost") -> Path:
    """The certificate, of a name, with its key beside it as ``key.pem``; nobody vouches for it."""
    certificate = folder / "certificate.pem"
    named = f"subjectAltName=DNS:{name}"
    kind = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-days", "2")
    files = ("-keyout", str(folder / "key.pem"), "-out", str(certificate))
    subprocess.run(("openssl", "req", *kind, "-subj", f"/CN={name}", "-addext", named, *files), check=True)
    return certificate
