"""Erasing: what of a person goes from the read model when they ask for it, and the files that are named with it.

The log of the archive speaks of all by hashes and so still holds; that something was erased is on record. A ticket's
histories go by an order of their own, from Temporal and from the archive (``gateway.forgetting``): docs/privacy.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Select, and_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from domain.audience.mail import without_writer
from domain.people.phones import phone
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from runtime.blobs import Blobs
from store.access.digests import new_id
from store.attachments import hold_file
from store.mail import forgetting
from store.models import AttachmentRow, EntryRow, Erased, ErasureRow, NotificationRow, PhoneCallRow, TicketRow
from store.models.base import table_of
from store.registry.faults import UnknownError
from store.searching import searched_columns
from store.telephone import SHOWN
from store.untelling import empty, strike_out
from store.watch.reading import open_tickets

_TICKET, _ENTRY = (table_of(each) for each in (TicketRow, EntryRow))
#: What a contact is called by, wherever a document names one.
_NAME, _PHONE = "name", "phone"
#: What is of a contact where all of it stands together; and what a customer that is none of ours is called.
_TOGETHER = ((_NAME, _PHONE), (forgetting.WRITER,))
_WHOSE = (("id", _NAME), ("customer", "customer_name"))
#: Which tell of contacts, beside the report itself.
_NAMING = (Happening.IDENTIFIED, Happening.MERGED_IN, Happening.COMMAND_REFUSED)


class Parted(NamedTuple):
    """Things of one kind: those that go, and those that stay, because something of them still goes on."""

    goes: tuple[str, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concerned:
    """What an order is about.

    Attributes:
        tickets: on which somebody with this number was to be called back, or has written from this address.
        histories: the tickets of which these are named.
        calls: from that number, by their ids; those stay that somebody is still to return.
        files: attachments by their ids: the ticket, and the file. Whoever brought the same bytes brought the same file.
        digits, mail: the number and the address, as they are compared.
    """

    tickets: Parted
    histories: Parted
    calls: Parted
    files: Mapping[str, tuple[str, str]]
    digits: str
    mail: str


def concerned(
    engine: Engine, number: str, files: Collection[str], histories: Collection[str] = (), mail: str = ""
) -> Concerned:
    """The tickets of whoever is called by a telephone number, or writes from an address, none where both are empty; and
    these attachments, and the histories of these tickets.

    Raises:
        UnknownError: one of the attachments, or of the tickets, is none.
    """
    digits, mail = phone(number).digits, mail.strip().lower()
    with engine.connect() as connection:
        numbers = set(_reported_by(connection, digits)) if digits else set()
        numbers |= {each for each in forgetting.written_by(connection, mail) if each} if mail else set()
        found, calls = _files(connection, files), _calls(connection, digits)
        going_on = {
            *_unfinished(connection, histories),
            *connection.scalars(_with_a_device_out({*numbers, *histories})),
        }
    going_on |= open_tickets(engine, {*numbers, *histories})
    return Concerned(_parted(numbers, going_on), _parted(set(histories), going_on), calls, found, digits, mail)


def _parted(numbers: set[str], going_on: set[str]) -> Parted:
    return Parted(tuple(sorted(numbers - going_on)), tuple(sorted(numbers & going_on)))


def erase(engine: Engine, blobs: Blobs, order: Concerned, reason: str, now: datetime) -> None:
    """Erase it, on record, each thing in one transaction. Again is no harm, and finishes what was cut off.

    Of histories it is put on record that they go, before they do.
    """
    for number in order.histories.goes:
        with engine.begin() as connection:
            _note(connection, number, Erased.HISTORY, "", reason, now)
    for number in order.tickets.goes:
        with engine.begin() as connection:
            _erase_contacts(connection, number)
            _note(connection, number, Erased.CONTACT, "", reason, now)
    with engine.begin() as connection:
        _erase_calls(connection, order.calls.goes)
        if order.mail:
            forgetting.forget_what_opened_nothing(connection, order.mail)
    for sha256 in sorted({sha256 for _, sha256 in order.files.values()}):
        with engine.begin() as connection:
            hold_file(connection, sha256)
            for id_, (ticket, of_file) in order.files.items():
                if of_file == sha256:
                    _note(connection, ticket, Erased.FILE, id_, reason, now)
            blobs.path(sha256).unlink(missing_ok=True)


def erased_of(connection: Connection, number: str) -> bool:
    """Whether a ticket's contacts were erased."""
    asked = select(ErasureRow.id).where(ErasureRow.ticket == number, ErasureRow.what == Erased.CONTACT)
    return connection.scalar(asked) is not None


