"""Commands: what people ask of a ticket. Each is answered accepted or refused, and recorded either way."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from domain.people.actors import Actor
from domain.ticket.stages import Stage


class CommandKind(StrEnum):
    """Every command there is, in the order of a ticket's life."""

    CLASSIFY = "classify"
    RESPOND = "respond"
    CONTACT = "contact"
    SUBMIT_PLAN = "submit_plan"
    ADVANCE = "advance"
    REASSIGN = "reassign"
    NOTE = "note"
    WRITE_LOG = "write_log"
    PAUSE = "pause"
    RESUME = "resume"
    REQUEST_REMOTE = "request_remote"
    GRANT_REMOTE = "grant_remote"
    REFUSE_REMOTE = "refuse_remote"
    REVOKE_REMOTE = "revoke_remote"
    START_REMOTE = "start_remote"
    END_REMOTE = "end_remote"
    APPLY_ONSITE = "apply_onsite"
    DISPATCH = "dispatch"
    DEPART = "depart"
    ARRIVE = "arrive"
    DIAGNOSE = "diagnose"
    END_VISIT = "end_visit"
    REQUEST_CONSULTATION = "request_consultation"
    CONCLUDE_CONSULTATION = "conclude_consultation"
    OPEN_VENDOR_CASE = "open_vendor_case"
    CLOSE_VENDOR_CASE = "close_vendor_case"
    REQUEST_PART = "request_part"
    AGREE_PART = "agree_part"
    VERIFY_PART = "verify_part"
    RESERVE_PART = "reserve_part"
    PART_ARRIVED = "part_arrived"
    DELIVER_SUBSTITUTE = "deliver_substitute"
    RETURN_SUBSTITUTE = "return_substitute"
    PROPOSE_CHANGE = "propose_change"
    AGREE_CHANGE = "agree_change"
    REFUSE_CHANGE = "refuse_change"
    MAKE_CHANGE = "make_change"
    ACCEPT_CHANGE = "accept_change"
    SUBMIT_FORMAL_REPORT = "submit_formal_report"
    APPLY_MAJOR = "apply_major"
    APPROVE = "approve"
    REFUSE = "refuse"
    CONSENT = "consent"
    START_PLAN = "start_plan"
    OBJECT_PLAN = "object_plan"
    END_PLAN = "end_plan"
    RESTORE = "restore"
    RESOLVE = "resolve"
    CONFIRM = "confirm"
    REJECT = "reject"
    REOPEN = "reopen"
    DELIVER_REPORT = "deliver_report"
    RECORD_SURVEY = "record_survey"
    CLOSE = "close"
    REBASELINE = "rebaseline"


class Type(StrEnum):
    """What a field of a command may hold."""

    TEXT = "text"
    WORD = "word"  # an id, or one of the choices
    FLAG = "flag"
    INSTANT = "instant"  # ISO 8601 with an offset
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a command's data. ``choices``: the words allowed; empty: any."""

    name: str
    type: Type = Type.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()


_TEXT = (Field("text"),)
_MAYBE_TEXT = (Field("text", required=False),)
_REASON = (Field("reason"),)
#: ``version``: of the application that the opinion is about; absent: the last one.
_OPINION = (Field("opinion"), Field("version", Type.WORD, required=False))

#: The five steps of a fault solution (004-04).
STEPS = ("diagnosis", "repair", "cleaning", "protection", "evidence")

#: How satisfied a customer may be.
SATISFACTION = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")

#: Why a clock may be stopped by a person. ``customer_approval`` is the system's alone (000-11).
PAUSE_REASONS = ("customer", "third_party", "parts", "force_majeure")

#: The emergency plans of 004-17.
PLANS = ("one", "two", "three")

#: How a customer may have given a consent.
CONSENT_CHANNELS = ("phone", "mail", "web", "mobile", "paper")

_PART = (Field("text"), Field("part", Type.WORD, required=False))
_EVIDENCE = Field("evidence", required=False)
_WHICH_CHANGE = Field("change", Type.WORD, required=False)
_CHANGE = (Field("text"), _WHICH_CHANGE)

