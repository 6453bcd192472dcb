"""Messages of a batch that is refused: an alarm reaches its people whatever else of the batch cannot be written."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.audience.messages import Message, heard
from domain.audience.notices.notice import Standing
from domain.people.actors import SYSTEM
from domain.read_model import Batch, standing
from domain.ticket.opening import Contact, Customer
from domain.ticket.timeline import Entry, Happening
from store.projections.careful import Aside, Written, raw, refusal
from store.projections.cleaning import LIMITS, cleaned
from store.projections.notifications import message_row, note_unheard, told
from store.projections.refused import why
from store.telling import put_messages

#: Without it the sentence stands, and says what is to be done.
_WITHOUT: dict[str, Any] = {"data": {}, "about": {}}
#: What addresses an alarm.
_ADDRESSED = ("alarm", "roles", "people")


def tell_carefully(connection: Connection, batch: Batch, written: Written, now: datetime) -> tuple[Aside, ...]:
    """Tell the people whom the new entries are for, and those who look after what was set aside."""
    number, entries = batch.number, cleaned(written.entries, LIMITS[-1])
    stands = replace(cleaned(standing(number, batch.summary), LIMITS[-1]), number=number)
    sent = list(_made(connection, stands, entries, now))
    aside = [found for message in sent for found in _put(connection, stands, message, now)]
    note_unheard(connection, stands, entries, heard(sent))
    if written.aside or aside:
        happened = Entry(batch.seq, Happening.SET_ASIDE, entries[-1].at, entries[-1].recorded_at, SYSTEM)
        for message in _made(connection, stands, (happened,), now):
            aside += _put(connection, stands, message, now)
    return tuple(aside)


def _made(connection: Connection, stands: Standing, entries: Sequence[Entry], now: datetime) -> Iterator[Message]:
    """The messages of all of them; where none can be made of all, of each; at last, that something happened."""
    made, error = _tried(connection, stands, entries, now)
    if error is None:
        yield from made
        return
    for entry in entries:
        alone, error = _tried(connection, stands, (entry,), now)
        for said in _less(entry) if error is not None else ():
            alone, error = _tried(connection, _bare(stands), (said,), now)
            if alone:
                break
        yield from alone


def _less(entry: Entry) -> Iterator[Entry]:
    """Of an alarm whom it is for; of anything that something happened."""
    if entry.happening is Happening.ALARM_RAISED:
        yield replace(entry, data={name: entry.data[name] for name in _ADDRESSED if name in entry.data})
    yield replace(entry, happening=Happening.SET_ASIDE, data={}, command_id=None)


def _tried(
    connection: Connection, stands: Standing, entries: Sequence[Entry], now: datetime
) -> tuple[tuple[Message, ...], Exception | None]:
    made: list[Message] = []
    error = refusal(connection, lambda: made.extend(told(connection, stands, entries, now)))
    return tuple(made), error


def _bare(stands: Standing) -> Standing:
    """What no sentence stumbles over."""
    nobody = Customer(None, stands.customer.name), Contact("", "")
    return Standing(stands.number, *nobody, stands.title, stands.stage, stands.received_at)


def _put(connection: Connection, stands: Standing, message: Message, now: datetime) -> Iterator[Aside]:
    row: dict[str, Any] = message_row(stands, message, now)
    first = None
    for form in (row, cleaned(row, LIMITS[-1]), cleaned(row, LIMITS[-1]) | _WITHOUT):
        error = refusal(connection, lambda form=form: put_messages(connection, [form]))  # type: ignore[misc]  # bound now
        first = first or error
        if error is None:
            break
    if first is not None:
        yield Aside("notification", message.entry.seq, why(first), raw(row))
