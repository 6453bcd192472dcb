"""Reminds of missed calls."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from temporalio import activity

from domain.audience.telephone import Missed
from store.telephone import remind


@dataclass(frozen=True, slots=True)
class Reminder:
    """A rung that a missed call has reached. Stored in histories."""

    missed: Missed
    rung: int


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Knows which calls were returned, and tells of those that were not."""

    engine: Engine

    @activity.defn
    def remind(self, reminder: Reminder) -> bool:
        """Tell whoever answers for it on that rung, once; whether the call still has to be returned."""
        return remind(self.engine, reminder.missed, reminder.rung, datetime.now(UTC))
