"""Commands: what people ask of a ticket. Each is answered accepted or refused, and recorded either way."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.contract.facts import unknown_fact
from domain.people.actors import Actor

#: A caller's clock may run ahead of ours by this much.
CLOCK_TOLERANCE = timedelta(seconds=2)


class CommandKind(StrEnum):
    """Every command there is, in the order of a ticket's life. Stored in histories."""

    CLASSIFY = "classify"
    IDENTIFY = "identify"
    CORRECT = "correct"
    RESPOND = "respond"
    CONTACT = "contact"
    SUBMIT_PLAN = "submit_plan"
    ADVANCE = "advance"
    TAKE = "take"
    REASSIGN = "reassign"
    UNASSIGN = "unassign"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    LEAVE_CALL = "leave_call"  # the system's, where whoever has a call leaves
    BOOK = "book"
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
    REFUSE_PART = "refuse_part"
    VERIFY_PART = "verify_part"
    RESERVE_PART = "reserve_part"
    ORDER_PART = "order_part"
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
    WITHDRAW_MAJOR = "withdraw_major"
    APPROVE = "approve"
    REFUSE = "refuse"
    CONSENT = "consent"
    HAND_LINK = "hand_link"
    FORM_CENTRE = "form_centre"
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
    RECORD_FOLLOWUP = "record_followup"
    CLOSE = "close"
    DISCARD = "discard"
    MERGE = "merge"
    REBASELINE = "rebaseline"
    TAKE_AUTHORISATION = "take_authorisation"  # the system's, as the next two
    TAKE_CONTRACT = "take_contract"
    TAKE_CUSTOMER = "take_customer"
    MERGE_IN = "merge_in"
    HAND_VENDOR_CASE = "hand_vendor_case"  # the system's, where a vendor's person leaves
    TAKE_MAIL = "take_mail"  # the system's: somebody writes about it


class Type(StrEnum):
    """What a field of a command may hold."""

    TEXT = "text"
    WORD = "word"  # an id, or one of the choices
    FLAG = "flag"
    INSTANT = "instant"  # ISO 8601 with an offset
    FACTS = "facts"
    OBJECT = "object"  # with parts of its own


@dataclass(frozen=True, slots=True)
class Command:
    """One request, as the API signals it. Stored in histories.

    Attributes:
        command_id: the client's UUID; a repeat changes nothing and gets the recorded decision.
        occurred_at: when the sender says that it happened, or None.
        accepted_at: when the API took it, in the ticket's own clock; the command's present.
        expect_seq: the last entry that the sender had seen; another one refuses the command.
        known: what the ticket cannot know and the API found when it took the command (``api.commands.knowing``).
        signature: of whoever took the command from its sender, and the key's id.
    """

    command_id: str
    kind: CommandKind
    actor: Actor
    accepted_at: datetime
    occurred_at: datetime | None = None
    expect_seq: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    signature: str = ""

    @property
    def is_sent(self) -> bool:
        """Whether somebody sent it; else it is only asked whether it would be possible, for the best of its data."""
        return bool(self.command_id)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a command's data.

    Attributes:
        choices: the words allowed; empty: any.
        parts: the fields of an object.
        among: the ticket's field that holds the records of which it names one; empty: it names none.
    """

    name: str
    type: Type = Type.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    parts: tuple["Field", ...] = ()
    among: str = ""

    def of(self, command: Command) -> Any:  # noqa: ANN401  # as its type says: text, a flag, an instant, facts
        """What the command says in it; None: nothing."""
        value = command.data.get(self.name)
        return datetime.fromisoformat(value) if self.type is Type.INSTANT and value is not None else value

    def takes(self, value: object) -> bool:
        """Whether it may hold the value; None: it says nothing."""
        if value is None:
            return not self.required
        match self.type:
            case Type.FLAG:
                return isinstance(value, bool)
            case Type.FACTS:
                return isinstance(value, dict) and unknown_fact(value) is None
            case Type.OBJECT:
                return isinstance(value, dict) and self._takes_parts(value)
        return isinstance(value, str) and self._takes_text(value)

    def _takes_text(self, value: str) -> bool:
        if not value.strip() or (self.choices and value not in self.choices):
            return False
        return self.type is not Type.INSTANT or _is_instant(value)

    def _takes_parts(self, value: dict[str, Any]) -> bool:
        known = {part.name for part in self.parts}
        return value.keys() <= known and all(part.takes(value.get(part.name)) for part in self.parts)


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
