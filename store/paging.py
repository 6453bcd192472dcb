"""Paging: a page, and where the next one goes on."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def page_of(found: Sequence[Item], limit: int) -> tuple[Sequence[Item], Item | None]:
    """Of one more than a page can hold: the page, and its last item if another page follows."""
    return (found[:limit], found[limit - 1]) if len(found) > limit else (found, None)
