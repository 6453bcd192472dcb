"""Travelling: a link that is sent to whoever it is for. What opens it is made as it leaves, and stands nowhere before.

It travels as any message does, and its message and its delivery have the link's own id.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, Row, Text, any_, case, cast, insert, literal, select, update
from sqlalchemy.orm import Session

from domain.audience.desk import How
from domain.audience.reaching import Way, dialled
from domain.audience.registry_news import CONCERNED, link_refused, link_sent
from domain.audience.times import moment
from domain.matters.matter import Asked
from domain.people.hints import hint
from store.access.digests import link_digest, new_id, new_secret
from store.models import ApprovalLinkRow, ChannelRow, Delivered, DeliveryRow, NotificationRow, PersonRow, TicketRow
from store.models.approval_link import Action
from store.telling import put_messages, spoken

_LINK = ApprovalLinkRow
#: In the data of its message: which link it is, and a hint of where it went.
SENT_LINK, SENT_TO = "sent_link", "to"


class Lacking(StrEnum):
    """Why a link does not travel by a channel to somebody."""

    CHANNEL = "channel"  # the installation has no such channel
    ADDRESS = "address"  # none of theirs is on record
    SECOND = "second"  # one administrator alone stands for their address


class UnreachableError(LookupError):
    """A link does not travel to somebody by a channel."""

    def __init__(self, lacking: Lacking) -> None:
        super().__init__(lacking)
        self.lacking = lacking


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a link is sent; ``hint``: as much of the address as may be shown."""

    way: Way
    hint: str


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a link that was sent.

    Attributes:
        at: when it left; until then, and if it never does, when somebody had it sent.
        said: what whoever took or refused it said.
    """

    way: Way
    hint: str
    state: Delivered
    at: datetime
    said: str | None


#: By which a link travels, and whose address that is. For a telephone one administrator alone stands, whoever it is:
#: an application is answered by what two stand for, or by signing in.
_ADDRESS = {Way.MAIL: PersonRow.email, Way.SMS: PersonRow.phone}
WAYS, APPROVING = tuple(_ADDRESS), (Way.MAIL,)


def destination(engine: Engine, person: str, way: Way, *, approves: bool = False) -> Destination:
    """Where somebody is sent a link by a channel: the address on record, and no other.

    Args:
        approves: it answers an application for a major incident.

    Raises:
        UnreachableError: nowhere.
    """
    with engine.connect() as connection:
        if connection.scalar(select(ChannelRow.name).where(ChannelRow.name == way)) is None:
            raise UnreachableError(Lacking.CHANNEL)
        whose = select(_ADDRESS[way].label("address"), PersonRow.email_by).where(PersonRow.id == person)
        row = connection.execute(whose).one()
    if not row.address or (way is Way.SMS and dialled(row.address) is None):
        raise UnreachableError(Lacking.ADDRESS)
    if approves and (way not in APPROVING or row.email_by is not None):
        raise UnreachableError(Lacking.SECOND)
    return Destination(way, hint(row.address))


def destinations(engine: Engine, person: str) -> dict[Way, Destination | Lacking]:
    """By the channels that the installation has: where somebody is sent a link that was handed to them, or why not."""
    found: dict[Way, Destination | Lacking] = {}
    for way in WAYS:
        try:
            found[way] = destination(engine, person, way)
        except UnreachableError as nowhere:
            found[way] = nowhere.lacking
    return {way: one for way, one in found.items() if one is not Lacking.CHANNEL}


def set_out(connection: Connection, link: str, to: Destination, now: datetime) -> None:
    """Have a link leave: its holder is told in the inbox where it went, and the letter with the same words opens it."""
    row = connection.execute(select(_LINK).where(_LINK.id == link)).one()
    sentence = link_sent(row.ticket, _asked(row.action), to.hint, moment(row.expires_at, now))
    told = {"id": link, "recipient": row.person, "ticket": None, "created_at": now, "routed_at": now}
    told |= {"grounds": {"whom": CONCERNED, "how": How.BY_NAME}, "data": {SENT_LINK: link, SENT_TO: to.hint}}
    put_messages(connection, [told | spoken(sentence)])
    leaving = {"message": link, "channel": to.way, "recipient": row.person, "ticket": row.ticket, "created_at": now}
    leaving |= {"state": Delivered.WAITING, "attempts": 0, "next_at": now, "as_of": now, "instead": False}
    connection.execute(insert(DeliveryRow).values(leaving))


def _asked(action: Action) -> Asked:
    return Asked.APPROVAL if action is Action.APPROVE_MAJOR else Asked(action)


_IS_APPROVAL = _LINK.action == Action.APPROVE_MAJOR
_QUESTION = case((_IS_APPROVAL, literal(Asked.APPROVAL.value, Text)), else_=cast(_LINK.action, Text))
_WAITS = select(TicketRow.number).where(TicketRow.number == _LINK.ticket, any_(TicketRow.waits_for) == _QUESTION)


def opened(session: Session, link: str, now: datetime) -> str | None:
    """What opens a link from now on, and alone; None: it is over, or nobody waits for an answer any more."""
    token = new_secret()
    live = (_LINK.id == link, _LINK.used_at.is_(None), _LINK.revoked_at.is_(None), _LINK.expires_at > now)
    anew = update(_LINK).where(*live, _LINK.command_id.is_(None), _WAITS.exists()).values(hash=link_digest(token))
    return token if session.connection().execute(anew).rowcount else None


def path_of(token: str) -> str:
    """Where what opens a link leads, on the installation's address."""
    return f"/a/{token}"


def sent(engine: Engine, links: Collection[str]) -> dict[str, Sent]:
    """Of these links those that were sent, and what became of that."""
    asked = (
        select(DeliveryRow, NotificationRow.data[SENT_TO].astext.label("hint"))
        .join(NotificationRow, NotificationRow.id == DeliveryRow.message)
        .where(DeliveryRow.message.in_(links))
    )
    with Session(engine) as session:
        return {
            row.message: Sent(row.channel, there or "", row.state, row.sent_at or row.created_at, row.said)
            for row, there in session.execute(asked)
        }


def tell_refused(connection: Connection, link: str, now: datetime) -> None:
    """Whoever of ours had it sent is told that nobody takes it: they may have gone on to the next call."""
    where_to = NotificationRow.data[SENT_TO].astext.label("hint")
    asked = select(_LINK.ticket, _LINK.handed_by, PersonRow.name, where_to).where(_LINK.id == link)
    asked = asked.join(PersonRow, PersonRow.id == _LINK.person).join(NotificationRow, NotificationRow.id == _LINK.id)
    row = connection.execute(asked.where(_LINK.handed_by.is_not(None))).one_or_none()
    if row is not None:
        put_messages(connection, [_refused(row) | {"created_at": now}])


def _refused(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    sentence = link_refused(row.ticket, row.name, row.hint)
    told = {"id": new_id(), "recipient": row.handed_by, "ticket": row.ticket, "data": {}}
    return told | {"grounds": {"whom": CONCERNED, "how": How.BY_NAME}} | spoken(sentence)
