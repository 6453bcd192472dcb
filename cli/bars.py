"""Of what takes long, how far it is: a bar on the error stream, for who looks on."""

from collections.abc import Iterable
from typing import TypeVar

from rich.console import Console
from rich.progress import track

T = TypeVar("T")


def with_bar(each: Iterable[T], about: str, many: float | None = None) -> Iterable[T]:
    """One after the other; nothing is shown where nobody looks on.

    ``many``: how many there are, where the things cannot say it themselves.
    """
    err = Console(stderr=True)
    return track(each, about, many, console=err, disable=not err.is_terminal, transient=True)
