"""Turns: of more than one look can take some at a time, one after another through all of them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Turn:
    """Where the look before has stopped."""

    _after: str = ""

    def of(self, those: Iterable[str], count: int) -> list[str]:
        """The next so many of them in their order; after the last come the first again."""
        ordered = sorted(those)
        if len(ordered) <= count:
            return ordered
        following = [one for one in ordered if one > self._after][:count]
        following += ordered[: count - len(following)]
        self._after = following[-1] if following else self._after
        return following