#: Kind by kind, what its data holds. The API builds its schemas from this table, the workflow checks by it.
DATA: dict[CommandKind, tuple[Field, ...]] = {
    CommandKind.CLASSIFY: (
        Field("level", Type.WORD, required=False),
        Field("facts", Type.FACTS, required=False),
    ),
    CommandKind.RESPOND: _TEXT,
    CommandKind.CONTACT: _TEXT,
    CommandKind.SUBMIT_PLAN: _TEXT,
    CommandKind.ADVANCE: (
        Field("stage", Type.WORD, choices=tuple(stage for stage in Stage if stage.is_work)),
        Field("reason"),
    ),
    CommandKind.REASSIGN: (Field("to", Type.WORD), Field("reason")),
    CommandKind.NOTE: _TEXT,
    CommandKind.WRITE_LOG: (
        Field("text"),
        Field("step", Type.WORD, required=False, choices=STEPS),
        Field("waived", Type.FLAG, required=False),
    ),
    CommandKind.PAUSE: (Field("reason", Type.WORD, choices=PAUSE_REASONS), Field("text")),
    CommandKind.RESUME: (),
    CommandKind.REQUEST_REMOTE: (Field("scope"), Field("text")),
    CommandKind.GRANT_REMOTE: (
        Field("scope"),
        Field("expires_at", Type.INSTANT, required=False),
        Field("channel", Type.WORD, required=False, choices=CONSENT_CHANNELS),
        _EVIDENCE,
    ),
    CommandKind.REFUSE_REMOTE: _REASON,
    CommandKind.REVOKE_REMOTE: _REASON,
    CommandKind.START_REMOTE: _TEXT,
    CommandKind.END_REMOTE: _TEXT,
    CommandKind.APPLY_ONSITE: _TEXT,
    CommandKind.DISPATCH: (
        Field("to", Type.WORD),
        Field("unit", Type.WORD, required=False, choices=("local", "division")),
    ),
    CommandKind.DEPART: _MAYBE_TEXT,
    CommandKind.ARRIVE: _MAYBE_TEXT,
    CommandKind.DIAGNOSE: _TEXT,
    CommandKind.END_VISIT: _MAYBE_TEXT,
    CommandKind.REQUEST_CONSULTATION: _TEXT,
    CommandKind.CONCLUDE_CONSULTATION: _TEXT,
    CommandKind.OPEN_VENDOR_CASE: (Field("vendor", Type.WORD), Field("text")),
    CommandKind.CLOSE_VENDOR_CASE: _TEXT,
    CommandKind.REQUEST_PART: _TEXT,
    CommandKind.AGREE_PART: _PART,
    CommandKind.VERIFY_PART: _PART,
    CommandKind.RESERVE_PART: _PART,
    CommandKind.PART_ARRIVED: _PART,
    CommandKind.DELIVER_SUBSTITUTE: _TEXT,
    CommandKind.RETURN_SUBSTITUTE: _TEXT,
    CommandKind.PROPOSE_CHANGE: (
        Field("text"),
        Field("size", Type.WORD, choices=("small", "large")),
        Field("documents"),
    ),
    CommandKind.AGREE_CHANGE: (*_CHANGE, _EVIDENCE),
    CommandKind.REFUSE_CHANGE: (Field("reason"), _WHICH_CHANGE),
    CommandKind.MAKE_CHANGE: (*_CHANGE, Field("backup", required=False)),
    CommandKind.ACCEPT_CHANGE: (*_CHANGE, _EVIDENCE),
    CommandKind.SUBMIT_FORMAL_REPORT: _TEXT,
    CommandKind.APPLY_MAJOR: (Field("title"), Field("plan"), Field("risk")),
    CommandKind.APPROVE: _OPINION,
    CommandKind.REFUSE: _OPINION,
    CommandKind.CONSENT: (
        Field("subject", Type.WORD),
        Field("text"),
        Field("agreed", Type.FLAG, required=False),  # absent: yes
        Field("until", Type.INSTANT, required=False),  # how long the customer agrees to wait (001-05)
        _EVIDENCE,
    ),
    CommandKind.START_PLAN: (Field("text"), Field("plan", Type.WORD, required=False, choices=PLANS)),
    CommandKind.OBJECT_PLAN: _TEXT,
    CommandKind.END_PLAN: _TEXT,
    CommandKind.RESTORE: _TEXT,
    CommandKind.RESOLVE: (Field("summary"),),
    CommandKind.CONFIRM: _MAYBE_TEXT,
    CommandKind.REJECT: _REASON,
    CommandKind.REOPEN: _REASON,
    CommandKind.DELIVER_REPORT: _TEXT,
    CommandKind.RECORD_SURVEY: (
        Field("text"),
        Field("satisfaction", Type.WORD, required=False, choices=SATISFACTION),
    ),
    CommandKind.CLOSE: _MAYBE_TEXT,
    CommandKind.REBASELINE: _REASON,
}


@dataclass(frozen=True, slots=True)
class Command:
    """One request, as the API signals it.

    Attributes:
        command_id: the client's UUID; a repeat changes nothing and gets the recorded decision.
        occurred_at: when the sender says that it happened, or None.
        accepted_at: when the API took it, in the ticket's own clock; the command's present.
        expect_seq: the last entry that the sender had seen; another one refuses the command.
        signature: of whoever took the command from its sender, and the key's id.
    """

    command_id: str
    kind: CommandKind
    actor: Actor
    accepted_at: datetime
    occurred_at: datetime | None = None
    expect_seq: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    signature: str = ""
