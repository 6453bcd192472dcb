"""The recorded decision on a command, as the database's notification carries it and as the row keeps it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.ticket.timeline import Happening

#: The channel on which projections tell what they wrote.
CHANNEL = "zhishou_ticket"


class _Entry(Protocol):
    """What a decision is read from: the workflow's entry, or its row."""

    @property
    def seq(self) -> int: ...
    @property
    def happening(self) -> Happening: ...
    @property
    def at(self) -> datetime: ...
    @property
    def command_id(self) -> str | None: ...
    @property
    def data(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """What became of a command.

    Attributes:
        seq: the entry that records it.
        at: when it took effect.
        reason: of a refusal, a word such as ``wrong_stage``.
        detail: of a refusal, in Chinese (``zh``) and English (``en``).
        allowed: of a refusal, the commands that would be accepted now.
    """

    command_id: str
    accepted: bool
    seq: int
    happening: str
    at: datetime
    reason: str | None = None
    detail: dict[str, str] | None = None
    allowed: tuple[str, ...] = ()

    @classmethod
    def of_announcement(cls, announced: dict[str, Any]) -> "RecordedDecision":
        """From the JSON of a notification."""
        return cls(
            **announced | {"at": datetime.fromisoformat(announced["at"]), "allowed": tuple(announced["allowed"])}
        )


def decision(entry: _Entry) -> RecordedDecision:
    """The decision that an entry with a command's id records."""
    assert entry.command_id is not None
    happening, at = entry.happening.value, entry.at
    if entry.happening is not Happening.COMMAND_REFUSED:
        return RecordedDecision(entry.command_id, accepted=True, seq=entry.seq, happening=happening, at=at)
    return RecordedDecision(
        entry.command_id,
        accepted=False,
        seq=entry.seq,
        happening=happening,
        at=at,
        reason=entry.data.get("reason"),
        detail=entry.data.get("detail"),
        allowed=tuple(entry.data.get("allowed", ())),
    )
