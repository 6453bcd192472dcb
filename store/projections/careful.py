"""A batch that the database refuses for its data: row by row, and what it refuses of a row is set aside.

Nothing may silence a ticket: the entry stands on the timeline and says that it was set aside, what it said is kept as
a text that every database takes, and the ticket's standing is written as far as it can be.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from domain.people.actors import SYSTEM
from domain.read_model import Batch
from domain.ticket.opening import Opening
from domain.ticket.timeline import Entry, Happening
from store.models import SetAsideRow
from store.projections.cleaning import LIMITS, cleaned
from store.projections.entries import add_entries
from store.projections.obligations import put_obligations
from store.projections.refused import SequenceGapError, is_for_the_data, why
from store.projections.tickets import add_ticket, put_standing

#: Of a decision that was set aside: what its sender must learn of it.
_OF_A_REFUSAL = ("kind", "reason", "detail", "allowed")
_MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that could not be written as it was: the table, the entry that it came with, and all of it."""

    part: str
    seq: int
    why: str
    raw: str


@dataclass(frozen=True, slots=True)
class Written:
    """The entries that are new, as the ticket has them, and what was set aside."""

    entries: tuple[Entry, ...] = ()
    aside: tuple[Aside, ...] = ()


def write_carefully(connection: Connection, batch: Batch, current: int, *, over_gaps: bool = False) -> Written:
    """Write all of the batch that the database takes.

    Raises:
        SequenceGapError: when entries before the batch are missing, and are not to be set aside.
    """
    if batch.seq <= current:
        return Written()
    gap = batch.after_seq > current
    if gap and not over_gaps:
        raise SequenceGapError(batch.number, current + 1, batch.after_seq)
    aside = list(_fill(connection, batch, current)) if gap else []
    new = tuple(entry for entry in batch.entries if entry.seq > current)
    aside += _put(connection, add_ticket, batch, "ticket", batch.opening)
    for entry in new:
        aside += _put_entry(connection, batch.number, entry)
    for each in batch.obligations:
        aside += _put(connection, put_obligations, replace(batch, obligations=(each,)), "obligation", each)
    aside += _put(connection, put_standing, batch, "ticket", batch.summary)
    return Written(new, tuple(aside))


def keep(connection: Connection, number: str, aside: tuple[Aside, ...], now: datetime) -> None:
    """Keep what was set aside, for an operator."""
    rows = [asdict(each) | {"ticket": number, "at": now} for each in aside]
    if rows:
        connection.execute(insert(SetAsideRow), rows)


def refusal(connection: Connection, write: Callable[[], object]) -> Exception | None:
    """Write; answer why the database refuses the data, if it does: nothing has happened then."""
    try:
        with connection.begin_nested():
            write()
    except Exception as error:
        if not is_for_the_data(error):
            raise
        return error
    return None


def raw(value: Any) -> str:  # noqa: ANN401  # a dataclass, or a row
    """All of it in ASCII, whatever it holds."""
    try:
        return json.dumps(value if isinstance(value, dict) else asdict(value), default=str)
    except (TypeError, ValueError, RecursionError):
        return ascii(value)


def _put(
    connection: Connection, write: Callable[[Connection, Batch], None], batch: Batch, part: str, said: object
) -> Iterator[Aside]:
    """Write what is asked of the batch, in the first form of it that the database takes.

    Raises:
        Exception: it takes none.
    """
    first = None
    for form in _forms(batch):
        error = refusal(connection, lambda form=form: write(connection, form))  # type: ignore[misc]  # bound now
        first = first or error
        if error is None:
            break
    else:
        assert first is not None
        raise first
    if first is not None:
        yield Aside(part, batch.seq, why(first), raw(said))


def _forms(batch: Batch) -> Iterator[Batch]:
    """The batch as it is, then cleaned more and more, at last without what its entries say."""
    yield batch
    for most in LIMITS:
        yield replace(cleaned(batch, most), number=batch.number)
    entries = tuple(replace(entry, data={}) for entry in cleaned(batch.entries, LIMITS[-1]))
    yield replace(cleaned(batch, LIMITS[-1]), number=batch.number, entries=entries)


def _put_entry(connection: Connection, number: str, entry: Entry) -> Iterator[Aside]:
    error = refusal(connection, lambda: add_entries(connection, number, [entry]))
    if error is None:
        return
    yield Aside("entry", entry.seq, why(error), raw(entry))
    for instead in _instead(entry, error):
        if refusal(connection, lambda instead=instead: add_entries(connection, number, [instead])) is None:  # type: ignore[misc]
            return


def _instead(entry: Entry, error: Exception) -> Iterator[Entry]:
    """Entries that say that it was set aside, each more modest than the one before."""
    said = {"happening": entry.happening.value, "why": why(error)}
    kept = _OF_A_REFUSAL if entry.happening is Happening.COMMAND_REFUSED else ()
    words = {name: entry.data[name] for name in kept if name in entry.data}
    bare = replace(cleaned(entry, LIMITS[-1]), happening=Happening.SET_ASIDE)
    yield replace(bare, data=cleaned(words, LIMITS[-1]) | said)
    yield replace(bare, data=said)
    # Another entry has answered under its id.
    yield replace(bare, data=said, command_id=None, digest="")


def _fill(connection: Connection, batch: Batch, current: int) -> Iterator[Aside]:
    """Entries in the place of those that never arrived; of a ticket that is not there, a row of what is known."""
    at, missing = batch.entries[0].recorded_at, range(current + 1, batch.after_seq + 1)
    if not current:
        yield from _put(connection, add_ticket, replace(batch, opening=_unknown(batch)), "ticket", batch.summary)
    said = {"happening": None, "why": _MISSING}
    entries = [Entry(seq, Happening.SET_ASIDE, at, at, SYSTEM, data=said) for seq in missing]
    add_entries(connection, batch.number, cleaned(entries, LIMITS[-1]))
    yield Aside("entry", batch.after_seq, _MISSING, raw({"first": missing[0], "last": missing[-1]}))


def _unknown(batch: Batch) -> Opening:
    """What is known of a report that never arrived."""
    told = batch.summary
    return Opening(
        number=batch.number,
        contract="",
        title=told.title,
        description="",
        channel="",
        customer=told.customer,
        contact=told.contact,
        opener=SYSTEM,
        accepted_at=told.received_at,
        received_at=told.received_at,
        drill=batch.drill,
    )
