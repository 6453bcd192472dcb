"""Filing: what was sent along with a mail becomes the ticket's attachments, looked at as what people bring."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import Engine

from api.attachments.looking import is_it
from api.attachments.media import ALIASES, MEDIA
from api.attachments.requests import displayed
from domain.people.actors import SYSTEM
from mailroom.links import without_links_inside
from mailroom.mails import File
from runtime.blobs import Blobs
from runtime.settings import Settings
from store import attachments
from store.attachments import FullError, Room, StoredFile

#: What programs call a file of which they know nothing.
_ANYTHING = frozenset(
    {"application/octet-stream", "application/binary", "application/force-download", "binary/octet-stream"}
)


@dataclass(frozen=True, slots=True)
class Filing:
    """Keeps files of mails."""

    settings: Settings
    engine: Engine

    def file(self, mail: str, number: str, files: tuple[File, ...], now: datetime) -> tuple[list[str], list[str]]:
        """The ids of the attachments, and the names of what is not kept; the same however often it is asked."""
        kept: list[str] = []
        left: list[str] = []
        for nth, file in enumerate(files):
            key = hashlib.sha256(f"mail {mail} {nth}".encode()).hexdigest()
            id_ = next(filter(None, (self._kept(key, number, file, type_, now) for type_ in _types(file))), None)
            kept, left = ([*kept, id_], left) if id_ else (kept, [*left, file.name])
        return kept, left

    def _kept(self, key: str, number: str, file: File, type_: str, now: datetime) -> str | None:
        if (before := attachments.brought_under(self.engine, key)) is not None:
            return before.id
        if not 0 < len(file.content) <= self.settings.upload_limit:
            return None
        content = without_links_inside(file.content)
        blobs = Blobs(self.settings.uploads_folder)
        incoming = blobs.receive()
        try:
            incoming.write(content)
            incoming.finish()
            if not is_it(incoming.path, type_):
                return None
            sha256 = incoming.keep()
        finally:
            incoming.drop()
        name = displayed(file.name, MEDIA[type_].extensions)
        stored = StoredFile(sha256, len(content), type_, name, blobs.path(sha256), key)
        room = Room(self.settings.ticket_files, self.settings.ticket_bytes)
        try:
            row, _ = attachments.add(self.engine, SYSTEM, number, stored, room, now)
        except FullError:
            attachments.forget(self.engine, stored)
            return None
        return row.id


def _types(file: File) -> Iterator[str]:
    """What it may be, by what its sender's program states, and by its name where that states nothing of use."""
    stated = ALIASES.get(file.stated, file.stated)
    if stated in MEDIA:
        yield stated
    if stated not in MEDIA or stated in _ANYTHING:
        ending = PurePosixPath(file.name.lower()).suffix
        yield from (type_ for type_, medium in MEDIA.items() if ending in medium.extensions)
