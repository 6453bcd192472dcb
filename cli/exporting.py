"""The half of `zhishou audit` that needs an installation; imported by it only when it is asked for."""

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from cli.bars import with_bar
from cli.registry import registry
from evidence.faults import EvidenceError
from evidence.leaves import ErasedLeaf
from evidence.notes import PublicKey
from evidence.shelf import Shelf
from evidence.verifying import Verified
from gateway import recording, scrubbing, stamping
from gateway.exporting import export
from gateway.verdict.folding import Folded, folded, runs_in
from gateway.verdict.judging import Part, judged
from runtime.archive import Archive, public_keys, shelf_of
from runtime.blobs import Blobs
from runtime.errors import PlainError
from runtime.files import write_private
from runtime.settings import Given, Settings
from runtime.signing import rotate

_CHECK = "核对 / check"


def write(number: str, out: Path) -> int:
    """The bundle of a ticket into a file, whole or not at all, for its owner's eyes; answers its size."""
    data = made(number)
    write_private(out, data)
    return len(data)


def made(number: str) -> bytes:
    """The bundle of a ticket, as it stands now."""
    return asyncio.run(_made(number))


def judge(told: Verified) -> dict[Part, EvidenceError | None]:
    """What does not hold of each part, as far as one looked."""
    return asyncio.run(judged(told))


def own_keys() -> list[PublicKey]:
    """The public keys of this installation's archive."""
    keys = public_keys(Given())
    if not keys:
        raise PlainError(
            "这里没有归档的公钥，请用 --key 指定 / there are no keys of an archive here; give them with --key"
        )
    return keys


def own_archive() -> Shelf:
    """Where this installation's log lies."""
    return shelf_of(Given())


def look_through() -> int:
    """See that the whole archive of this installation holds; answers how many leaves it has."""
    own_keys()
    given = Given()
    archive = Archive.of(given)
    size = scrubbing.look_through(archive, partial(with_bar, about=_CHECK))
    stamping.see_that_they_hold(archive, given)
    return size


def hold_to_log() -> None:
    """See that the registry's changes and the attachments of the running installation are what its log says."""
    given = Given()
    with registry() as engine:
        recording.see_that_all_hold(Archive.of(given), engine, Blobs(given.uploads_folder))


def hold_rows() -> tuple[int, int, int]:
    """See that the rows of every archived ticket are what its histories told; answers how many tickets were, of how
    many the read model has nothing, and of how many the histories were erased.

    Raises:
        EvidenceError: the first row that is not.
    """
    archive = Archive.of(Given())
    with registry() as engine:
        runs = runs_in(archive)
        each = folded(archive, engine, runs)
        counted = _counted(with_bar(each, _CHECK, len(runs)))
        return *counted, len(archive.index.numbers(ErasedLeaf.kind))


def _counted(found: Iterable[Folded]) -> tuple[int, int]:
    shown = missing = 0
    for one in found:
        if one.fault:
            raise EvidenceError(f"{one.number}, {one.fault.place}", one.fault.label)
        shown, missing = shown + one.is_shown, missing + (not one.is_shown)
    return shown, missing


def rotate_key() -> str:
    """Make a new key."""
    own_keys()
    return rotate(Given().archive_key_folder)


async def _made(number: str) -> bytes:
    with registry() as engine:
        data, _ = await export(Settings.of_running_installation(), engine, number)
        return data
