"""Time stamps (RFC 3161): an authority whom both sides believe says that a state of the log was there at a time.

Whoever has the log's key can write another past, but has nobody who stamps it for a day that is over.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)

from domain.words.label import Label
from evidence.faults import EvidenceError, hold
from evidence.shelf import Shelf

FOLDER = "stamps"
_GRANTED = 0
_PLACE = re.compile(rf"{FOLDER}/([0-9a-f]{{16}})/(\d{{4}}-\d\d-\d\d)\.([1-9]\d{{0,18}})\.tsr")

Certificates = Sequence[x509.Certificate]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an answer says.

    Attributes:
        at: by the authority's clock.
        authority: as the certificate calls it by which it signs.
    """

    at: datetime
    authority: str


@dataclass(frozen=True, slots=True)
class Stamped:
    """A state of the log and its stamp, as they are passed on.

    Attributes:
        size: the entries of the log at that state.
        note: the checkpoint, byte for byte as it was stamped; ``answer``: the authority's.
    """

    size: int
    note: bytes
    answer: bytes

    def is_by(self, roots: Certificates) -> bool:
        """Whether an authority under one of these roots has stamped it."""
        try:
            verified(self.answer, self.note, roots)
        except EvidenceError:
            return False
        return True


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a stamp lies in an archive.

    Attributes:
        size: the entries of the log that it stamps.
        authority: names it, by hash; ``day``: on which it was asked (UTC).
    """

    size: int
    authority: str
    day: str

    @property
    def answer(self) -> str:
        """The authority's answer, as it came."""
        return f"{FOLDER}/{self.authority}/{self.day}.{self.size}.tsr"

    @property
    def note(self) -> str:
        """What it stamps, as it was sent."""
        return f"{FOLDER}/{self.authority}/{self.day}.{self.size}.checkpoint"


def places(shelf: Shelf) -> list[Place]:
    """Those of all stamps in an archive, the smallest state first."""
    found = filter(None, map(_PLACE.fullmatch, shelf.list(FOLDER)))
    return sorted(Place(int(size), authority, day) for authority, day, size in (each.groups() for each in found))


def first_over(among: Iterable[Place], leaves: Collection[int]) -> list[Place]:
    """Of each authority the first stamp over each of these leaves: since when they are there at the latest."""
    by_authority: dict[str, list[Place]] = {}
    for each in sorted(among):
        by_authority.setdefault(each.authority, []).append(each)
    firsts = set[Place]()
    for theirs in by_authority.values():
        over = {bisect_right(theirs, leaf, key=attrgetter("size")) for leaf in leaves}
        firsts |= {theirs[at] for at in over if at < len(theirs)}
    return sorted(firsts)


def request(note: bytes) -> TimeStampRequest:
    """What an authority is asked: with a number that nobody can know before, and for its certificate."""
    return TimestampRequestBuilder().data(note).hash_algorithm(HashAlgorithm.SHA256).build()


def said(answer: bytes, note: bytes, place: str = "stamp") -> Stamp:
    """What an answer says of that note; who has signed it is another question.

    Raises:
        EvidenceError: it is no stamp, or that of something else.
    """
    with _strictly(place):
        response = _granted(answer)
        stamped, wanted = response.tst_info.message_imprint, request(note).message_imprint
        same = (stamped.hash_algorithm, stamped.message) == (wanted.hash_algorithm, wanted.message)
        hold(same, place, Label("时间戳对应的不是这一状态", "it is the stamp of something else"))
        return Stamp(response.tst_info.gen_time, _authority(response))


def verified(answer: bytes, note: bytes, roots: Certificates, asked: TimeStampRequest | None = None) -> Stamp:
    """What the answer says, once somebody under one of these roots has stamped that note, in answer to what was asked.

    The certificates have to hold at the time that is stamped, not today; whether one was withdrawn is not looked up.

    Raises:
        EvidenceError: nobody has.
    """
    with _strictly("stamp"):
        verifier = VerifierBuilder(roots=list(roots), nonce=asked.nonce if asked else None).build()
        verifier.verify(_granted(answer), request(note).message_imprint.message)
    return said(answer, note)


def _granted(answer: bytes) -> TimeStampResponse:
    response = decode_timestamp_response(answer)
    hold(response.status == _GRANTED, "stamp", Label("时间戳机构没有盖戳", "the authority has not stamped it"))
    return response


def _authority(response: TimeStampResponse) -> str:
    (signer,) = response.signed_data.signer_infos
    certificates = map(x509.load_der_x509_certificate, response.signed_data.certificates)
    named = [
        each.subject.rfc4514_string()
        for each in certificates
        if (each.issuer, each.serial_number) == (signer.issuer, signer.serial_number)
    ]
    return named[0]


@contextmanager
def _strictly(place: str) -> Iterator[None]:
    """Whatever is wrong with an answer, it does not hold."""
    try:
        yield
    except EvidenceError:
        raise
    except Exception as error:  # noqa: BLE001  # a certificate alone fails in a dozen ways that have no common name
        raise EvidenceError(place, Label("时间戳不成立", f"the time stamp does not hold ({error})")) from None
