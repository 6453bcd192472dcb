"""The record: what stands on a ticket's timeline, and what the read model is told of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.clauses import Arming, Counting, FactValue, Kind, Origin
from domain.opening import Opening
from domain.people import Actor
from domain.stages import Stage


class Happening(StrEnum):
    """Everything that can stand on a timeline, in the past tense. The API never writes one; only the ticket does."""

    OPENED = "opened"
    TERMS_AGREED = "terms_agreed"
    CLASSIFIED = "classified"
    RESPONDED = "responded"
    CONTACTED = "contacted"
    PLAN_SUBMITTED = "plan_submitted"
    ADVANCED = "advanced"
    REASSIGNED = "reassigned"
    NOTED = "noted"
    LOG_WRITTEN = "log_written"
    REMOTE_REQUESTED = "remote_requested"
    REMOTE_GRANTED = "remote_granted"
    REMOTE_REFUSED = "remote_refused"
    REMOTE_REVOKED = "remote_revoked"
    REMOTE_EXPIRED = "remote_expired"
    REMOTE_STARTED = "remote_started"
    REMOTE_ENDED = "remote_ended"
    ONSITE_APPLIED = "onsite_applied"
    DISPATCHED = "dispatched"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    DIAGNOSED = "diagnosed"
    VISIT_ENDED = "visit_ended"
    CONSULTATION_REQUESTED = "consultation_requested"
    CONSULTATION_CONCLUDED = "consultation_concluded"
    VENDOR_CASE_OPENED = "vendor_case_opened"
    VENDOR_CASE_CLOSED = "vendor_case_closed"
    PART_REQUESTED = "part_requested"
    PART_AGREED = "part_agreed"
    PART_VERIFIED = "part_verified"
    PART_RESERVED = "part_reserved"
    PART_ARRIVED = "part_arrived"
    SUBSTITUTE_DELIVERED = "substitute_delivered"
    SUBSTITUTE_RETURNED = "substitute_returned"
    MAJOR_PROPOSED = "major_proposed"  # by the level, to the project manager (000-08)
    FORMAL_REPORT_SUBMITTED = "formal_report_submitted"
    MAJOR_APPLIED = "major_applied"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGE_PROPOSED = "change_proposed"
    CHANGE_AGREED = "change_agreed"
    CHANGE_REFUSED = "change_refused"
    CHANGE_MADE = "change_made"
    CHANGE_ACCEPTED = "change_accepted"
    CONSENTED = "consented"
    EMERGENCY_PLAN_STARTED = "emergency_plan_started"
    EMERGENCY_PLAN_OBJECTED = "emergency_plan_objected"
    EMERGENCY_PLAN_ENDED = "emergency_plan_ended"
    RESTORED = "restored"
    RESOLVED = "resolved"
    CONFIRMED = "confirmed"
    SILENCE_CONFIRMED = "silence_confirmed"
    REJECTED = "rejected"
    REOPENED = "reopened"
    REPORT_DELIVERED = "report_delivered"
    SURVEY_RECORDED = "survey_recorded"
    PAUSED = "paused"
    RESUMED = "resumed"
    PAUSE_CAPPED = "pause_capped"
    REBASELINE_ASKED = "rebaseline_asked"
    REBASELINED = "rebaselined"
    CLOSED = "closed"
    ALARM_RAISED = "alarm_raised"
    HALF_SPENT = "half_spent"  # of the budget to resolve, where that arms something
    PROMISE_BREACHED = "promise_breached"  # again, after its alarm had already been raised
    COMMAND_REFUSED = "command_refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline.

    Attributes:
        seq: 1, 2, 3 ... without a gap.
        at: when it took effect.
        recorded_at: when the ticket learnt of it; in a late report, later than ``at``.
        command_id: the command that it answers; None for what time or the system did.
        data: the command's fields, or what the happening is about. Of a refusal: ``kind``, ``data``, ``reason``,
            ``detail``, ``allowed``. Of an alarm: ``alarm``, ``lateness_ms``, ``roles``, ``people``, and for a rung
            also ``obligation``, ``kind``, ``clause``, ``rung``, ``due_at``.
    """

    seq: int
    happening: Happening
    at: datetime
    recorded_at: datetime
    actor: Actor
    command_id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


class State(StrEnum):
    """How an obligation stands."""

    PENDING = "pending"  # not armed
    RUNNING = "running"  # from arming on, also outside the calendar's windows
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    SUPERSEDED = "superseded"
    WAIVED = "waived"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rung that was raised, once: 50, 80, 100 or 150 percent of the budget."""

    rung: int
    due_at: datetime
    raised_at: datetime
    lateness_ms: int


@dataclass(frozen=True, slots=True)
class ObligationView:
    """An obligation as the read model shows it (interface.md, obligations).

    Attributes:
        position: place among the ticket's obligations, for listing.
        segments: the stretches in which its clock ran; an open one ends with None.
    """

    key: str
    position: int
    kind: Kind
    clause: str
    superseded: tuple[str, ...]
    state: State
    reason: str | None
    due_at: datetime | None
    budget: str | int  # ISO 8601 duration, or days
    counting: Counting
    calendar: str
    origin: Origin
    armed: tuple[Arming, ...]
    provisional: bool
    default: bool
    met_at: datetime | None
    reported_late: bool
    next_rung_at: datetime | None
    segments: tuple[tuple[datetime, datetime | None], ...]
    alarms: tuple[Alarm, ...]
    explanation: dict[str, str] = field(default_factory=dict)  # zh, en


@dataclass(frozen=True, slots=True)
class Summary:
    """A ticket's changing columns in the read model, as of its last entry."""

    stage: Stage
    level: str | None
    facts: dict[str, FactValue]
    assignee: str | None
    received_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    paused: str | None  # the reason, while a person's pause stands
    proposed: Stage | None  # the stage that the pack's route has next
    waits_for: tuple[str, ...]  # answers of the customer, by the words of ``domain.views``


@dataclass(frozen=True, slots=True)
class Batch:
    """What one projection writes: the entries after ``after_seq``, and how the ticket stands behind the last.

    Attributes:
        opening: the report itself, in a ticket's first batch only.
        obligations: those that changed.
    """

    number: str
    drill: bool
    after_seq: int
    entries: tuple[Entry, ...]
    summary: Summary
    obligations: tuple[ObligationView, ...]
    opening: Opening | None = None

    @property
    def seq(self) -> int:
        """The entry that the read model stands at afterwards."""
        return self.entries[-1].seq if self.entries else self.after_seq
