"""Needing: whether a message still has to leave by a channel, asked when it would. What became of it is noted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from domain.audience.reaching import GROUPS, PERSONAL
from store.deliveries.policy import Policy, policy_of
from store.deliveries.reading import Words
from store.models import Delivered, DeliveryRow, Way

#: What is said of a message, or of a recipient, that another version has stored.
UNREADABLE = "this version cannot read it"
#: And of one that has left by another channel.
DELIVERED = "another channel has delivered it"
#: And of one that a group need not hear any more.
TOLD_ALREADY = "the group was told by another message of the entry"
#: And of one that its reader would rather not have by a channel, since it was settled that it leaves.
NOT_WANTED = "not wanted by this channel any more"


@dataclass(frozen=True, slots=True)
class Needs:
    """What is asked of each message just before it leaves.

    Attributes:
        delivered: those that have come to whom they are for by another channel.
        policy: how people are reached now.
    """

    at: datetime
    delivered: frozenset[str]
    policy: Policy

    @classmethod
    def of(cls, session: Session, rows: Sequence[DeliveryRow], way: Way, now: datetime) -> Self:
        """As everything stands."""
        instead = [row.message for row in rows if row.instead]
        return cls(now, _delivered(session, instead, way), policy_of(session.connection(), now))

    def words(self, row: DeliveryRow, messages: Mapping[str, Words | None], role: str) -> Words | None:
        """Its words; None: it does not leave now.

        Args:
            messages: that its reader, of this role, may still read.
        """
        if row.instead and row.message in self.delivered:
            return _ended(row, Delivered.NEEDLESS, DELIVERED)
        if row.message not in messages:
            return _ended(row, Delivered.NEEDLESS, "not for them any more")
        words = messages[row.message]
        if words is None:
            return _ended(row, Delivered.DEAD, UNREADABLE)
        if words.needless:
            return _ended(row, Delivered.NEEDLESS, words.needless)
        # What is in a letter leaves as it is, a group has no wishes, and whoever waits for a link asked for it.
        is_settled = row.letter is not None or row.channel in GROUPS or words.link is not None
        return words if is_settled else self._wanted(row, words, role)

    def _wanted(self, row: DeliveryRow, words: Words, role: str) -> Words | None:
        """A wish, a shift, a rule may have changed since it was settled when this leaves."""
        reader = self.policy.reader(row.recipient, (row.channel,), words.how or "")
        if self.policy.refuses(words.wants, role, reader, row.channel):
            return _ended(row, Delivered.NEEDLESS, NOT_WANTED)
        until = self.policy.left_alone_until(words.wants, role, reader, self.at)
        if until <= self.at:
            return words
        row.next_at, row.as_of = until, self.at
        return None


def _ended(row: DeliveryRow, state: Delivered, said: str) -> Words | None:
    """No words: what became of it is noted."""
    row.state, row.said = state, said
    return None


def _delivered(session: Session, ids: Sequence[str], way: Way) -> frozenset[str]:
    """Of these messages those that have come to their reader by a channel; who reads what a group is told is unknown.

    A group itself may have heard in another of the same entry.
    """
    if not ids:
        return frozenset()
    heard = (DeliveryRow.state == Delivered.SENT) & DeliveryRow.channel.in_(list(Way) if way in GROUPS else PERSONAL)
    if way in GROUPS:
        heard |= DeliveryRow.said == TOLD_ALREADY
    return frozenset(session.scalars(select(DeliveryRow.message).where(DeliveryRow.message.in_(ids), heard)))


def once_an_entry(session: Session, rows: Sequence[DeliveryRow], way: Way) -> Iterator[DeliveryRow]:
    """Of each entry the first message that can leave for a group; the others wait for what becomes of it."""
    entry = tuple_(DeliveryRow.ticket, DeliveryRow.entry)
    told = select(DeliveryRow.ticket, DeliveryRow.entry).where(entry.in_([(row.ticket, row.entry) for row in rows]))
    over = told.where(DeliveryRow.letter.is_not(None), DeliveryRow.state.in_([Delivered.SENT, Delivered.DEAD]))
    heard = {(ticket, number) for ticket, number in session.execute(over.where(DeliveryRow.channel == way))}
    stands: set[tuple[str | None, int | None]] = set()
    for row in rows:
        about = row.ticket, row.entry
        if row.letter is None and about in heard:
            _ended(row, Delivered.NEEDLESS, TOLD_ALREADY)
        elif row.letter is not None or about not in stands:
            stands.add(about)
            yield row
