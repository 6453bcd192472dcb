"""A channel: one way by which messages leave the machine. What can go wrong with a letter is one of three things."""

from typing import Protocol

from store.deliveries.claiming import Letter
from store.models import Way


class NotSentError(Exception):
    """A letter did not leave; in words that hold no secret.

    Attributes:
        after_s: so long whoever did not take it asks to be left alone.
    """

    def __init__(self, said: str, after_s: float = 0) -> None:
        super().__init__(said)
        self.after_s = after_s


class RefusedError(NotSentError):
    """Nobody will take this letter, however often it is tried."""


class DelayedError(NotSentError):
    """This letter is not taken now."""


class DownError(NotSentError):
    """Nothing leaves by this channel now."""


class Channel(Protocol):
    """Sends letters; each is let go of after `sending.PATIENCE_S`, whatever the channel waits for."""

    @property
    def way(self) -> Way:
        """Which one it is."""

    async def send(self, letter: Letter) -> str:
        """Hand it over; what whoever took it said.

        Raises:
            NotSentError: one of the three.
        """
