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
    def claimed_at(self) -> datetime | None: ...
    @property
    def digest(self) -> str: ...
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
        digest: of the command that was decided on.
        claimed_at: when its sender said that it happened.
        clock_off_s: by how much their clock seems to be off; positive: ahead.
    """

    command_id: str
    accepted: bool
    seq: int
    happening: str
    at: datetime
    reason: str | None = None
    detail: dict[str, str] | None = None
    allowed: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    digest: str = ""
    clock_off_s: int | None = None

    @classmethod
    def of_announcement(cls, announced: dict[str, Any]) -> "RecordedDecision":
        """From the JSON of a notification."""
        claimed = announced["claimed_at"]
        read = {
            "at": datetime.fromisoformat(announced["at"]),
            "allowed": tuple(announced["allowed"]),
            "claimed_at": claimed and datetime.fromisoformat(claimed),
        }
        return cls(**announced | read)


def decision(entry: _Entry) -> RecordedDecision:
    """The decision that an entry with a command's id records."""
    assert entry.command_id is not None
    # Of one that was set aside it still stands what it was.
    happening = entry.data["happening"] if entry.happening is Happening.SET_ASIDE else entry.happening.value
    refused = happening == Happening.COMMAND_REFUSED
    about = entry.data if refused else {}
    return RecordedDecision(
        entry.command_id,
        accepted=not refused,
        seq=entry.seq,
        happening=happening,
        at=entry.at,
        reason=about.get("reason"),
        detail=about.get("detail"),
        allowed=tuple(about.get("allowed", ())),
        claimed_at=entry.claimed_at,
        digest=entry.digest,
        clock_off_s=entry.data.get("clock_off_s"),
    )
