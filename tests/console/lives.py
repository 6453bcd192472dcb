"""Lives of tickets in which everything is done that people can do: who does what, and what of it is no free text."""

from dataclasses import dataclass, field
from typing import Any

#: Who, what, and the data that is chosen: what people write is filled in by whoever tells the life.
Done = tuple[str, str, dict[str, Any]]


def step(who: str, kind: str, /, **chosen: Any) -> Done:
    """Somebody does something."""
    return who, kind, chosen


@dataclass(frozen=True)
class Life:
    """How a ticket is opened, and what is done on it."""

    pack: str
    level: str
    steps: tuple[Done, ...]
    facts: dict[str, Any] = field(default_factory=dict)


#: In the place of an instant.
IN_A_WEEK = "in a week"
#: In which free texts stand in a part of a field: filled in, too.
_OF_THE_CUSTOMER: dict[str, Any] = {"on_behalf": {"channel": "phone"}}
_LOG = tuple(
    step("engineer", "write_log", step=each) for each in ("diagnosis", "repair", "cleaning", "protection", "evidence")
)

WORK = Life(
    "sitech",
    "A",
    (
        step("duty", "acknowledge"),
        step("hotline", "contact"),
        step("hotline", "correct"),
        step("hotline", "identify", contact={}),
        step("engineer", "take"),
        step("engineer", "unassign"),
        step("hotline", "reassign", to="engineer"),
        step("engineer", "classify", facts={"cause": "unknown"}),
        step("engineer", "respond"),
        step("engineer", "note"),
        step("customer", "note"),
        step("engineer", "submit_plan"),
        step("engineer", "classify", facts={"nature": "booking"}),
        step("customer", "book", at=IN_A_WEEK),
        step("engineer", "pause", reason="customer"),
        step("engineer", "resume"),
        step("engineer", "advance", stage="remote"),
        step("engineer", "request_remote"),
        step("customer", "refuse_remote"),
        step("engineer", "request_remote"),
        step("hotline", "hand_link", to="customer", asked="remote_grant"),
        step("customer", "grant_remote"),
        step("engineer", "start_remote"),
        step("engineer", "end_remote"),
        step("customer", "revoke_remote"),
        step("engineer", "apply_onsite"),
        step("engineer", "advance", stage="onsite"),
        step("engineer", "dispatch", to="engineer2"),
        step("engineer2", "depart"),
        step("engineer2", "arrive"),
        step("engineer2", "diagnose"),
        step("engineer2", "end_visit"),
        step("engineer", "request_consultation"),
        step("expert", "conclude_consultation"),
        step("engineer", "request_part"),
        step("customer", "refuse_part"),
        step("engineer", "request_part"),
        step("hotline", "agree_part", **_OF_THE_CUSTOMER),
        step("engineer", "verify_part"),
        step("stock", "verify_part"),
        step("stock", "reserve_part"),
        step("engineer", "deliver_substitute"),
        step("engineer", "return_substitute"),
        step("engineer", "open_vendor_case", vendor="vendor"),
        step("vendor", "note"),
        step("engineer", "restore"),
    ),
)
ENDING = Life(
    "standard",
    "severe",
    (
        step("engineer", "propose_change", size="large"),
        step("customer", "refuse_change"),
        step("engineer", "propose_change", size="large"),
        step("customer", "agree_change"),
        step("engineer", "make_change"),
        step("customer", "accept_change"),
        step("engineer", "resolve"),
        step("customer", "reject"),
        step("engineer", "resolve"),
        step("pm", "reopen"),
        step("engineer", "resolve"),
        step("hotline", "confirm", **_OF_THE_CUSTOMER),
        step("engineer", "deliver_report"),
        step("supervisor", "record_survey", satisfaction="dissatisfied"),
        step("supervisor", "record_followup"),
    ),
)
MAJOR = Life(
    "nuobida",
    "I",
    (
        step("pm", "submit_formal_report"),
        step("pm", "apply_major"),
        step("pm", "withdraw_major"),
        step("pm", "apply_major"),
        step("tech", "refuse"),
        step("pm", "apply_major"),
        step("tech", "approve"),
    ),
    {"major": True},
)
EMERGENCY = Life(
    "xinhe",
    "emergency",
    (
        step("duty", "form_centre"),
        step("duty", "advance", stage="emergency"),
        step("duty", "object_plan"),
        step("duty", "start_plan", plan="two"),
        step("duty", "end_plan"),
        step("engineer", "resolve"),
        step("customer", "confirm"),
        *_LOG,
        step("pm", "close"),
    ),
)
PAID = Life(
    "fuao",
    "full_urgent",
    (
        step("customer", "consent", subject="paid_work"),
        step("engineer", "open_vendor_case", vendor="vendor"),
        step("vendor", "close_vendor_case"),
        step("engineer", "request_part"),
        step("customer", "agree_part"),
        step("engineer", "verify_part"),
        step("stock", "verify_part"),
        step("commercial", "order_part"),
        step("stock", "part_arrived"),
        step("pm", "rebaseline"),
    ),
    {"cause": "environment", "severity": "serious"},
)
#: In which people outside are asked, and have not answered.
ASKED = Life(
    "sitech",
    "B",
    (
        step("engineer", "request_remote"),
        step("engineer", "request_part"),
        step("engineer", "propose_change", size="large"),
    ),
)
NOTHING = Life("standard", "general", (step("pm", "discard"),))
DOUBLE = Life("sitech", "D", (step("hotline", "merge", into="ASKED"),))

#: By a name of its own, in the order in which they are told.
LIVES: dict[str, Life] = {
    "WORK": WORK,
    "ENDING": ENDING,
    "MAJOR": MAJOR,
    "EMERGENCY": EMERGENCY,
    "PAID": PAID,
    "ASKED": ASKED,
    "NOTHING": NOTHING,
    "DOUBLE": DOUBLE,
}
