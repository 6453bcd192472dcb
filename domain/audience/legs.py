"""Legs: what goes on beside the stage, and the happenings that belong to each. One table for every document."""

from domain.ticket.timeline import Happening

# fmt: off
#: Happening by happening: the leg, and the field of the entry that names one of several.
LEGS: dict[Happening, tuple[str, str | None]] = {
    Happening.REMOTE_REQUESTED:        ("remote_access", None),
    Happening.REMOTE_GRANTED:          ("remote_access", None),
    Happening.REMOTE_REFUSED:          ("remote_access", None),
    Happening.REMOTE_REVOKED:          ("remote_access", None),
    Happening.REMOTE_EXPIRED:          ("remote_access", None),
    Happening.GRANT_ENDED:             ("remote_access", None),
    Happening.REMOTE_STARTED:          ("remote_access", None),
    Happening.REMOTE_ENDED:            ("remote_access", None),
    Happening.GRANT_ENDED:             ("remote_access", None),
    Happening.CONSULTATION_REQUESTED:  ("consultation", "consultation"),
    Happening.CONSULTATION_CONCLUDED:  ("consultation", "consultation"),
    Happening.VENDOR_CASE_OPENED:      ("vendor_case", "case"),
    Happening.VENDOR_CASE_HANDED:      ("vendor_case", "case"),
    Happening.VENDOR_CASE_CLOSED:      ("vendor_case", "case"),
    Happening.PART_REQUESTED:          ("part", "part"),
    Happening.PART_AGREED:             ("part", "part"),
    Happening.PART_REFUSED:            ("part", "part"),
    Happening.PART_VERIFIED:           ("part", "part"),
    Happening.PART_RESERVED:           ("part", "part"),
    Happening.PART_ORDERED:            ("part", "part"),
    Happening.PART_ARRIVED:            ("part", "part"),
    Happening.SUBSTITUTE_DELIVERED:    ("substitute", "substitute"),
    Happening.SUBSTITUTE_RETURNED:     ("substitute", "substitute"),
    Happening.CHANGE_PROPOSED:         ("change", "change"),
    Happening.CHANGE_AGREED:           ("change", "change"),
    Happening.CHANGE_REFUSED:          ("change", "change"),
    Happening.CHANGE_MADE:             ("change", "change"),
    Happening.CHANGE_ACCEPTED:         ("change", "change"),
    Happening.FORMAL_REPORT_SUBMITTED: ("application", None),
    Happening.MAJOR_APPLIED:           ("application", "version"),
    Happening.MAJOR_WITHDRAWN:         ("application", "version"),
    Happening.APPROVED:                ("application", "version"),
    Happening.REFUSED:                 ("application", "version"),
    Happening.EMERGENCY_PLAN_STARTED:  ("plan", "plan"),
    Happening.EMERGENCY_PLAN_OBJECTED: ("plan", "plan"),
    Happening.EMERGENCY_PLAN_ENDED:    ("plan", "plan"),
    Happening.CENTRE_FORMED:           ("centre", None),
    Happening.SURVEY_RECORDED:         ("followups", None),
    Happening.FOLLOWED_UP:             ("followups", None),
}
# fmt: on
