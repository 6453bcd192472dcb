"""Reminds of mail that nobody has taken."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from temporalio import activity

from domain.audience.mail import Waiting
from store.mail.waiting import remind


@dataclass(frozen=True, slots=True)
class MailReminder:
    """A rung that a mail has reached. Stored in histories."""

    waiting: Waiting
    rung: int


@dataclass(frozen=True, slots=True)
class Mails:
    """Knows which mails somebody has taken, and tells of those that nobody has."""

    engine: Engine

    @activity.defn
    def remind_of_mail(self, reminder: MailReminder) -> bool:
        """Tell whoever answers for it on that rung, once; whether it still waits."""
        return remind(self.engine, reminder.waiting, reminder.rung, datetime.now(UTC))
