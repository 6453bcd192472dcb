"""The timeline: what can stand on it, and what a line of it says."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.people.actors import Actor


class Happening(StrEnum):
    """Everything that can stand on a timeline, in the past tense. The API never writes one; only the ticket does.

    Stored in histories.
    """

    OPENED = "opened"
    TERMS_AGREED = "terms_agreed"
    CLASSIFIED = "classified"
    IDENTIFIED = "identified"  # whose report it is, or whom to call back, was learnt later
    CORRECTED = "corrected"  # title, description or site had been written down wrong
    PROMISES_CHANGED = "promises_changed"  # open ones were dropped or postponed
    RESPONDED = "responded"
    CONTACTED = "contacted"
    PLAN_SUBMITTED = "plan_submitted"
    ADVANCED = "advanced"
    TAKEN = "taken"  # asked for, or by the first act of somebody who may be in charge
    REASSIGNED = "reassigned"
    UNASSIGNED = "unassigned"
    NOTED = "noted"
    MAILED = "mailed"  # a mail came; whoever wrote it says something by it, and does nothing
    ACKNOWLEDGED = "acknowledged"  # somebody who was called answers for it
    CALL_LEFT = "call_left"  # whoever had it has left
    BOOKED = "booked"
    LOG_WRITTEN = "log_written"
    REMOTE_REQUESTED = "remote_requested"
    REMOTE_GRANTED = "remote_granted"
    REMOTE_REFUSED = "remote_refused"
    REMOTE_REVOKED = "remote_revoked"
    REMOTE_EXPIRED = "remote_expired"
    REMOTE_STARTED = "remote_started"
    REMOTE_ENDED = "remote_ended"
    GRANT_ENDED = "grant_ended"  # otherwise than by its expiry or the customer's word
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
    VENDOR_CASE_HANDED = "vendor_case_handed"  # to another of the vendor, or openly to nobody
    PART_REQUESTED = "part_requested"
    PART_AGREED = "part_agreed"
    PART_REFUSED = "part_refused"
    PART_VERIFIED = "part_verified"
    PART_RESERVED = "part_reserved"
    PART_ORDERED = "part_ordered"
    PART_ARRIVED = "part_arrived"
    SUBSTITUTE_DELIVERED = "substitute_delivered"
    SUBSTITUTE_RETURNED = "substitute_returned"
    MAJOR_PROPOSED = "major_proposed"  # by the level, to the project manager (000-08)
    FORMAL_REPORT_SUBMITTED = "formal_report_submitted"
    MAJOR_APPLIED = "major_applied"
    MAJOR_WITHDRAWN = "major_withdrawn"
    APPROVED = "approved"
    REFUSED = "refused"
    CHANGE_PROPOSED = "change_proposed"
    CHANGE_AGREED = "change_agreed"
    CHANGE_REFUSED = "change_refused"
    CHANGE_MADE = "change_made"
    CHANGE_ACCEPTED = "change_accepted"
    CONSENTED = "consented"
    LINK_HANDED = "link_handed"  # to one of the customer's, to answer one question; by one of ours or by themselves
    CENTRE_FORMED = "centre_formed"
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
    FOLLOWED_UP = "followed_up"
    PAUSED = "paused"
    RESUMED = "resumed"
    PAUSE_CAPPED = "pause_capped"
    REBASELINE_ASKED = "rebaseline_asked"
    REBASELINED = "rebaselined"
    AUTHORISATION_CHANGED = "authorisation_changed"  # recorded, renewed or revoked (004-05)
    CONTRACT_CHANGED = "contract_changed"  # begun, renewed or ended
    CUSTOMER_CHANGED = "customer_changed"  # deactivated, or active again
    CLOSED = "closed"
    DISCARDED = "discarded"
    MERGED = "merged"  # into another ticket, which goes on
    MERGED_IN = "merged_in"  # another report of the same fault
    ALARM_RAISED = "alarm_raised"
    HALF_SPENT = "half_spent"  # of the budget to resolve, where that arms something
    PROMISE_BREACHED = "promise_breached"  # again, after its alarm had already been raised
    COMMAND_REFUSED = "command_refused"
    SET_ASIDE = "set_aside"  # by the projection, in the place of what the database refuses; in no history


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. Stored in histories.

    Attributes:
        seq: 1, 2, 3 ... without a gap.
        at: when it took effect.
        recorded_at: when the ticket learnt of it; in a late report, later than ``at``.
        digest: of the command that it answers (``domain.ticket.identity``).
        claimed_at: when its sender says that it happened, whether or not that counts; None: they say nothing.
        command_id: the command that it answers; None for what time or the system did.
        data: the command's fields, or what the happening is about. Of a refusal: ``kind``, ``data``, ``reason``,
            ``detail``, ``allowed``. Of an alarm: ``alarm``, ``lateness_ms``, ``roles``, ``people``, and for a rung
            also ``obligation``, ``kind``, ``clause``, ``rung``, ``due_at``. Of what was set aside: ``happening``,
            ``why``.
    """

    seq: int
    happening: Happening
    at: datetime
    recorded_at: datetime
    actor: Actor
    command_id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    claimed_at: datetime | None = None
    digest: str = ""
