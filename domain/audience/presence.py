"""Presence: whoever has a ticket open, for their colleagues alone: two that write at once should know of each other."""

from datetime import timedelta
from enum import StrEnum

from domain.audience.visibility import sees_all
from domain.people.actors import Actor, Role

#: So long somebody counts as there after they said so; their page says so more often.
LASTS = timedelta(seconds=45)


class Doing(StrEnum):
    """What somebody does on a ticket's page."""

    READING = "reading"
    WRITING = "writing"


def may_meet(viewer: Actor) -> bool:
    """Whether they tell that they are there, and hear who else is: the auditor looks on unseen."""
    return sees_all(viewer) and viewer.role is not Role.AUDITOR
