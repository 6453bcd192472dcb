"""Notifications: what people are to be told: the outbox of the sender and the inbox of the console in one."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Text, and_, case, cast, func, literal, or_, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column

from domain.ticket.deadlines import Event
from domain.ticket.obligations import State
from domain.ticket.timeline import Happening
from store.models.base import Base
from store.models.mail import MailRow, acted_on
from store.models.obligation import ObligationRow
from store.models.phone_call import PhoneCallRow
from store.models.ticket import TicketRow

#: The call that a message is about.
_PHONE_CALL = "(data ->> 'phone_call')"


class Overtaken(StrEnum):
    """Why what a message asks is asked no more."""

    DISCARDED = "discarded"
    MERGED = "merged"
    MET = "met"  # the promise, be it late
    DROPPED = "dropped"  # the promise is one no more
    TAKEN = "taken"  # somebody is in charge, or has taken the mail
    ANSWERED = "answered"  # somebody has what they were called for
    CALLED_OFF = "called_off"  # nothing calls any more, or another call does
    RETURNED = "returned"  # whoever called was called back, or has been spoken to since


class NotificationRow(Base):
    """One message to one person about one entry, about what the watchdog found, or of the registry."""

    __tablename__ = "notification"
    __table_args__ = (
        # The inbox, newest first.
        Index("ix_notification_recipient_created", "recipient", "created_at", "id"),
        # What nobody has read yet.
        Index("ix_notification_unread", "recipient", "created_at", "id", postgresql_where=text("read_at IS NULL")),
        # What no sender has taken up yet.
        Index("ix_notification_unrouted", "created_at", postgresql_where=text("routed_at IS NULL")),
        # Who was told of a call.
        Index("ix_notification_phone_call", text(_PHONE_CALL), postgresql_where=text(f"{_PHONE_CALL} IS NOT NULL")),
    )

    #: Of ticket, entry and recipient: however often it is projected or sent, it is the same message.
    id: Mapped[str] = mapped_column(primary_key=True)
    #: None: it is about no ticket, or about one that the read model does not have.
    ticket: Mapped[str | None] = mapped_column(ForeignKey("ticket.number"), index=True)
    #: Of what the watchdog found, and of the registry, no entry tells.
    seq: Mapped[int | None]
    recipient: Mapped[str] = mapped_column(ForeignKey("person.id"))
    happening: Mapped[Happening | None]
    #: The word of the table of notices that means the recipient, and how it came to them: by the roster of then.
    grounds: Mapped[dict[str, Any]]
    #: What is said, and what the recipient is asked to do, in both languages; of the ticket, what is for them.
    title: Mapped[dict[str, Any]]
    text: Mapped[dict[str, Any]]
    action: Mapped[dict[str, Any] | None]
    about: Mapped[dict[str, Any]]
    #: The entry's data that the message speaks of.
    data: Mapped[dict[str, Any]]
    #: The call of the ticket by which the recipient is called to answer for it.
    call: Mapped[int | None]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    #: When a sender took it up: by which channels it leaves is then settled (`DeliveryRow`).
    routed_at: Mapped[datetime | None]

    if TYPE_CHECKING:
        #: A word of `Overtaken`; None: what was asked is asked still.
        overtaken: Mapped[str | None]
        #: Whether the call waits for somebody; who has it.
        calls: Mapped[bool | None]
        answered_by: Mapped[str | None]


_ENDED = and_(TicketRow.ended_as.is_not(None), TicketRow.closed_at > NotificationRow.created_at)
_OF_A_PROMISE = NotificationRow.happening == Happening.ALARM_RAISED
_GONE = ObligationRow.state.in_([State.CANCELLED, State.SUPERSEDED, State.WAIVED])
_UNOWNED = NotificationRow.data["alarm"].astext.in_([Event.UNOWNED, Event.UNOWNED_HALF])
_CALLS = NotificationRow.data["alarm"].astext.in_([Event.UNANSWERED, Event.OFF_DUTY])
_HAS_CALLED = TicketRow.call == NotificationRow.call
_WAITS = and_(_HAS_CALLED, TicketRow.answered_by.is_(None))
_OVERTAKEN = (
    select(
        case(
            (_ENDED, cast(TicketRow.ended_as, Text)),
            (and_(_OF_A_PROMISE, ObligationRow.met_at.is_not(None)), Overtaken.MET),
            (and_(_OF_A_PROMISE, _GONE), Overtaken.DROPPED),
            (and_(_OF_A_PROMISE, _UNOWNED, TicketRow.assignee.is_not(None)), Overtaken.TAKEN),
            (and_(_OF_A_PROMISE, _CALLS, _HAS_CALLED, TicketRow.answered_by.is_not(None)), Overtaken.ANSWERED),
            (and_(_OF_A_PROMISE, _CALLS, func.coalesce(~_HAS_CALLED, True)), Overtaken.CALLED_OFF),
        )
    )
    .outerjoin(
        ObligationRow,
        and_(ObligationRow.ticket == TicketRow.number, ObligationRow.key == NotificationRow.data["obligation"].astext),
    )
    .where(TicketRow.number == NotificationRow.ticket)
)
_RETURNED = select(literal(Overtaken.RETURNED)).where(
    PhoneCallRow.id == NotificationRow.data["phone_call"].astext,
    or_(PhoneCallRow.returned_at.is_not(None), PhoneCallRow.answered_at.is_not(None)),
)
_SEEN_TO = select(literal(Overtaken.TAKEN)).where(
    MailRow.id == NotificationRow.data["mail"].astext, or_(MailRow.taken_at.is_not(None), acted_on())
)
NotificationRow.overtaken = column_property(
    func.coalesce(
        *(each.correlate(NotificationRow).scalar_subquery() for each in (_OVERTAKEN, _RETURNED, _SEEN_TO)), type_=Text
    ).label("overtaken"),
    deferred=True,  # for the inbox alone
)
_OF_ITS_TICKET = TicketRow.number == NotificationRow.ticket
NotificationRow.calls = column_property(
    select(_WAITS).where(_OF_ITS_TICKET).correlate(NotificationRow).scalar_subquery().label("calls"), deferred=True
)
_HAS_IT = select(TicketRow.answered_by).where(_OF_ITS_TICKET, _HAS_CALLED)
NotificationRow.answered_by = column_property(
    _HAS_IT.correlate(NotificationRow).scalar_subquery().label("answered_by"), deferred=True
)
