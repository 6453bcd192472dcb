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


def _to_all(*fields: str, own: Iterable[str] = ()) -> Sight:
    return Sight(Whose.EVERYBODYS, frozenset(fields), frozenset(own))


def _own_side(*fields: str) -> Sight:
    return Sight(Whose.OWN_SIDES, frozenset(fields))


def _reminded(*fields: str) -> Sight:
    """Of a message that was sent to one of them. On their timeline too where it names the vendor, else on none."""
    return Sight(Whose.OWN_SIDES, frozenset(fields))


HIDDEN = Sight()
_TEXT = ("text", "attachments")
_REASON = ("reason", "attachments")
_GRANT = ("scope", "expires_at", "channel", "evidence", "attachments")
#: Of a word of the customer: which of us recorded it, or by which channel it came.
_RECORDED = ("on_behalf", "recorded_alone", "channel")
_ANSWER = _to_all("opinion", "version", "department", "deputy_for", "channel", "attachments")
_TRIAGE = ("level", "facts", "service", "category")
_REPORT = ("title", "description", "site", "asset", "before")
_CONSENT = (*_RECORDED, "subject", "kind", "kinds", "agreed", "until", "evidence", *_TEXT)
_REFUSAL = Sight(Whose.ONES_OWN, frozenset({"kind", "reason", "detail", "data"}))

