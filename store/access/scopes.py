"""Scopes: what a token lets its program do. A token's rights are those of its person that its scopes cover too."""

from collections.abc import Iterable
from enum import StrEnum


class Scope(StrEnum):
    """``all`` covers every other one. With ``wall`` alone nothing else is read: it lies on a screen in a room; with
    ``telephone`` alone nothing but calls are told: it lies in a telephone system.
    """

    READ = "read"
    OPEN = "open"
    COMMAND = "command"
    ADMINISTER = "administer"
    WALL = "wall"
    TELEPHONE = "telephone"
    ALL = "all"


#: A token of nothing but these does not even say whose it is.
FOR_ONE_THING = frozenset({Scope.WALL, Scope.TELEPHONE})


def covers(granted: Iterable[str], asked: Iterable[str]) -> bool:
    """Whether who holds the granted scopes may do, or pass on, all of what is asked."""
    held = set(granted)
    return Scope.ALL in held or held.issuperset(asked)
