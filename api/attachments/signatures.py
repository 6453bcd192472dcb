"""Signatures: what a file's first bytes say that it is. A library knows most; where it says nothing sure, we do."""

import codecs
import mmap
from collections.abc import Callable
from pathlib import Path

import puremagic

#: Whether a file is of a kind.
Recogniser = Callable[[Path], bool]

#: So much of a file says what it is.
_HEAD = 4096
#: What the systems of our readers run: Windows, Linux, macOS, a shell. AMR begins with `#!` too.
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!/", b"#! ")
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})
_PCAP = (b"\xa1\xb2\xc3\xd4", b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x4d\x3c\xb2\xa1")


def head(path: Path) -> bytes:
    """The beginning of a file."""
    with path.open("rb") as file:
        return file.read(_HEAD)


def is_program(beginning: bytes) -> bool:
    """Whether what begins like this is run."""
    return beginning.startswith(_PROGRAMS)


def any_of(*recognisers: Recogniser) -> Recogniser:
    """By whichever of them knows it."""
    return lambda path: any(is_it(path) for is_it in recognisers)


def magic(*extensions: str) -> Recogniser:
    """By what the library of magic numbers finds. Some of its marks do not stand first: a program may carry them."""

    def is_it(path: Path) -> bool:
        beginning = head(path)
        try:
            found = {match.extension for match in puremagic.magic_string(beginning)}
        except (puremagic.PureError, ValueError):
            return False
        return not is_program(beginning) and not found.isdisjoint(extensions)

    return is_it


def is_film(path: Path) -> bool:
    """Moving pictures or sound in the ISO container, of whatever brand.

    Every maker registers brands, and the library lists a few of some hundred. What is no picture is a film.
    """
    brands = _brands(path)
    return bool(brands) and brands[0] not in _HEIF | _AVIF


def is_heic(path: Path) -> bool:
    """A picture of a phone; the library does not know the general brands."""
    return not _HEIF.isdisjoint(_brands(path)[:1])


def is_avif(path: Path) -> bool:
    """Known by any of its brands, for the first is often the general one."""
    return not _AVIF.isdisjoint(_brands(path))


def _brands(path: Path) -> tuple[bytes, ...]:
    """Those that the first box of an ISO file names, the major one first."""
    beginning = head(path)
    size = int.from_bytes(beginning[:4], "big")
    if beginning[4:8] != b"ftyp" or not 16 <= size <= _HEAD:
        return ()
    places = (8, *range(16, size, 4))  # between them stands the version
    return tuple(beginning[place : place + 4] for place in places)


def is_mpeg_audio(path: Path) -> bool:
    """A frame of layer II or III, of MPEG 1, 2 or 2.5: the library's releases each know some of them."""
    header = int.from_bytes(head(path)[:4], "big")
    version, layer, rate, sampling = header >> 19 & 3, header >> 17 & 3, header >> 12 & 15, header >> 10 & 3
    return header >> 21 == 0x7FF and version != 1 and layer in {1, 2} and rate != 15 and sampling != 3


def is_pcap(path: Path) -> bool:
    """Recorded traffic, in either order of bytes, in micro- or nanoseconds; the library knows its successor only."""
    return head(path).startswith(_PCAP)


def is_pdf(path: Path) -> bool:
    """From its beginning to an end mark, for many a page calls itself a PDF in its first line.

    A mark of UTF-8 or an empty line may stand before, a signature or whatever a scanner adds behind.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        ends = content.rfind(b"%%EOF") > 0
    return ends and head(path).removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-")