# fmt: off
#: Happening by happening: what the customer sees of it, and what a vendor does. A vendor's own are the vendor's acts
#: and the cases that name them. Sums of money, addressees of alarms and what we say to one another stand in no row.
HAPPENINGS: dict[Happening, tuple[Sight, Sight]] = {
    Happening.OPENED:                  (_to_all("channel", "follows", *_TRIAGE), _to_all()),
    Happening.TERMS_AGREED:            (_to_all("contract", "pack", "version", "covered"), HIDDEN),
    Happening.CLASSIFIED:              (_to_all("reason", "consents_ended", *_TRIAGE), HIDDEN),
    Happening.IDENTIFIED:              (_to_all("customer", "customer_name", "contract", "contact", "level"), HIDDEN),
    Happening.CORRECTED:               (_to_all(*_REPORT), _to_all(*_REPORT)),
    Happening.PROMISES_CHANGED:        (_to_all("changed"), HIDDEN),
    Happening.RESPONDED:               (_to_all("stage", *_TEXT), HIDDEN),
    Happening.CONTACTED:               (_to_all("stage", *_TEXT), HIDDEN),
    Happening.PLAN_SUBMITTED:          (_to_all(*_TEXT), HIDDEN),
    Happening.ADVANCED:                (_to_all("stage"), HIDDEN),
    Happening.TAKEN:                   (_to_all("to"), HIDDEN),
    Happening.REASSIGNED:              (_to_all("to"), HIDDEN),
    Happening.UNASSIGNED:              (_to_all(), HIDDEN),
    Happening.NOTED:                   (_own_side("evidence", *_TEXT), _own_side(*_TEXT)),
    # Nobody has proven who wrote it.
    Happening.MAILED:                  (HIDDEN, HIDDEN),
    Happening.ACKNOWLEDGED:            (HIDDEN, HIDDEN),
    Happening.CALL_LEFT:               (HIDDEN, HIDDEN),
    Happening.BOOKED:                  (_to_all(*_RECORDED, "at", *_TEXT), HIDDEN),
    Happening.LOG_WRITTEN:             (_to_all("step", "waived"), HIDDEN),
    Happening.REMOTE_REQUESTED:        (_to_all("scope", *_TEXT), HIDDEN),
    Happening.REMOTE_GRANTED:          (_to_all(*_RECORDED, *_GRANT), HIDDEN),
    Happening.REMOTE_REFUSED:          (_to_all(*_RECORDED, *_REASON), HIDDEN),
    Happening.REMOTE_REVOKED:          (_to_all(*_RECORDED, *_REASON), HIDDEN),
    Happening.REMOTE_EXPIRED:          (_to_all(), HIDDEN),
    Happening.REMOTE_STARTED:          (_to_all("recorded_alone", "stage", *_TEXT), HIDDEN),
    Happening.REMOTE_ENDED:            (_to_all("ended_by", *_TEXT), HIDDEN),
    Happening.GRANT_ENDED:             (_to_all("ended_by"), HIDDEN),
    Happening.ONSITE_APPLIED:          (HIDDEN, HIDDEN),
    Happening.DISPATCHED:              (_to_all("to", "stage"), HIDDEN),
    Happening.DEPARTED:                (_to_all("stage", *_TEXT), HIDDEN),
    Happening.ARRIVED:                 (_to_all("stage", *_TEXT), HIDDEN),
    Happening.DIAGNOSED:               (_to_all(*_TEXT), HIDDEN),
    Happening.VISIT_ENDED:             (_to_all(*_TEXT), HIDDEN),
    Happening.CONSULTATION_REQUESTED:  (HIDDEN, HIDDEN),
    Happening.CONSULTATION_CONCLUDED:  (HIDDEN, HIDDEN),
    Happening.VENDOR_CASE_OPENED:      (_to_all(), _own_side("vendor", "case", *_TEXT)),
    Happening.VENDOR_CASE_CLOSED:      (_to_all(), _own_side("vendor", "case", *_TEXT)),
    Happening.VENDOR_CASE_HANDED:      (_to_all(), _own_side("vendor", "case")),
    Happening.PART_REQUESTED:          (_to_all("part", *_TEXT), HIDDEN),
    Happening.PART_AGREED:             (_to_all(*_RECORDED, "part", *_TEXT), HIDDEN),
    Happening.PART_REFUSED:            (_to_all(*_RECORDED, "part", *_REASON), HIDDEN),
    Happening.PART_VERIFIED:           (HIDDEN, HIDDEN),
    Happening.PART_RESERVED:           (_to_all("part"), HIDDEN),
    Happening.PART_ORDERED:            (_to_all("part"), HIDDEN),
    Happening.PART_ARRIVED:            (_to_all("part"), HIDDEN),
    Happening.SUBSTITUTE_DELIVERED:    (_to_all("substitute", *_TEXT), HIDDEN),
    Happening.SUBSTITUTE_RETURNED:     (_to_all("substitute", *_TEXT), HIDDEN),
    Happening.MAJOR_PROPOSED:          (HIDDEN, HIDDEN),
    Happening.FORMAL_REPORT_SUBMITTED: (_to_all(*_TEXT), HIDDEN),
    Happening.MAJOR_APPLIED:           (_to_all("title", "plan", "risk", "version", "attachments"), HIDDEN),
    Happening.MAJOR_WITHDRAWN:         (_to_all("version", *_REASON), HIDDEN),
    Happening.APPROVED:                (_ANSWER, HIDDEN),
    Happening.REFUSED:                 (_ANSWER, HIDDEN),
    Happening.CHANGE_PROPOSED:         (_to_all("change", "size", "documents", *_TEXT), HIDDEN),
    Happening.CHANGE_AGREED:           (_to_all(*_RECORDED, "change", "evidence", *_TEXT), HIDDEN),
    Happening.CHANGE_REFUSED:          (_to_all(*_RECORDED, "change", *_REASON), HIDDEN),
    Happening.CHANGE_MADE:             (_to_all("change", "backup", *_TEXT), HIDDEN),
    Happening.CHANGE_ACCEPTED:         (_to_all(*_RECORDED, "change", "evidence", *_TEXT), HIDDEN),
    Happening.CONSENTED:               (_to_all(*_CONSENT), HIDDEN),
    Happening.LINK_HANDED:             (_to_all("to", "asked", "about"), HIDDEN),
    Happening.CENTRE_FORMED:           (_to_all(*_TEXT), HIDDEN),
    Happening.EMERGENCY_PLAN_STARTED:  (_to_all("plan", "stage"), _to_all()),
    Happening.EMERGENCY_PLAN_OBJECTED: (_to_all(), HIDDEN),
    Happening.EMERGENCY_PLAN_ENDED:    (_to_all(*_TEXT), HIDDEN),
    Happening.RESTORED:                (_to_all(*_TEXT), _to_all()),
    Happening.RESOLVED:                (_to_all("summary", "attachments"), _to_all()),
    Happening.CONFIRMED:               (_to_all(*_RECORDED, *_TEXT), _to_all()),
    Happening.SILENCE_CONFIRMED:       (_to_all(), _to_all()),
    Happening.REJECTED:                (_to_all(*_RECORDED, *_REASON), _to_all()),
    Happening.REOPENED:                (_to_all(*_REASON), _to_all()),
    Happening.REPORT_DELIVERED:        (_to_all(*_TEXT), HIDDEN),
    Happening.SURVEY_RECORDED:         (_to_all("satisfaction"), HIDDEN),
    Happening.FOLLOWED_UP:             (HIDDEN, HIDDEN),
    Happening.PAUSED:                  (_to_all("reason", *_TEXT), HIDDEN),
    Happening.RESUMED:                 (_to_all(), HIDDEN),
    Happening.PAUSE_CAPPED:            (_to_all("reason"), HIDDEN),
    Happening.REBASELINE_ASKED:        (HIDDEN, HIDDEN),
    Happening.REBASELINED:             (_to_all("schedule", "last_year", "moved"), HIDDEN),
    Happening.AUTHORISATION_CHANGED:   (_to_all("until"), HIDDEN),
    Happening.CONTRACT_CHANGED:        (_to_all("begins_on", "ends_on"), HIDDEN),
    Happening.CUSTOMER_CHANGED:        (_to_all("active"), HIDDEN),
    Happening.CLOSED:                  (_to_all(), _to_all()),
    Happening.DISCARDED:               (_to_all(*_REASON), HIDDEN),
    Happening.MERGED:                  (_to_all("into"), HIDDEN),
    Happening.MERGED_IN:               (_to_all("from", "contact"), HIDDEN),
    Happening.ALARM_RAISED:            (_reminded("alarm", "version"), _reminded("alarm", "case", "silent_since")),
    Happening.HALF_SPENT:              (HIDDEN, HIDDEN),
    Happening.PROMISE_BREACHED:        (HIDDEN, HIDDEN),
    Happening.COMMAND_REFUSED:         (_REFUSAL, _REFUSAL),
    Happening.SET_ASIDE:               (HIDDEN, HIDDEN),
}
# fmt: on


#: Of alarms, those that remind people outside of an answer; all others are ours.
REMINDERS = frozenset({Event.APPROVAL_REMINDER, Event.VENDOR_SILENT})
