"""The index of an archive: which leaf is where. It is made from the log, and anew from it whenever they differ."""

import hashlib
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

from evidence import leaves
from evidence.leaves import Leaf
from evidence.log import Log

_TABLE = """
CREATE TABLE IF NOT EXISTS leaf (
    position INTEGER PRIMARY KEY, kind TEXT NOT NULL, number TEXT, name TEXT NOT NULL, ended INTEGER NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS leaf_number ON leaf (number);
CREATE INDEX IF NOT EXISTS leaf_name ON leaf (name);
CREATE INDEX IF NOT EXISTS leaf_hash ON leaf (hash);
"""
#: Of the table; an index with another is made anew.
_FORMAT = 2
_MANY = 500
#: No leaf has such a place.
_BEFORE_ALL = -(2**63)


class Index:
    """Answers where; what is there is read in the log itself."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def follow(self, log: Log) -> int:
        """Know all leaves that the log has; answers how many."""
        size = log.size
        with closing(self._open()) as there, there:
            known = self._known(there, log, size)
            rows = []
            for position, entry in enumerate(log.entries(known, size), known):
                rows.append(_row(position, entry))
            there.executemany("INSERT INTO leaf VALUES (?, ?, ?, ?, ?, ?)", rows)
        return size

    def differs(self, start: int, entries: Sequence[bytes]) -> list[int]:
        """The places of these entries, which begin there, of which it says otherwise than they do."""
        stop, first = start + len(entries), start or _BEFORE_ALL
        with closing(self._open()) as there:
            query = "SELECT position, kind, number, name, ended, hash FROM leaf WHERE position >= ? AND position < ?"
            said = {row[0]: row for row in there.execute(query, (first, stop))}
        right = {position: _row(position, entry) for position, entry in enumerate(entries, start)}
        return sorted(place for place in said | right if said.get(place) != right.get(place))

    def forget(self) -> None:
        """It is made anew when it follows next."""
        with closing(self._open()) as there, there:
            there.execute("DELETE FROM leaf")

    def ended(self, names: Collection[str], kind: str = Leaf.kind) -> set[str]:
        """Those of the names of which such a leaf says all: of runs those whose whole histories are archived."""
        found: set[str] = set()
        asked = list(names)
        with closing(self._open()) as there:
            for start in range(0, len(asked), _MANY):
                some = asked[start : start + _MANY]
                places = ", ".join("?" * len(some))
                query = f"SELECT name FROM leaf WHERE ended AND kind = ? AND name IN ({places})"  # noqa: S608  # question marks alone
                found.update(name for (name,) in there.execute(query, [kind, *some]))
        return found

    def known(self, entries: Collection[bytes]) -> set[bytes]:
        """Those of the entries that the log has."""
        with closing(self._open()) as there:
            query = "SELECT EXISTS (SELECT 1 FROM leaf WHERE hash = ?)"
            return {entry for entry in entries if there.execute(query, (_hash(entry),)).fetchone()[0]}

    def of(self, number: str, kind: str = Leaf.kind) -> list[int]:
        """Where the leaves of that ticket are, of that kind, in their order."""
        query = "SELECT position FROM leaf WHERE number = ? AND kind = ? ORDER BY position"
        with closing(self._open()) as there:
            return [position for (position,) in there.execute(query, (number, kind))]

    def numbers(self, kind: str = Leaf.kind) -> set[str]:
        """The tickets of which there is any leaf of that kind: any history."""
        query = "SELECT DISTINCT number FROM leaf WHERE kind = ?"
        with closing(self._open()) as there:
            return {number for (number,) in there.execute(query, (kind,))}

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file.touch(mode=0o600)
        there = sqlite3.connect(self._file)
        if there.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            there.executescript(f"DROP TABLE IF EXISTS leaf; PRAGMA user_version = {_FORMAT}")
        there.executescript(_TABLE)
        return there

    @staticmethod
    def _known(there: sqlite3.Connection, log: Log, size: int) -> int:
        """How many leaves it knows; none where its last is not the log's."""
        last = there.execute("SELECT position, hash FROM leaf ORDER BY position DESC LIMIT 1").fetchone()
        if last and last[0] < size and _hash(log.entry(last[0], size)) == last[1]:
            return int(last[0]) + 1
        there.execute("DELETE FROM leaf")
        return 0


def _row(position: int, entry: bytes) -> tuple[int, str, str | None, str, bool, bytes]:
    leaf = leaves.parsed(entry, f"leaf {position}")
    ended = not isinstance(leaf, Leaf) or leaf.terminal is not None
    return position, leaf.kind, leaf.number, leaf.name, ended, _hash(entry)


def _hash(entry: bytes) -> bytes:
    return hashlib.sha256(entry).digest()