def erased_files(engine: Engine, ids: Collection[str]) -> set[str]:
    """Those of the attachments whose files were erased."""
    asked = select(ErasureRow.about).where(ErasureRow.what == Erased.FILE, ErasureRow.about.in_(ids))
    with engine.connect() as connection:
        return set(connection.scalars(asked))


def wipe(connection: Connection, number: str) -> None:
    """No contact is named any more on the ticket's row and timeline, in whichever schema the connection writes."""
    said = select(*(_TICKET.c[name] for name in ("title", "description", "customer_id", "customer_name", "site")))
    row = connection.execute(said.where(_TICKET.c.number == number)).one_or_none()
    if row is None:
        return
    customer, description = row.customer_name if row.customer_id else "", without_writer(row.description)
    nobody = {"contact_name": "", "contact_phone": "", "contact_number": "", "other_contacts": []}
    nobody |= {"customer_name": customer, "description": description}
    nobody |= searched_columns(number, row.title, description, customer, row.site or "")
    connection.execute(update(_TICKET).where(_TICKET.c.number == number).values(nobody))
    for seq, data in connection.execute(select(_ENTRY.c.seq, _ENTRY.c.data).where(_ENTRY.c.ticket == number)).all():
        if (without := without_contacts(data)) != data:
            which = (_ENTRY.c.ticket == number, _ENTRY.c.seq == seq)
            connection.execute(update(_ENTRY).where(*which).values(data=without))


def without_contacts(said: Any) -> Any:  # noqa: ANN401  # any JSON
    """The same, in which no contact has a name and a telephone, no mail a writer, and who is no customer no name."""
    if isinstance(said, dict):
        blank = {name: "" for names in _TOGETHER if said.keys() >= set(names) for name in names}
        blank |= {name: "" for id_, name in _WHOSE if name in said and said.get(id_, "") is None}
        return {name: without_contacts(value) for name, value in said.items()} | blank
    return [without_contacts(each) for each in said] if isinstance(said, list) else said


def _reported_by(connection: Connection, digits: str) -> Iterator[str]:
    """The tickets on which somebody with that number is, or was, to be called back."""
    yield from connection.scalars(select(_TICKET.c.number).where(_TICKET.c.contact_number == digits))
    others = select(_TICKET.c.number, _TICKET.c.other_contacts).where(_TICKET.c.other_contacts != [])
    named = select(_ENTRY.c.ticket, _ENTRY.c.data).where(
        _ENTRY.c.happening.in_(_NAMING), func.jsonb_path_exists(_ENTRY.c.data, f"$.**.{_PHONE}")
    )
    for asked in (others, named):
        for number, data in connection.execute(asked):
            if any(phone(each[_PHONE]).digits == digits for each in _contacts(data)):
                yield number


def _unfinished(connection: Connection, histories: Collection[str]) -> set[str]:
    """Those of the tickets that are not closed, drills too, which nobody else counts."""
    stages = select(_TICKET.c.number, _TICKET.c.stage).where(_TICKET.c.number.in_(histories))
    known = {row.number: row.stage for row in connection.execute(stages)}
    for each in histories:
        if each not in known:
            raise UnknownError(each)
    return {number for number, stage in known.items() if stage != Stage.CLOSED}


