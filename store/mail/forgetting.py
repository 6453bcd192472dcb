"""Forgetting: who wrote a mail, once what it stands on is erased, and whatever opened nothing."""

from collections.abc import Iterable, Iterator, Mapping
from email.utils import parseaddr

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, update

from domain.ticket.timeline import Happening
from store.models import Became, EntryRow, MailRow, TicketRow

#: Of a mail on a timeline, who wrote it.
WRITER = "writer"
_NOBODY = {"sender": "", "name": "", "subject": "", "message_id": ""}


def written_by(connection: Connection, address: str) -> Iterator[str | None]:
    """The tickets on which there is something that was written from an address, or that call back to it."""
    yield from connection.scalars(select(MailRow.ticket).where(MailRow.sender == address, MailRow.ticket.is_not(None)))
    yield from connection.scalars(select(TicketRow.number).where(func.lower(TicketRow.contact_phone) == address))
    yield from connection.scalars(select(EntryRow.ticket).where(wrote([address])))


def wrote(addresses: Iterable[str]) -> ColumnElement[bool]:
    """Whether an entry is of a mail that was written from one of these."""
    writer = func.lower(EntryRow.data[WRITER].astext)
    whole = ((writer == each, writer.endswith(f"<{each}>", autoescape=True)) for each in addresses)
    return and_(EntryRow.happening == Happening.MAILED, or_(false(), *(one for both in whole for one in both)))


def forget(connection: Connection, ticket: str) -> list[str]:
    """Who wrote the mails on a ticket; their ids."""
    its = MailRow.ticket == ticket
    ids = connection.scalars(select(MailRow.id).where(its)).all()
    connection.execute(update(MailRow).where(its).values(_NOBODY))
    return list(ids)


def forget_what_opened_nothing(connection: Connection, address: str) -> None:
    """Who wrote what was no report."""
    nothing = (MailRow.sender == address, MailRow.became == Became.NOISE)
    connection.execute(update(MailRow).where(*nothing).values(_NOBODY))


def names_of_mails(connection: Connection, ticket: str) -> set[str]:
    """What whoever wrote the mails on a ticket is called."""
    rows = connection.execute(select(MailRow.sender, MailRow.name).where(MailRow.ticket == ticket))
    return {word for row in rows for word in row}


def names(documents: Iterable[object]) -> set[str]:
    """What whoever wrote the mails is called that stand in these documents."""
    writers = [str(each[WRITER]) for each in documents if isinstance(each, Mapping) and each.get(WRITER)]
    return {*writers, *(part for each in writers for part in parseaddr(each))}
