"""The ledger: what was sent, on the disk before it is sent, and what was answered. One JSON object a line."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import TypeAdapter

#: A status of ours: the connection broke, or nothing came in time.
NO_ANSWER = 0
TAKEN = 202
_NOT_FINAL = frozenset({NO_ANSWER, TAKEN, 429})
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """A request, each time that it is sent.

    Attributes:
        id: the command's id, or the report's idempotency key.
        ticket: its number; None for a report.
        kind: of a command; None for a report.
        data: of a command.
        expected: the final answers that are in order; none: it goes past the API, and nobody answers it.
    """

    at: datetime
    id: str
    user: str
    expected: tuple[int, ...]
    ticket: str | None = None
    kind: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    line: Literal["sent"] = "sent"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back.

    Attributes:
        number: of the ticket, for a report.
        asked: the answer to a question about the command, not to the command itself.
        trouble: where nothing came back, what happened.
    """

    at: datetime
    id: str
    status: int
    number: str | None = None
    decision: str | None = None
    seq: int | None = None
    reason: str | None = None
    asked: bool = False
    trouble: str | None = None
    line: Literal["answered"] = "answered"

    @property
    def is_final(self) -> bool:
        """Whether a client need not send it again."""
        return self.status not in _NOT_FINAL and self.status < SERVER_ERROR and self.decision != "pending"


Line = Sent | Answered
_LINE: TypeAdapter[Line] = TypeAdapter(Line)


class Ledger:
    """Written by the clients; what is written is on the disk."""

    def __init__(self, file: Path) -> None:
        self._handle = file.open("ab")

    def write(self, line: Line) -> None:
        """Add a line; back only when it is safe."""
        self._handle.write(_LINE.dump_json(line) + b"\n")
        self._handle.flush()
        os.fsync(self._handle.fileno())

    def close(self) -> None:
        """Nothing more will be written."""
        self._handle.close()


@dataclass(frozen=True, slots=True)
class Account:
    """A ledger as it is read afterwards: by request, everything that was sent and answered."""

    sent: dict[str, tuple[Sent, ...]]
    answers: dict[str, tuple[Answered, ...]]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self:
        """Of a ledger's lines."""
        sent: dict[str, tuple[Sent, ...]] = {}
        answers: dict[str, tuple[Answered, ...]] = {}
        for line in lines:
            if isinstance(line, Sent):
                sent[line.id] = (*sent.get(line.id, ()), line)
            else:
                answers[line.id] = (*answers.get(line.id, ()), line)
        return cls(sent, answers)

    @classmethod
    def read(cls, file: Path) -> Self:
        """Of a ledger's file."""
        return cls.of(_LINE.validate_json(text) for text in file.read_bytes().splitlines())

    @property
    def commands(self) -> dict[str, Sent]:
        """The commands, each as it was first sent, by their ids."""
        return {id_: sent[0] for id_, sent in self.sent.items() if sent[0].kind is not None}

    @property
    def reports(self) -> dict[str, Sent]:
        """The reports, by their keys."""
        return {id_: sent[0] for id_, sent in self.sent.items() if sent[0].kind is None}

    def final(self, id_: str) -> Answered | None:
        """The first answer that settled a request."""
        return next((answer for answer in self.answers.get(id_, ()) if answer.is_final), None)