def _with_a_device_out(numbers: Collection[str]) -> Select[str]:
    """Those of the tickets whose substitute has not come back: their aftercare goes on, and tells of them again."""
    out, back = Happening.SUBSTITUTE_DELIVERED, Happening.SUBSTITUTE_RETURNED
    moved = select(_ENTRY.c.ticket).where(_ENTRY.c.ticket.in_(numbers), _ENTRY.c.happening.in_([out, back]))
    counts = (func.count().filter(_ENTRY.c.happening == each) for each in (out, back))
    return moved.group_by(_ENTRY.c.ticket).having(next(counts) > next(counts))


def _contacts(said: object) -> Iterator[Mapping[str, str]]:
    """Those in a document."""
    parts: Iterable[object] = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    if isinstance(said, dict) and all(isinstance(said.get(name), str) for name in (_NAME, _PHONE)):
        yield said
    for part in parts:
        yield from _contacts(part)


def _files(connection: Connection, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    row = AttachmentRow
    asked = select(row.id, row.sha256).where(row.id.in_(ids))
    named = {each.id: each.sha256 for each in connection.execute(asked)}
    for id_ in ids:
        if id_ not in named:
            raise UnknownError(id_)
    same = select(row.id, row.ticket, row.sha256).where(row.sha256.in_(named.values()))
    return {each.id: (each.ticket, each.sha256) for each in connection.execute(same)}


def _erase_contacts(connection: Connection, number: str) -> None:
    words, mails = _words(connection, number), forgetting.forget(connection, number)
    wipe(connection, number)
    its = or_(NotificationRow.ticket == number, NotificationRow.data["mail"].astext.in_(mails))
    strike_out(connection, its, words, without_contacts)


def _words(connection: Connection, number: str) -> list[str]:
    """What the ticket's contacts and whoever wrote are called, and their numbers and addresses: the longest first."""
    row = connection.execute(
        select(
            *(_TICKET.c[name] for name in ("contact_name", "contact_phone", "other_contacts")),
            *(_TICKET.c[name] for name in ("customer_id", "customer_name")),
        ).where(_TICKET.c.number == number)
    ).one()
    documents = [{_NAME: row.contact_name, _PHONE: row.contact_phone}, row.other_contacts]
    documents += connection.scalars(select(_ENTRY.c.data).where(_ENTRY.c.ticket == number))
    words = {each[name] for said in documents for each in _contacts(said) for name in (_NAME, _PHONE)}
    words |= forgetting.names(documents) | forgetting.names_of_mails(connection, number)
    words |= set() if row.customer_id else {row.customer_name}
    return sorted(words - {""}, key=len, reverse=True)


def _calls(connection: Connection, digits: str) -> Parted:
    """Calls from that number: those that nobody has to return any more, and the others."""
    row = PhoneCallRow
    done = and_(row.ended_at.is_not(None), or_(row.answered_at.is_not(None), row.returned_at.is_not(None)))
    done = or_(done, row.rang_at < func.now() - SHOWN)
    asked = select(row.id, done).where(row.digits == digits, literal(bool(digits))).order_by(row.id)
    found = connection.execute(asked).all()
    return Parted(*(tuple(id_ for id_, is_done in found if is_done is goes) for goes in (True, False)))


def _erase_calls(connection: Connection, ids: Collection[str]) -> None:
    """They are from a number that nobody knows."""
    nobody = {"number": "", "digits": "", "recording": None}
    connection.execute(update(PhoneCallRow).where(PhoneCallRow.id.in_(ids)).values(nobody))
    empty(connection, NotificationRow.data["phone_call"].astext.in_(ids))


def _note(connection: Connection, ticket: str, what: Erased, about: str, reason: str, now: datetime) -> None:
    row = {"id": new_id(), "ticket": ticket, "what": what, "about": about, "reason": reason, "erased_at": now}
    statement = insert(ErasureRow).values(row)
    connection.execute(statement.on_conflict_do_nothing(index_elements=["ticket", "what", "about"]))
