"""Deliveries: the ways of messages to people, by the channels that leave the machine."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from domain.audience.reaching import Urgency, Way
from store.models.base import Base


class Delivered(StrEnum):
    """How far a message has come by a channel."""

    WAITING = "waiting"
    LEAVING = "leaving"  # a sender has it, until its lease ends
    SENT = "sent"
    NEEDLESS = "needless"  # it was read, is overtaken, was told otherwise, or is no longer for the recipient
    DEAD = "dead"  # it was refused, or tried for too long


#: What is not over.
PENDING = (Delivered.WAITING, Delivered.LEAVING)
_IS_PENDING = "state IN ('waiting', 'leaving')"


class ChannelRow(Base):
    """A channel that an installation has. What was told before it had it stays in the inbox."""

    __tablename__ = "channel"

    name: Mapped[Way] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    #: Since when, and why, nothing leaves by it.
    failing_since: Mapped[datetime | None]
    failure: Mapped[str | None]


class ChannelRuleRow(Base):
    """What the company lays down for an urgency, for one role or for all without a rule of their own."""

    __tablename__ = "channel_rule"

    urgency: Mapped[Urgency] = mapped_column(primary_key=True)
    #: A role; empty: every other.
    role: Mapped[str] = mapped_column(primary_key=True)
    #: See `domain.audience.reaching.Rule`.
    first: Mapped[tuple[str, ...]]
    second: Mapped[tuple[str, ...]]
    after_min: Mapped[int]
    fixed: Mapped[bool]
    quiet: Mapped[bool]


class PreferenceRow(Base):
    """What somebody would rather have of their messages outside the inbox."""

    __tablename__ = "preference"

    person: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    #: Hour and minute, in China; both or neither.
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    #: Urgency and channel, with a stroke between them.
    refused: Mapped[tuple[str, ...]]


class DeliveryRow(Base):
    """One message on its way to its recipient by one channel."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("ix_delivery_pending", "channel", "created_at", "message", postgresql_where=text(_IS_PENDING)),
        Index("ix_delivery_dead", "channel", postgresql_where=text("state = 'dead'")),
        # Who has had how many lately.
        Index("ix_delivery_channel_sent", "channel", "sent_at", "recipient"),
        Index("ix_delivery_letter", "letter"),
        # What a group has been told of an entry.
        Index("ix_delivery_ticket_entry", "ticket", "entry"),
    )

    message: Mapped[str] = mapped_column(ForeignKey("notification.id"), primary_key=True)
    channel: Mapped[Way] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(ForeignKey("person.id"))
    ticket: Mapped[str | None]
    #: The number of the entry that it is about: a group is told of it once, whoever it is told.
    entry: Mapped[int | None]
    #: When the message was made: those of one ticket reach a person in this order.
    created_at: Mapped[datetime]
    state: Mapped[Delivered]
    #: The letter that it leaves in, once and for all: however often that is sent, it is the same to whoever gets it.
    letter: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    #: The first of them.
    tried_since: Mapped[datetime | None]
    #: Only if no other channel has delivered it by then.
    instead: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Not before this; of what is leaving: when its sender has lost it.
    next_at: Mapped[datetime]
    #: When that was settled: a clock that has gone back since holds nothing up.
    as_of: Mapped[datetime]
    #: What was said of the last attempt.
    said: Mapped[str | None]
    sent_at: Mapped[datetime | None]
