"""What is kept of a person: every row that names one of their accounts, or a report that came from their number; and of
whoever has no account, by their number alone.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, cast, false, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB, JSONPATH

from domain.people.phones import phone
from store.erasing import Concerned, concerned
from store.evidence import Rows, told
from store.mail.chatting import CHATS
from store.mail.forgetting import wrote
from store.models import Base, EntryRow, MailRow, NotificationRow, PersonRow, PhoneCallRow, TicketRow
from store.statistics.folding import Counted

#: Table by table: the columns that hold an account, and those that may name one somewhere inside.
NAMING: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "approval_link": (("person", "handed_by"), ()),
    "confirmation": (("person", "asked_by", "decided_by"), ()),
    "delivery": (("recipient",), ()),
    "deputyship": (("approver", "deputy", "recorded_by", "named_by"), ()),
    "device": (("person_id",), ()),
    "entry": (("actor_id",), ("data",)),
    "identity": (("person_id", "bound_by"), ()),
    "mail": (("taken_by",), ()),
    "notification": (("recipient",), ("grounds", "data", "about")),
    "person": (("id",), ("also", "told_apart")),
    "phone_call": (("returned_by",), ()),
    "phrase": (("owner",), ()),
    "preference": (("person",), ()),
    "presence": (("person",), ()),
    "receipt": (("opener_id",), ()),
    "registry_change": (("person", "whom", "about"), ("before", "after")),
    "session": (("person_id",), ()),
    "shift": (("person", "substitute"), ()),
    "standing_authorisation": (("recorded_by",), ()),
    "statistic": (("about",), ()),
    "ticket": (("opener_id", "assignee"), ()),
    "token": (("person_id",), ()),
    "upload": (("uploaded_by",), ()),
    "view": (("owner",), ()),
}
#: The tables that hold nothing of a person, but for what somebody wrote in a text; and why.
OF_NOBODY: Mapping[str, str] = {
    "agreement_news": "changes of contracts",
    "beat": "parts of the installation",
    "channel": "channels of the installation",
    "channel_rule": "what the company lays down for its channels",
    "contract": "contracts",
    "customer": "companies",
    "department": "departments of companies",
    "erasure": "what was erased, by ticket and attachment",
    "finding": "what the watchdog found",
    "mailbox": "mailboxes of the installation",
    "obligation": "promises",
    "organisation": "vendors and companies",
    "session_secret": "hashes of secrets, of the sessions that are told",
    "set_aside": "what could not be projected, until it is; the same stands in the ticket's history",
    "sign_in_failure": "counters under hashes",
    "sign_in_flow": "sign-ins under way, of nobody yet",
    "statistic_month": "months",
    "suspect": "tickets to look at",
    "unheard": "tickets to look at",
}
#: Secrets and hashes of them, and what serves searching.
_LEFT_OUT = frozenset(
    ("hash", "password_hash", "second_half", "csrf", "key_hash", "body_hash", "digest", "searched", "searched_pairs")
)
_REPORTS, _STATISTICS, _MAILS, _ENTRIES = "ticket", "statistic", "mail", "entry"


def kept_of_caller(engine: Engine, number: str, mail: str = "") -> Rows:
    """The rows, table by table, of whoever is called by a telephone number, or writes from an address, without account.

    Their tickets, all that happened on these, their calls and mails. None: the number is none, and nothing is the mail.
    """
    reported = concerned(engine, number, (), mail=mail)
    digits, mail = reported.digits, reported.mail
    if not (digits or mail):
        return {}
    numbers = [*reported.tickets.goes, *reported.tickets.stays]
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        return {
            name: _read(connection, Base.metadata.tables[name], which)
            for name, which in (
                ("ticket", TicketRow.number.in_(numbers)),
                ("entry", EntryRow.ticket.in_(numbers)),
                ("notification", or_(NotificationRow.ticket.in_(numbers), _of_calls(reported))),
                ("phone_call", and_(PhoneCallRow.digits == digits, literal(bool(digits)))),
                ("mail", or_(MailRow.ticket.in_(numbers), and_(MailRow.sender == mail, literal(bool(mail))))),
                ("upload", false()),
            )
        }


def _of_calls(reported: Concerned) -> ColumnElement[bool]:
    calls = [*reported.calls.goes, *reported.calls.stays]
    which: ColumnElement[bool] = NotificationRow.data["phone_call"].astext.in_(calls)
    return which


def kept_of(engine: Engine, account: str) -> Rows:
    """The rows, table by table, of the account and of those that are the same person's; none: nobody has that id.

    A report counts whose contact has their telephone number, and a mail from their address. Who is meant in a text is
    found by nobody here.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        theirs = list(_accounts(connection, account))
        if not theirs:
            return {}
        numbers, senders = _numbers(connection, theirs), _senders(connection, theirs)
        return {name: _rows(connection, Base.metadata.tables[name], theirs, numbers, senders) for name in NAMING}


def _accounts(connection: Connection, account: str) -> Iterator[str]:
    row = connection.execute(select(PersonRow.id, PersonRow.also).where(PersonRow.id == account)).one_or_none()
    if row is not None:
        yield from (row.id, *row.also)


def _numbers(connection: Connection, accounts: list[str]) -> list[str]:
    said = connection.scalars(select(PersonRow.phone).where(PersonRow.id.in_(accounts)))
    return [digits for each in said if each and (digits := phone(each).digits)]


def _senders(connection: Connection, accounts: list[str]) -> list[str]:
    """From where they write: their mail addresses, and as what a robot's messages of theirs are kept."""
    mails = connection.scalars(select(PersonRow.email).where(PersonRow.id.in_(accounts), PersonRow.email.is_not(None)))
    return [*(each.lower() for each in mails if each), *(f"{each}@{way}" for each in accounts for way in CHATS)]


def _rows(
    connection: Connection, table: Table, accounts: list[str], numbers: list[str], senders: list[str]
) -> list[dict[str, Any]]:
    exact, inside = NAMING[table.name]
    which: list[ColumnElement[bool]] = [table.c[name].in_(accounts) for name in exact]
    which += [_names(table.c[name], each) for name in inside for each in accounts]
    if table.name == _REPORTS and numbers:
        which.append(table.c.contact_number.in_(numbers))
    if table.name == _MAILS:
        which += [_written_by(table, each) for each in accounts]
    if table.name == _ENTRIES:
        which.append(wrote(senders))
    if table.name == _STATISTICS:  # elsewhere the same column holds clauses and stages
        which = [and_(table.c.what == Counted.TICKETS.value, *which)]
    return _read(connection, table, or_(false(), *which))


def _read(connection: Connection, table: Table, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if column.name not in _LEFT_OUT]
    read = connection.execute(select(*columns).where(which).order_by(*table.primary_key))
    return [told(row) for row in read.mappings()]


def _written_by(mails: Table, account: str) -> ColumnElement[bool]:
    """Whether it is from their address, or is a message to a robot: then its sender is they, by that product."""
    theirs = select(func.lower(PersonRow.email)).where(PersonRow.id == account, PersonRow.email != "")
    return or_(mails.c.sender == func.concat(account, "@", mails.c.mailbox), mails.c.sender == theirs.scalar_subquery())


def _names(column: ColumnElement[Any], account: str) -> ColumnElement[bool]:
    """Whether it is an account's id, anywhere in a document or among the words of a list."""
    if not isinstance(column.type, JSONB):
        return literal(account) == func.any(column)
    path = cast("$.** ? (@ == $who)", JSONPATH)
    return func.jsonb_path_exists(column, path, func.jsonb_build_object("who", account))
