"""`zhishou people export` and `erase`: what is kept of a person, for whoever asks for that, and its end."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cli.registry import registry
from evidence import container
from gateway.forgetting import forget
from runtime.archive import is_in_reach
from runtime.blobs import Blobs
from runtime.errors import PlainError
from runtime.files import write_private
from runtime.settings import Given, Settings
from store import erasing
from store.erasing import Concerned, Parted
from store.evidence import Rows
from store.kept import kept_of, kept_of_caller

_NOT_HERE = "not here any more"
_GOES_ON = "the ticket goes on or still owes something; ask again when it is over"
_TO_RETURN = "somebody is still to return it; ask again then, or a week after it"
_PROVED_BY_NOTHING = "; what happened on it is proved by nothing from then on"


def export_person(account: str, out: Path) -> dict[str, int]:
    """Of an account; answers how many rows of which table."""
    with registry() as engine:
        kept = kept_of(engine, account)
    return _written(account, kept, out)


def export_caller(number: str, mail: str, out: Path) -> dict[str, int]:
    """Of whoever has no account, by their telephone number, mail address or both; answers how many rows of what."""
    with registry() as engine:
        kept = kept_of_caller(engine, number, mail)
    return _written(_caller(number, mail), kept, out)


def _caller(number: str, mail: str) -> str:
    return " / ".join(filter(None, (number, mail)))


def erase(phone: str, mail: str, files: list[str], histories: list[str], reason: str, *, check: bool) -> Concerned:
    """Erase what the installation can of a contact, of these attachments, and of the histories of these tickets;
    ``check``: only say what that would be.
    """
    with registry() as engine:
        for number, address in ((phone, ""), ("", mail)):
            if (number or address) and not any(kept_of_caller(engine, number, address).values()):
                raise PlainError(f"there is no {number or address}, and nothing was erased; is it spelt right?")
        found = erasing.concerned(engine, phone, files, histories, mail)
        if found.histories.goes and not is_in_reach(Given()):
            raise PlainError("histories go where the archive and its keys are; run this there, and nothing was erased")
        if not check:
            erasing.erase(engine, Blobs(Given().uploads_folder), found, reason, datetime.now(UTC))
            for number in found.histories.goes:
                asyncio.run(forget(Settings.of_running_installation(), engine, number))
    return found


def lines_of(found: Concerned, *, check: bool) -> Iterator[str]:
    """What an order says of each thing that it is about."""
    verb = "would be erased" if check else "erased"
    files = Parted(tuple(f"{number}  attachment {id_}" for id_, (number, _) in found.files.items()), ())
    for parted, called, end, reason in (
        (found.tickets, "{}  contact", "", _GOES_ON),
        (found.calls, "call {}", "", _TO_RETURN),
        (files, "{}", "", ""),
        (found.histories, "{}  histories", _PROVED_BY_NOTHING, _GOES_ON),
    ):
        yield from (f"{called.format(each)}: {verb}{end}" for each in parted.goes)
        yield from (f"{called.format(each)}: NOT erased, {reason}" for each in parted.stays)


def _written(whose: str, kept: Rows, out: Path) -> dict[str, int]:
    """A file that any ZIP tool opens: table by table as JSON, and the files that they brought.

    For its owner's eyes; whole, or not at all.
    """
    if not kept:
        raise PlainError(f"there is no {whose}")
    blobs, parts = Blobs(Given().uploads_folder), dict[str, bytes]()
    for row in kept["upload"]:
        file = blobs.path(row["sha256"])
        if file.is_file():
            parts[f"uploads/{row['sha256']}"] = file.read_bytes()
        else:
            row["file"] = _NOT_HERE
    rows = {f"{name}.json": json.dumps(found, ensure_ascii=False, indent=1).encode() for name, found in kept.items()}
    write_private(out, container.written(rows | parts))
    return {name: len(found) for name, found in kept.items() if found}
