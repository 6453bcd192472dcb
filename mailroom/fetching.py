"""Fetching: mail is taken out of the mailbox as it comes; one that its server cannot give away holds up no other."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from channels.mailbox import IDLE_S, Open, opened
from runtime.failpoints import reached
from runtime.settings import Settings
from store.mail import arriving, tending
from store.mail.arriving import Fetched, Place

#: From one look to the next where the server tells of nothing by itself, and after a failure, in seconds.
_LOOK_S, _FIRST_S, _LONGEST_S = 30.0, 5.0, 300.0
#: So long one waits in one piece, that who is told to stop does.
_PIECE_S = 5.0
#: A mail that so many times could not be fetched is one that cannot be.
_MOST_TIMES = 5

log = structlog.get_logger()


@dataclass
class Fetching:
    """Reads one mailbox, in a thread of its own."""

    settings: Settings
    engine: Engine
    stopped: threading.Event = field(default_factory=threading.Event)
    _failed: dict[int, int] = field(default_factory=dict)

    def until_stopped(self) -> None:
        """Read until somebody says stop; a server that is away is asked again, later and later."""
        wait_s = _FIRST_S
        while not self.stopped.is_set():
            try:
                self._read()
                wait_s = _FIRST_S
            except Exception as failure:  # noqa: BLE001  # whatever it is, it is told, and tried again
                self._note(failure)
                self.stopped.wait(wait_s)
                wait_s = min(2 * wait_s, _LONGEST_S)

    def _note(self, failure: Exception) -> None:
        """What servers say may hold what we have said to them: the kind of failure is told, and no word of it."""
        log.warning("the mailbox cannot be read", kind=type(failure).__name__)
        try:
            arriving.fails(self.engine, self.settings.mailbox_name, type(failure).__name__, datetime.now(UTC))
        except SQLAlchemyError:
            log.warning("nor can that be noted")

    def _read(self) -> None:
        """What is new, then what comes while the connection lasts."""
        with opened(self.settings) as there:
            while not self.stopped.is_set():
                if self.look(there):
                    self._rest(there)
                else:
                    self.stopped.wait(_PIECE_S)

    def _rest(self, there: Open) -> None:
        """Until there is news, or it is time to look anyway."""
        for _ in range(int(IDLE_S / _PIECE_S)):
            if not there.tells:
                there.stay()
                self.stopped.wait(_LOOK_S)
                return
            if there.news(_PIECE_S) or self.stopped.is_set():
                return

    def look(self, there: Open) -> bool:
        """Keep what is new; whether that is all: where much waits to be seen to, the rest lies safe where it is."""
        name, now = self.settings.mailbox_name, datetime.now(UTC)
        at = arriving.place(self.engine, name, there.validity, there.next_uid, now)
        new, room = there.new(at.next_uid), tending.room(self.engine)
        for uid in new[:room]:
            if self.stopped.is_set():
                break
            self._keep(there, at, uid)
            reached("kept")
        arriving.was_read(self.engine, name, datetime.now(UTC))
        return len(new) <= room

    def _keep(self, there: Open, at: Place, uid: int) -> None:
        """Keep a mail; without anything in it where that fails again and again: it is one that nobody can read."""
        try:
            is_lost = self._failed.get(uid, 0) >= _MOST_TIMES
            mail = Fetched(uid, datetime.now(UTC), b"") if is_lost else there.fetch(uid)
            if mail is not None:
                arriving.keep(self.engine, self.settings.mailbox_name, at, mail, datetime.now(UTC))
        except (OperationalError, InterfaceError):
            raise  # the database is away, which is no mail's fault
        except Exception:
            self._failed[uid] = self._failed.get(uid, 0) + 1
            raise
