"""Stamping: once a day authorities are asked to stamp the log's newest checkpoint. None of them holds up archiving.

One that stays away, or answers with what does not hold, is told of.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path

import structlog
from cryptography import x509
from sqlalchemy import Engine

from domain.audience.watch import Trouble
from domain.words.label import Label
from evidence import checkpoint, stamps
from evidence.faults import EvidenceError, hold
from evidence.log import Head
from evidence.stamps import Certificates, Place
from gateway import outside
from gateway.outside import Lack
from runtime.archive import Archive
from runtime.errors import PlainError
from runtime.settings import Given
from runtime.words import listed
from store.watch.beats import STAMPS, beat

log = structlog.get_logger()

#: Seconds from one look to the next, and how many one may take.
EVERY_S, LOOK_S = 600, 60
#: So long an authority may take.
WITHIN_S = 20
_LARGEST = 64 * 1024
_ASKED = "application/timestamp-query"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who stamps. ``file``: its root certificates, in PEM."""

    url: str
    file: Path

    @property
    def called(self) -> str:
        """What it is told of by."""
        return self.url

    @property
    def id(self) -> str:
        """Where its stamps lie."""
        return hashlib.sha256(self.url.encode()).hexdigest()[:16]

    @property
    def roots(self) -> Certificates:
        """By which its stamps are verified.

        Raises:
            OSError, ValueError: there is no such file, or it has none.
        """
        return x509.load_pem_x509_certificates(self.file.read_bytes())


@dataclass(frozen=True, slots=True)
class Stamping:
    """Looks again and again."""

    engine: Engine
    given: Given

    async def look(self) -> None:
        """Have this installation's log stamped by all who have not today, and tell of who stays away."""
        authorities = configured(self.given)
        asking = partial(ask, authorities=authorities, now=datetime.now(UTC)) if authorities else None
        await outside.look(self.engine, self.given, Trouble.UNSTAMPED, asking)
        await asyncio.to_thread(beat, self.engine, STAMPS, EVERY_S)


def configured(given: Given) -> list[Authority]:
    """Those that the settings name."""
    pairs = [each.partition(" ") for each in listed(given.timestamps)]
    return [Authority(url, Path(file.strip()).expanduser()) for url, _, file in pairs]


async def ask(archive: Archive, authorities: Sequence[Authority], now: datetime) -> dict[Authority, Lack]:
    """Have the state stamped, all at once, by those who have not yet, nor any other today; answers by whom it is not.

    Whoever does not answer is asked again in the next look.
    """
    head = await asyncio.to_thread(archive.log.head)
    if head is None:
        return {}
    day, there = f"{now:%Y-%m-%d}", await asyncio.to_thread(stamps.places, archive.shelf)
    size = head.checkpoint.size
    done = {each.authority for each in there if each.day == day or each.size >= size}
    missing = [each for each in authorities if each.id not in done]
    answers = await asyncio.gather(*(_lacks(archive, head, each, day) for each in missing))
    return {each: lack for each, lack in zip(missing, answers, strict=True) if lack}


def see_that_they_hold(archive: Archive, given: Given) -> None:
    """All stamps that are kept are of states of the log; those of authorities that the settings name are theirs.

    Raises:
        EvidenceError: the first that does not hold.
        PlainError: of an authority there are no root certificates.
    """
    known = {each.id: _roots_of(each) for each in configured(given)}
    another = Label("时间戳对应的不是这一状态", "it is the stamp of another state")
    for place in stamps.places(archive.shelf):
        stamped = archive.stamped(place)
        state = checkpoint.opened(stamped.note, archive.keys)
        hold(state.size == place.size, place.note, another)
        with archive.shelf.alone():
            archive.log.has_been(state)
        stamps.said(stamped.answer, stamped.note, place.answer)
        foreign = Label("不是所配置机构的时间戳", "no authority of the settings has stamped it")
        hold(place.authority not in known or stamped.is_by(known[place.authority]), place.answer, foreign)


def _roots_of(authority: Authority) -> Certificates:
    try:
        return authority.roots
    except (OSError, ValueError):
        raise PlainError(f"{authority.file} 不是 PEM 证书 / has no certificates in PEM: ZHISHOU_TIMESTAMPS") from None


async def _lacks(archive: Archive, head: Head, authority: Authority, day: str) -> Lack | None:
    """Why it does not stamp; what it answers is kept at once, whatever the others do."""
    try:
        answer = await _asked(head, authority)
    except (EvidenceError, OSError, *outside.FAILURES) as error:
        log.warning("no time stamp", authority=authority.called, error=str(error) or type(error).__name__)
        return Lack(type(error).__name__)
    place = Place(head.checkpoint.size, authority.id, day)
    await asyncio.to_thread(archive.shelf.put, place.note, head.note)
    await asyncio.to_thread(archive.shelf.put, place.answer, answer)
    return None


async def _asked(head: Head, authority: Authority) -> bytes:
    """Its answer, once it holds."""
    roots, asked = await asyncio.to_thread(lambda: authority.roots), stamps.request(head.note)
    answer = await outside.post(authority.url, asked.as_bytes(), WITHIN_S, _LARGEST, _ASKED)
    if answer.status != HTTPStatus.OK:
        raise ValueError(f"{answer.status}")
    await asyncio.to_thread(stamps.verified, answer.body, head.note, roots, asked)
    return answer.body
