"""A real Dovecot of our own, in a folder of its own, on loopback; it ends with the test."""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.certified import certified
from tests.patience import eventually

USER, PASSWORD = "service@zhishou.example", "hu8-Zw4-kPq"
_FOUND = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

_CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
ssl_cert = <{home}/certificate.pem
ssl_key = <{home}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain
mail_location = maildir:{home}/mail
first_valid_uid = 1
{users}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """The server, and what people do in the mailbox."""

    port: int
    home: Path
    tls_port: int = 0

    def _client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        client.login(USER, PASSWORD)
        return client

    def put(self, *mails: bytes, at: datetime | None = None) -> None:
        """Mails come, in this order."""
        client = self._client()
        for mail in mails:
            when = imaplib.Time2Internaldate(at or datetime.now(UTC))
            status, said = client.append("INBOX", "", when, mail)
            assert status == "OK", said
        client.logout()

    def flags(self) -> list[bytes]:
        """What is marked of the mails."""
        client = self._client()
        client.select("INBOX", readonly=True)
        _, said = client.fetch("1:*", "(FLAGS)")
        client.logout()
        return [each for each in said if isinstance(each, bytes)]

    def numbers_anew(self) -> None:
        """As after a move to another server: the mails stay, and get other numbers."""
        for path in (self.home / "mail").glob("dovecot*"):
            path.unlink()

    def environment(self) -> dict[str, str]:
        """What an installation is told of it."""
        return {
            "ZHISHOU_MAILBOX": f"imap://127.0.0.1:{self.port}",
            "ZHISHOU_MAILBOX_USER": USER,
            "ZHISHOU_MAILBOX_PASSWORD": PASSWORD,
            "ZHISHOU_MAILBOX_TRUSTS": "mx.zhishou.example",
        }


@contextmanager
def dovecot(more: str = "", *, named: str = "") -> Iterator[Dovecot]:
    """One that runs while this lasts; ``more``: what else it is told; ``named``: it has a certificate of that name."""
    if _FOUND is None:
        print("not run: there is no Dovecot (apt-get install dovecot-imapd)")  # noqa: T201  # for whoever reads the run
        pytest.skip("not run: there is no Dovecot (apt-get install dovecot-imapd)")
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    try:
        tls = _free_port() if named else 0
        certified(home, named or "localhost")
        with _running(home, more, tls) as port:
            yield Dovecot(port, home, tls)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _running(home: Path, more: str, tls: int) -> Iterator[int]:
    me, is_root = pwd.getpwuid(os.getuid()), os.getuid() == 0
    owner = pwd.getpwnam("nobody") if is_root else me
    home.chmod(0o755)
    for name in ("mail", "run", "state"):
        (home / name).mkdir()
    if is_root:
        os.chown(home / "mail", owner.pw_uid, owner.pw_gid)
    port = _free_port()
    users = more if is_root else f"{more}\ndefault_internal_user = {me.pw_name}\ndefault_login_user = {me.pw_name}"
    told = {"home": home, "port": port, "uid": owner.pw_uid, "gid": owner.pw_gid, "password": PASSWORD, "users": users}
    told |= {"ssl": "yes" if tls else "no", "imaps": tls}
    file = home / "dovecot.conf"
    file.write_text(_CONFIGURATION.format(**told))
    process = subprocess.Popen([str(_FOUND), "-F", "-c", str(file)])
    try:
        eventually(lambda: _answers(process, port, home), "Dovecot answers")
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _answers(process: "subprocess.Popen[bytes]", port: int, home: Path) -> bool:
    log = home / "log"
    assert process.poll() is None, f"Dovecot ended: {log.read_text() if log.exists() else ''}"
    try:
        imaplib.IMAP4("127.0.0.1", port, timeout=5).logout()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
