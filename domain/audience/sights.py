"""Sights: what people outside the service company see of each happening on a timeline. Deny by default."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.ticket.deadlines import Event
from domain.ticket.timeline import Happening


class Whose(StrEnum):
    """Whose entries an audience sees."""

    NOBODYS = "nobody's"
    ONES_OWN = "one's own"
    OWN_SIDES = "one's own side's"
    EVERYBODYS = "everybody's"


@dataclass(frozen=True, slots=True)
class Sight:
    """What an audience sees of a happening.

    Attributes:
        fields: of an entry's data.
        own: of an entry of one's own side, these too.
    """

    whose: Whose = Whose.NOBODYS
    fields: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


def _shown(*fields: str, own: Iterable[str] = ()) -> Sight:
    return Sight(Whose.EVERYBODYS, frozenset(fields), frozenset(own))


def _own_side(*fields: str) -> Sight:
    return Sight(Whose.OWN_SIDES, frozenset(fields))


def _reminded(*fields: str) -> Sight:
    """On no timeline of theirs, for nobody of their side raises it; what of a message that was sent to one of them."""
    return Sight(Whose.OWN_SIDES, frozenset(fields))


HIDDEN = Sight()
_TEXT = ("text", "attachments")
_REASON = ("reason", "attachments")
_REFUSAL = Sight(Whose.ONES_OWN, frozenset({"kind", "reason", "detail", "data"}))

# fmt: off
#: Happening by happening: what the customer sees of it, and what a vendor does. A vendor's own are the vendor's acts
#: and the cases that name them. Sums of money, addressees of alarms and what we say to one another stand in no row.
HAPPENINGS: dict[Happening, tuple[Sight, Sight]] = {
    Happening.OPENED:                  (_shown("channel", "level", "facts"), _shown()),
    Happening.TERMS_AGREED:            (_shown("contract", "pack", "version"), HIDDEN),
    Happening.CLASSIFIED:              (_shown("level", "facts"), HIDDEN),
    Happening.RESPONDED:               (_shown(*_TEXT), HIDDEN),
    Happening.CONTACTED:               (_shown(*_TEXT), HIDDEN),
    Happening.PLAN_SUBMITTED:          (_shown(*_TEXT), HIDDEN),
    Happening.ADVANCED:                (_shown("stage"), HIDDEN),
    Happening.REASSIGNED:              (_shown("to"), HIDDEN),
    Happening.NOTED:                   (_own_side(*_TEXT), _own_side(*_TEXT)),
    Happening.LOG_WRITTEN:             (_shown("step", "waived"), HIDDEN),
    Happening.REMOTE_REQUESTED:        (_shown("scope", *_TEXT), HIDDEN),
    Happening.REMOTE_GRANTED:          (_shown("scope", "expires_at", "channel", "evidence", "attachments"), HIDDEN),
    Happening.REMOTE_REFUSED:          (_shown(*_REASON), HIDDEN),
    Happening.REMOTE_REVOKED:          (_shown(*_REASON), HIDDEN),
    Happening.REMOTE_EXPIRED:          (_shown(), HIDDEN),
    Happening.REMOTE_STARTED:          (_shown(*_TEXT), HIDDEN),
    Happening.REMOTE_ENDED:            (_shown(*_TEXT), HIDDEN),
    Happening.ONSITE_APPLIED:          (HIDDEN, HIDDEN),
    Happening.DISPATCHED:              (_shown("to"), HIDDEN),
    Happening.DEPARTED:                (_shown(*_TEXT), HIDDEN),
    Happening.ARRIVED:                 (_shown(*_TEXT), HIDDEN),
    Happening.DIAGNOSED:               (_shown(*_TEXT), HIDDEN),
    Happening.VISIT_ENDED:             (_shown(*_TEXT), HIDDEN),
    Happening.CONSULTATION_REQUESTED:  (HIDDEN, HIDDEN),
    Happening.CONSULTATION_CONCLUDED:  (HIDDEN, HIDDEN),
    Happening.VENDOR_CASE_OPENED:      (_shown(), _own_side("vendor", "case", *_TEXT)),
    Happening.VENDOR_CASE_CLOSED:      (_shown(), _own_side("vendor", "case", *_TEXT)),
    Happening.PART_REQUESTED:          (_shown("part", *_TEXT), HIDDEN),
    Happening.PART_AGREED:             (_shown("part", *_TEXT), HIDDEN),
    Happening.PART_VERIFIED:           (HIDDEN, HIDDEN),
    Happening.PART_RESERVED:           (_shown("part"), HIDDEN),
    Happening.PART_ARRIVED:            (_shown("part"), HIDDEN),
    Happening.SUBSTITUTE_DELIVERED:    (_shown(*_TEXT), HIDDEN),
    Happening.SUBSTITUTE_RETURNED:     (_shown(*_TEXT), HIDDEN),
    Happening.MAJOR_PROPOSED:          (HIDDEN, HIDDEN),
    Happening.FORMAL_REPORT_SUBMITTED: (_shown(*_TEXT), HIDDEN),
    Happening.MAJOR_APPLIED:           (_shown("title", "plan", "risk", "version", "attachments"), HIDDEN),
    Happening.APPROVED:                (_shown("opinion", "version", "attachments"), HIDDEN),
    Happening.REFUSED:                 (_shown("opinion", "version", "attachments"), HIDDEN),
    Happening.CHANGE_PROPOSED:         (_shown("change", "size", "documents", *_TEXT), HIDDEN),
    Happening.CHANGE_AGREED:           (_shown("change", "evidence", *_TEXT), HIDDEN),
    Happening.CHANGE_REFUSED:          (_shown("change", *_REASON), HIDDEN),
    Happening.CHANGE_MADE:             (_shown("change", "backup", *_TEXT), HIDDEN),
    Happening.CHANGE_ACCEPTED:         (_shown("change", "evidence", *_TEXT), HIDDEN),
    Happening.CONSENTED:               (_shown("subject", "agreed", "until", "evidence", *_TEXT), HIDDEN),
    Happening.EMERGENCY_PLAN_STARTED:  (_shown("plan"), HIDDEN),
    Happening.EMERGENCY_PLAN_OBJECTED: (_shown(own=_TEXT), HIDDEN),
    Happening.EMERGENCY_PLAN_ENDED:    (_shown(*_TEXT), HIDDEN),
    Happening.RESTORED:                (_shown(*_TEXT), _shown()),
    Happening.RESOLVED:                (_shown("summary", "attachments"), _shown()),
    Happening.CONFIRMED:               (_shown(*_TEXT), _shown()),
    Happening.SILENCE_CONFIRMED:       (_shown(), _shown()),
    Happening.REJECTED:                (_shown(*_REASON), _shown()),
    Happening.REOPENED:                (_shown(*_REASON), _shown()),
    Happening.REPORT_DELIVERED:        (_shown(*_TEXT), HIDDEN),
    Happening.SURVEY_RECORDED:         (_shown("satisfaction"), HIDDEN),
    Happening.PAUSED:                  (_shown("reason"), HIDDEN),
    Happening.RESUMED:                 (_shown(), HIDDEN),
    Happening.PAUSE_CAPPED:            (_shown("reason"), HIDDEN),
    Happening.REBASELINE_ASKED:        (HIDDEN, HIDDEN),
    Happening.REBASELINED:             (_shown("schedule", "last_year", "moved"), HIDDEN),
    Happening.CLOSED:                  (_shown(), _shown()),
    Happening.ALARM_RAISED:            (_reminded("alarm", "version"), HIDDEN),
    Happening.HALF_SPENT:              (HIDDEN, HIDDEN),
    Happening.PROMISE_BREACHED:        (HIDDEN, HIDDEN),
    Happening.COMMAND_REFUSED:         (_REFUSAL, _REFUSAL),
}
# fmt: on


#: Of alarms, those that remind people outside of an answer; all others are ours.
REMINDERS = frozenset({Event.APPROVAL_REMINDER})
