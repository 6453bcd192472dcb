"""Mail that comes in, and the mailboxes that it comes to."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, ForeignKey, Index, LargeBinary, exists, false, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.actors import SERVICE_SIDE
from domain.ticket.timeline import Happening
from store.models.base import Base
from store.models.entry import EntryRow


class Became(StrEnum):
    """What became of a mail."""

    OPENED = "opened"  # a ticket
    SAID = "said"  # it stands on the ticket that it is about
    FOLDED = "folded"  # so does it, on one that its sender has opened just before: they write a great many
    NOISE = "noise"  # nothing: no person has written it to us
    UNREADABLE = "unreadable"  # somebody is to look at it


#: What somebody is to take.
TO_BE_TAKEN = (Became.OPENED, Became.UNREADABLE)
_WAITS = "became IN ('opened', 'unreadable') AND taken_at IS NULL"


class MailboxRow(Base):
    """A mailbox that is read, and how far. What lay there before it was set up is read by nobody."""

    __tablename__ = "mailbox"

    #: User, host, port and folder.
    name: Mapped[str] = mapped_column(primary_key=True)
    #: Under what its server numbers mails now, and the number from which on they are new.
    validity: Mapped[int] = mapped_column(BigInteger)
    next_uid: Mapped[int] = mapped_column(BigInteger)
    since: Mapped[datetime]
    #: When it was last read; since when, and why, it cannot be.
    read_at: Mapped[datetime | None]
    failing_since: Mapped[datetime | None]
    failure: Mapped[str | None]


class MailRow(Base):
    """A mail, once, however often a server shows it."""

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_undone", "came_at", postgresql_where=text("became IS NULL")),
        Index("ix_mail_waits", "came_at", postgresql_where=text(_WAITS)),
        # What somebody writes lately.
        Index("ix_mail_sender", "sender", "done_at"),
        # What an answer refers to.
        Index("ix_mail_message_id", "message_id"),
        Index("ix_mail_ticket", "ticket"),
        # What was signed with the same time.
        Index("ix_mail_mailbox_uid", "mailbox", "uid"),
    )

    #: A hash of what it says of itself and of what is in it, whichever way it came.
    id: Mapped[str] = mapped_column(primary_key=True)
    mailbox: Mapped[str] = mapped_column(ForeignKey("mailbox.name"))
    validity: Mapped[int] = mapped_column(BigInteger)
    #: Its number in the mailbox; of a message to a robot what was signed of it, where that is a time alone.
    uid: Mapped[int] = mapped_column(BigInteger)
    #: When it reached our server, by its clock.
    came_at: Mapped[datetime]
    #: As it came, until something has become of it; what nobody can read is kept. ``cut``: it is the beginning alone.
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    cut: Mapped[bool]
    #: How often somebody began to see to it; when that is tried again.
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    #: Of whoever seems to have written it; what it is called by its sender's program, and by its sender.
    sender: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    message_id: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="")
    #: A server that we trust says that it is of that sender's.
    vouched: Mapped[bool] = mapped_column(default=False, server_default=false())
    became: Mapped[Became | None]
    #: Of noise, which; of what nothing has become of yet, what it waits for.
    why: Mapped[str | None]
    ticket: Mapped[str | None]
    done_at: Mapped[datetime | None]
    #: By when somebody takes it; when that was said, and by whom. Whoever acts on its ticket has taken it.
    due_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


def acted_on() -> ColumnElement[bool]:
    """Whether somebody of ours has done anything on the ticket of a mail: then they have taken it."""
    did = (EntryRow.ticket == MailRow.ticket, EntryRow.actor_role.in_(SERVICE_SIDE))
    return exists().where(*did, EntryRow.happening != Happening.COMMAND_REFUSED)
