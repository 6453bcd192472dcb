"""The folder of an embedded installation, `ZHISHOU_HOME`: who runs it, and where others reach it."""

import fcntl
import os
from pathlib import Path

from runtime.errors import AlreadyRunningError, NotRunningError
from runtime.files import private_folder, write_private


class Home:
    """Only the process that claimed it runs on it; the kernel gives the claim back when that one dies."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()
        self._lock = self.path / "lock"
        self._runtime = self.path / "runtime.json"

    @property
    def logs(self) -> Path:
        return private_folder(self.path / "logs")

    def claim(self) -> None:
        # Through root's folder others may pass, as the database server does; all in it is private.
        self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            who = self._lock.read_text() or "it is just starting"
            raise AlreadyRunningError(f"an installation already runs on {self.path}: {who}") from None
        # The descriptor stays open, and with it the claim, until the process ends.
        os.truncate(handle, 0)
        self._runtime.unlink(missing_ok=True)

    def sign(self, who: str) -> None:
        """What a second start will say of this one."""
        self._lock.write_text(who)

    def holder(self) -> int | None:
        """The process that runs on it, as it signed."""
        words = self._lock.read_text().split() if self.is_claimed() else []
        return int(words[1].rstrip(",")) if len(words) > 1 else None

    def publish(self, runtime: str) -> None:
        write_private(self._runtime, runtime)

    def published(self) -> str:
        if not (self.is_claimed() and self._runtime.is_file()):
            raise NotRunningError(f"no installation runs on {self.path}; start one with `make run`")
        return self._runtime.read_text()

    def is_claimed(self) -> bool:
        """Whether somebody runs on it now."""
        if not self._lock.is_file():
            return False
        with self._lock.open() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False
