"""The container of a bundle: a ZIP that any tool opens, of which the same parts have one writing only.

Nothing is compressed, nothing is said of times or owners, and nothing stands between, before or behind the parts.
"""

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG

from domain.words.label import Label
from evidence.faults import EvidenceError, hold

#: Beyond this the format would be another.
LARGEST = 2 * 1024**3 - 1
_LOCAL = struct.Struct("<4s5H3I2H")
_NAME = re.compile(r"[a-z0-9][a-z0-9._/-]{0,200}")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def written(parts: Mapping[str, bytes]) -> bytes:
    """The parts, in their order."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as container:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, 0o644 << 16
            container.writestr(info, content)
    return whole.getvalue()


def in_file(file: Path) -> bytes:
    """What a file holds, whoever has brought it: no device or pipe, which may never end, and no more than a bundle has.

    Raises:
        EvidenceError: it is none that a bundle could be.
        OSError: there is none, or it cannot be read.
    """
    about = file.stat()
    none = Label("不是普通文件，或大于 2 GiB：不是证据文件", "no ordinary file, or larger than 2 GiB: it is no bundle")
    hold(S_ISREG(about.st_mode) and about.st_size <= LARGEST, file.name, none)
    return file.read_bytes()


def read(data: bytes) -> dict[str, bytes]:
    """The parts, in their order.

    Raises:
        EvidenceError: any byte is another than it would be if these parts were written; the place is said.
    """
    parts: dict[str, bytes] = {}
    ends: dict[str, int] = {}
    at = 0
    while len(data) >= at + _LOCAL.size and data[at : at + 4] == b"PK\x03\x04":
        size, _, name_length, more = _LOCAL.unpack_from(data, at)[7:11]
        start = at + _LOCAL.size + name_length + more
        name = data[at + _LOCAL.size : start - more].decode("ascii", "replace")
        if not _NAME.fullmatch(name) or name in parts:
            raise _damaged(f"byte {at}", at)
        parts[name] = data[start : start + size]
        at = ends[name] = start + size
    again = written(parts)
    if again == data:
        return parts
    differs = next((at for at, (one, other) in enumerate(zip(data, again, strict=False)) if one != other), None)
    first = min(len(data), len(again)) if differs is None else differs
    raise _damaged(next((name for name, end in ends.items() if first < end), "container"), first)


def _damaged(place: str, at: int) -> EvidenceError:
    return EvidenceError(
        place, Label(f"文件在第 {at} 字节处被改动、增删或截断", f"the file is changed, cut or longer at byte {at}")
    )
