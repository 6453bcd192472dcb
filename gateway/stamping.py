"""Stamping: once a day authorities are asked to stamp the log's newest checkpoint. None of them holds up archiving.

One that stays away, or answers with what does not hold, is told of.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
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
from evidence.stamps import Certificates, Place, Stamped
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
_FOREIGN = Label("不是所配置机构的时间戳", "no authority of the settings has stamped it")

#: The root certificates of authorities, by their ids.
Roots = Mapping[str, Certificates]


@dataclass(frozen=True, slots=True)
class Authority:
    """Who stamps. ``file``: its root certificates, in PEM."""

    url: str
    file: Path

    @property
    def called(self) -> str:
        """What it is told of by: what stands behind the path may be for nobody else."""
        return self.url.partition("?")[0]

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
    day = f"{now:%Y-%m-%d}"
    done = await asyncio.to_thread(_done, archive, head.checkpoint.size, day, authorities)
    missing = [each for each in authorities if each.id not in done]
    answers = await asyncio.gather(*(_lacks(archive, head, each, day) for each in missing))
    return {each: lack for each, lack in zip(missing, answers, strict=True) if lack}


def see_that_they_hold(archive: Archive, given: Given) -> None:
    """All stamps that were kept are there, and of states of the log; of authorities that the settings name, theirs.

    Raises:
        EvidenceError: the first that does not hold.
        PlainError: of an authority there are no root certificates.
    """
    roots = roots_of(given)
    for each in configured(given):
        if each.id not in roots:
            raise PlainError(f"{each.file} 不是 PEM 证书 / has no certificates in PEM: ZHISHOU_TIMESTAMPS")
    for _, fault in wrong(archive, archive.stamps(), roots):
        raise fault


def roots_of(given: Given) -> Roots:
    """Those of the authorities that the settings name; who has none is told of when it is asked."""
    return _roots(configured(given))


def _roots(authorities: Sequence[Authority]) -> Roots:
    found: dict[str, Certificates] = {}
    for each in authorities:
        with suppress(OSError, ValueError):
            found[each.id] = each.roots
    return found


def wrong(archive: Archive, among: Iterable[Place], roots: Roots) -> Iterator[tuple[Place, EvidenceError]]:
    """Which of these stamps do not hold, and why; what is by an authority of these roots is missed from now on."""
    for place in among:
        try:
            with archive.shelf.alone():
                found = held(archive, place, roots)
        except EvidenceError as fault:
            yield place, fault
            continue
        if place.authority in roots:
            archive.remember_stamp(place, found)


def held(archive: Archive, place: Place, roots: Roots) -> Stamped:
    """A stamp of the log, to which nobody adds meanwhile; of an authority whose roots are known it is theirs.

    Raises:
        EvidenceError: it does not hold.
    """
    found = _theirs(archive, place, roots)
    archive.log.has_been(checkpoint.opened(found.note, archive.keys))
    return found


def _theirs(archive: Archive, place: Place, roots: Roots) -> Stamped:
    found = archive.stamped(place)
    hold(place.authority not in roots or found.is_by(roots[place.authority]), place.answer, _FOREIGN)
    return found


def _done(archive: Archive, size: int, day: str, authorities: Sequence[Authority]) -> set[str]:
    """Who has stamped this state, or any other today; what was damaged since counts for nothing."""
    there = [each for each in archive.stamps() if each.day == day or each.size >= size]
    roots, done = _roots(authorities), set[str]()
    for each in there:
        with suppress(EvidenceError):
            _theirs(archive, each, roots)
            done.add(each.authority)
    return done


async def _lacks(archive: Archive, head: Head, authority: Authority, day: str) -> Lack | None:
    """Why it does not stamp; what it answers is kept at once, whatever the others do."""
    try:
        answer = await _asked(head, authority)
    except (EvidenceError, OSError, *outside.FAILURES) as error:
        log.warning("no time stamp", authority=authority.called, error=str(error) or type(error).__name__)
        return Lack(type(error).__name__)
    place = Place(head.checkpoint.size, authority.id, day)
    await asyncio.to_thread(archive.keep_stamp, place, Stamped(place.size, head.note, answer))
    return None


async def _asked(head: Head, authority: Authority) -> bytes:
    """Its answer, once it holds."""
    roots, asked = await asyncio.to_thread(lambda: authority.roots), stamps.request(head.note)
    answer = await outside.post(authority.url, asked.as_bytes(), WITHIN_S, _LARGEST, _ASKED)
    if answer.status != HTTPStatus.OK:
        raise ValueError(f"{answer.status}")
    await asyncio.to_thread(stamps.verified, answer.body, head.note, roots, asked)
    return answer.body
