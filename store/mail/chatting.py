"""Chatting: a message to a robot of ours is kept once, and waits to be seen to as a mail does; whose it is is known.

It is of whoever the product's account is bound to. Who is nobody's is kept nowhere.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from domain.audience.authority import MAY_READ
from domain.audience.mail import BY
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.numbers import numbers_in
from domain.ticket.stages import Stage
from store.mail.threads import is_coming
from store.models import IdentityRow, MailboxRow, MailRow, PersonRow, TicketRow
from store.models.base import table_of
from store.queries.visibility import visible

#: The products whose robots people write to.
CHATS = tuple(BY)
#: What is said of one's own tickets, at most; and as much as a message may say.
_LISTED, _LONGEST = 10, 3000
#: With it a message begins that is about none of one's tickets.
_ANEW = re.compile(r"^\s*(?:新报障|new report)[\s:：,，]*", re.IGNORECASE)
#: What says no more than that something was read, without what is neither letter nor digit: it reports nothing.
_NOD = re.compile(
    r"(?:(?:我)?(?:已)?(?:收到|知道|明白|了解|知悉)(?:了)?|好(?:的|滴|嘞)?(?:收到)?|嗯|哦|行|是的?|可以|在|你好|您好|谢你?"
    r"|[多感]谢|辛苦(?:了)?|没问题|马上(?:处理)?|认领|接单|ok(?:ay)?|roger|received|gotit|noted|thanks?(?:you)?|yes|hi|hello)*",
    re.IGNORECASE,
)
#: Letters of the longest of these; a longer one says something, or is there to be pondered on for ever.
_LONGEST_NOD = 24
_FOR_THE_EYE = re.compile(r"[\W_]+")
#: Who reads all tickets, or none, and takes part in none.
_ASIDE = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})


class Heard(StrEnum):
    """What becomes of a message."""

    UNKNOWN = "unknown"  # nothing: whoever wrote it is nobody whom we know
    WHICH = "which"  # nothing yet: they have several tickets, and name none
    ON = "on"  # it stands on their ticket
    NEW = "new"  # a ticket of its own
    NOD = "nod"  # nothing: it says no more than that something was read
    GREETING = "greeting"  # nothing: so does that of somebody outside, who has no ticket on which it could stand
    REPEATED = "repeated"  # nothing: what signs it has signed another message


@dataclass(frozen=True, slots=True)
class Told:
    """A message.

    Attributes:
        subject: what the product calls whoever wrote it; ``id``: what it calls the message.
        stamp: what its signature signs, where that is a time alone: each is good for one message.
    """

    product: str
    id: str
    subject: str
    text: str
    stamp: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of it, and of which ticket; of several, which there are."""

    heard: Heard
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it waits.

    Attributes:
        id: by which later ones refer to it; ``after``: the one before, of which a ticket is being opened.
        ticket: on which it is to stand; None: on that of ``after``, else on one of its own.
    """

    id: str
    person: str
    name: str
    product: str
    text: str
    ticket: str | None
    after: str | None = None

    @property
    def sender(self) -> str:
        """Whoever wrote it, and where."""
        return _sender(self.person, self.product)


def _sender(person: str, product: str) -> str:
    return f"{person}@{product}"


def hear(engine: Engine, told: Told, now: datetime) -> Answer:
    """Keep a message, once however often it comes, and say what becomes of it."""
    id_ = hashlib.sha256(f"{told.product}\n{told.id}".encode()).hexdigest()[:32]
    with Session(engine) as session, session.begin():
        bound = IdentityRow.provider == told.product, IdentityRow.subject == told.subject
        person = session.scalar(select(PersonRow).join(IdentityRow).where(*bound))
        if person is None or not person.enters or person.role in _ASIDE:
            return Answer(Heard.UNKNOWN)
        if (before := session.get(MailRow, id_)) is not None:
            return _answer(before.ticket)
        if told.stamp and session.scalar(_signed_with(told)) is not None:
            return Answer(Heard.REPEATED)
        about = _about(session, person, told)
        if about.heard not in {Heard.WHICH, Heard.NOD, Heard.GREETING}:
            _keep(session, id_, person, told, about, now)
        return about


def _signed_with(told: Told) -> Select[str]:
    return select(MailRow.id).where(MailRow.mailbox == told.product, MailRow.uid == told.stamp).limit(1)


def _about(session: Session, person: PersonRow, told: Told) -> Answer:
    """Which ticket of theirs it is about. Whoever of ours nods to a message is told that they have nothing by it."""
    open_ = session.scalars(_open(person.actor)).all()
    if is_nod(_ANEW.sub("", told.text)):
        if not _is_outside(person.actor):
            return Answer(Heard.NOD)
        if not open_ and session.scalar(_being_opened(_sender(person.id, told.product))) is None:
            return Answer(Heard.GREETING)
    if _ANEW.match(told.text):
        return Answer(Heard.NEW)
    named = next((each for each in numbers_in(told.text) if each in open_), None)
    if named is None and len(open_) > 1:
        return Answer(Heard.WHICH, tuple(open_[:_LISTED]))
    return _answer(named or next(iter(open_), None))


def is_nod(text: str) -> bool:
    """Whether it says no more than that something was read."""
    said = _FOR_THE_EYE.sub("", text)
    return len(said) <= _LONGEST_NOD and _NOD.fullmatch(said) is not None


def _is_outside(actor: Actor) -> bool:
    return actor.role in CUSTOMER_SIDE | {Role.VENDOR}


def _answer(ticket: str | None) -> Answer:
    return Answer(Heard.ON, (ticket,)) if ticket else Answer(Heard.NEW)


def _open(actor: Actor) -> Select[str]:
    """Of somebody outside what concerns them, of ours what they are in charge of; the newest first."""
    theirs = visible(actor) if _is_outside(actor) and actor.role in MAY_READ else TicketRow.assignee == actor.id
    asked = select(TicketRow.number).where(theirs, TicketRow.stage != Stage.CLOSED)
    return asked.order_by(TicketRow.received_at.desc(), TicketRow.number)


def _keep(session: Session, id_: str, person: PersonRow, told: Told, about: Answer, now: datetime) -> None:
    ticket, text = next(iter(about.tickets), None), _ANEW.sub("", told.text)[:_LONGEST]
    one = Kept(f"{id_}@{told.product}", person.id, person.name, told.product, text, ticket)
    if ticket is None and not _ANEW.match(told.text):
        one = replace(one, after=session.scalar(_being_opened(one.sender)))
    box = {"name": one.product, "validity": 0, "next_uid": 0, "since": now, "read_at": now}
    there = insert(table_of(MailboxRow)).values(box)
    session.execute(there.on_conflict_do_update(index_elements=["name"], set_={"read_at": now}))
    row = {"id": id_, "mailbox": one.product, "validity": 0, "uid": told.stamp, "came_at": now, "cut": False}
    row |= {"ticket": ticket, "raw": json.dumps(asdict(one), ensure_ascii=False).encode(), "tries": 0, "next_at": now}
    row |= {"sender": one.sender, "name": "", "message_id": one.id, "subject": ""}
    session.execute(insert(table_of(MailRow)).values(row).on_conflict_do_nothing())


def _being_opened(sender: str) -> Select[str]:
    """Their last message of which a ticket is being opened: people say one thing in several messages."""
    row = MailRow
    waits = (row.sender == sender, is_coming(), or_(row.ticket.is_(None), row.became.is_not(None)))
    return select(row.message_id).where(*waits).order_by(row.came_at.desc()).limit(1)


def kept(raw: bytes) -> Kept:
    """A message, from how it waits."""
    return Kept(**json.loads(raw))
