"""What happened on a ticket, what is owed on it, and what was decided."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import JsonValue

from api.documents.base import PERHAPS, Document
from api.http.instants import Shown
from domain.audience.visibility import (
    DECISION,
    OBLIGATION,
    entry,
    may_know_decision,
    may_name,
    may_see,
    message,
    only,
)
from domain.people.actors import Actor, Role
from domain.ticket.obligations import State
from domain.ticket.timeline import Happening
from store.decisions import Decision
from store.models import EntryRow, NotificationRow, ObligationRow


class ActorShown(Document):
    """Who did it; to people outside, of somebody who is not of their side and not in charge, the role alone."""

    id: str = PERHAPS
    role: Role
    department: str | None = PERHAPS


class EntryDocument(Document):
    """A line of the timeline. ``at``: when it took effect; ``recorded_at``: when the ticket learnt of it.

    People outside get of ``data`` what is for them, and ``command_id`` of their own commands alone.
    """

    seq: int
    happening: Happening
    at: Shown
    recorded_at: Shown
    actor: ActorShown
    command_id: str | None
    data: dict[str, JsonValue]

    @classmethod
    def of(cls, row: EntryRow, viewer: Actor, assignee: str | None) -> "EntryDocument":
        """Of a row of the read model that is there for somebody."""
        actor = Actor(row.actor_id, row.actor_role, department=row.actor_department)
        named = {"id": actor.id, "department": actor.department} if may_name(viewer, actor, assignee) else {}
        return cls(
            seq=row.seq,
            happening=row.happening,
            at=row.at,
            recorded_at=row.recorded_at,
            actor=ActorShown(role=actor.role, **named),
            command_id=row.command_id if may_know_decision(viewer, actor.id) else None,
            data=entry(viewer, row.happening, actor, row.data) or {},
        )


class AlarmShown(Document):
    """A rung that was raised."""

    rung: Literal[50, 80, 100, 150]
    due_at: Shown
    raised_at: Shown
    lateness_ms: int


class ObligationDocument(Document):
    """One promise on a ticket."""

    key: str
    kind: str
    clause: str
    superseded: tuple[str, ...]
    state: State
    reason: str | None
    due_at: Shown | None
    budget: str | int
    counting: str
    calendar: str
    origin: str
    armed: str
    provisional: bool
    default: bool
    met_at: Shown | None
    reported_late: bool
    next_rung_at: Shown | None = PERHAPS
    segments: list[tuple[Shown, Shown | None]]
    alarms: list[AlarmShown]
    explanation: dict[str, str]

    @classmethod
    def of(cls, row: ObligationRow, viewer: Actor) -> "ObligationDocument":
        """Of a row of the read model, for somebody; alarms are a list to everybody."""
        columns = {name: getattr(row, name) for name in cls.model_fields}
        return cls(**{"alarms": []} | only(viewer, OBLIGATION, columns | {"armed": " or ".join(row.armed)}))


class ObligationsDocument(Document):
    """All promises of a ticket, as of its entry ``seq``; none for whom they are no business of."""

    seq: int
    items: list[ObligationDocument]

    @classmethod
    def of(cls, seq: int, rows: Iterable[ObligationRow], viewer: Actor) -> "ObligationsDocument":
        """Of the read model's rows, for somebody."""
        shown = rows if may_see(viewer, OBLIGATION, "key") else ()
        return cls(seq=seq, items=[ObligationDocument.of(row, viewer) for row in shown])


class DecisionDocument(Document):
    """What became of a command: ``accepted``, ``refused``, or ``pending`` while nobody has decided."""

    number: str
    command_id: str
    decision: Literal["accepted", "refused", "pending"]
    seq: int | None = None
    happening: str | None = None
    at: Shown | None = None
    reason: str | None = None
    detail: dict[str, str] | None = None
    allowed: list[str] | None = None

    @classmethod
    def of(cls, number: str, command_id: str, decision: Decision | None) -> "DecisionDocument":
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
            **refusal,
        )

    def content(self, viewer: Actor) -> dict[str, Any]:
        """What of it applies and is for him."""
        return only(viewer, DECISION, self.model_dump(mode="json", exclude_none=True))


class MessageDocument(Document):
    """A message of somebody's inbox."""

    id: str
    ticket: str
    title: str
    seq: int
    happening: Happening
    data: dict[str, JsonValue]
    created_at: Shown
    read_at: Shown | None

    @classmethod
    def of(cls, row: NotificationRow, title: str, viewer: Actor) -> "MessageDocument":
        """Of a row, with its ticket's title, for its recipient."""
        columns = {name: getattr(row, name) for name in cls.model_fields if name != "title"}
        return cls(**columns | {"title": title, "data": message(viewer, row.happening, row.data)})
