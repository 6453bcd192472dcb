"""What became of a command, as its sender gets it."""

from typing import Any, Literal

from api.http.documents import Document
from api.http.instants import Shown
from domain.audience.visibility import DECISION, only
from domain.people.actors import Actor
from store.decisions import RecordedDecision


class DecisionDocument(Document):
    """What became of a command: ``accepted``, ``refused``, or ``pending`` while nobody has decided.

    ``claimed_at``: the time that was sent. ``clock_off_s``: by how many seconds the sender's clock seems to be off,
    positive where it is ahead; then the time of acceptance counts until the act is told again with another time.
    """

    number: str
    command_id: str
    decision: Literal["accepted", "refused", "pending"]
    seq: int | None = None
    happening: str | None = None
    at: Shown | None = None
    claimed_at: Shown | None = None
    clock_off_s: int | None = None
    reason: str | None = None
    detail: dict[str, str] | None = None
    allowed: list[str] | None = None

    @classmethod
    def of(cls, number: str, command_id: str, decision: RecordedDecision | None) -> "DecisionDocument":
        """Of a recorded decision, or of none yet."""
        if decision is None:
            return cls(number=number, command_id=command_id, decision="pending")
        refusal: dict[str, Any] = {}
        if not decision.accepted:
            refusal = {
                "reason": decision.reason,
                "detail": decision.detail,
                "allowed": list(decision.allowed),
            }
        return cls(
            number=number,
            command_id=command_id,
            decision="accepted" if decision.accepted else "refused",
            seq=decision.seq,
            happening=decision.happening,
            at=decision.at,
            claimed_at=decision.claimed_at,
            clock_off_s=decision.clock_off_s,
            **refusal,
        )

    def content(self, viewer: Actor) -> dict[str, Any]:
        """What of it applies and is for the viewer."""
        return only(viewer, DECISION, self.model_dump(mode="json", exclude_none=True))
