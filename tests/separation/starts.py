"""Starts: under which contract a ticket begins, and what has been done or tried on it when the machine takes over."""

from dataclasses import dataclass, field
from typing import Any

from domain.people.actors import Actor, Role
from tests.separation.laws import STEPS, Contract
from tests.separation.moves import (
    ACCEPT,
    AGREE_CHANGE,
    APPLY,
    APPROVE,
    EVERYWHERE,
    GRANT,
    IDENTIFY,
    LARGE,
    MAKE,
    MERGE,
    REFUSE,
    REPORT,
    RESERVE,
    RESOLVE,
    Move,
    by_link,
    move,
    recorded,
)

#: What people did or tried, in order; who claims to be another than they are stands there themselves.
Path = tuple[tuple[str | Actor, Move], ...]


@dataclass(frozen=True)
class Start:
    """Where a ticket stands when the machine takes over: how it was opened, and what has been done since."""

    contract: Contract
    level: str | None
    facts: dict[str, Any] = field(default_factory=dict)
    done: Path = ()
    switches: dict[str, Any] = field(default_factory=dict)

    @property
    def agreed(self) -> str:
        """The id of its contract in the registry."""
        return "strict" if self.switches else f"demo-{self.contract.pack}-2026"


NUOBIDA = Contract("nuobida", needs_approval=True, gravest=frozenset({"I"}))
FUAO = Contract("fuao", severity_is_the_customers=True, paid_causes=frozenset({"environment", "third_party"}))
STANDARD = Contract("standard")
SITECH = Contract("sitech")
XINHE = Contract("xinhe", five_steps=True)
#: A contract under which approval, standing authorisation and the emergency plans of xinhe come together.
STRICT = Contract("xinhe", needs_approval=True, vendors_need_leave=True, five_steps=True)
SWITCHES = {"major_needs_approval": True, "vendor_needs_authorisation": True}

#: What has been done where a ticket starts.
_APPLIED = (("pm", REPORT), ("pm", APPLY))
_APPROVED = (*_APPLIED, ("tech", APPROVE), ("business", APPROVE))
_REFUSED = (*_APPLIED, ("tech", REFUSE))
_AGAIN = (*_REFUSED, ("pm", APPLY), ("business", APPROVE))
_IN_SESSION = (("customer", GRANT), ("engineer", move("start_remote", text="开始")))
_REMOTE = (("engineer", move("advance", stage="remote", reason="转远程")),)
_WAITED = tuple(
    ("customer", move("consent", subject="003-16", text="可以晚", until_min=900, **how))
    for how in ({}, {"evidence": "传真"})
)
_VISITED = (*_REMOTE, ("engineer", move("apply_onsite", text="申请")), ("engineer", move("dispatch", to="engineer2")))
_PART = (
    ("engineer", move("request_part", text="电源")),
    ("customer", move("agree_part", text="同意")),
    ("engineer", move("verify_part", text="对")),
)
_CHECKED = (*_PART, ("stock", move("verify_part", text="对")))
_AGREED = (("engineer", LARGE), ("customer", AGREE_CHANGE))
MADE = (*_AGREED, ("engineer", MAKE))
_ACCEPTED = (*MADE, ("customer", ACCEPT))
_ORDERED: Path = (*_CHECKED, ("commercial", move("order_part", text="订货")))
_RESERVED = (*_CHECKED, ("stock", RESERVE))
_PAID = (
    ("customer", move("consent", subject="paid_work", text="同意收费")),
    ("engineer", move("dispatch", to="engineer2")),
)
_LOWERED = (("customer", move("consent", subject="level_lowering", text="同意", evidence="传真")),)
_LEAVE = (
    ("customer", move("consent", subject="004-05", text="同意")),
    ("engineer", move("open_vendor_case", vendor="vendor", text="支援")),
)
_STEPS = tuple(("engineer", move("write_log", text="已按步骤完成", step=step)) for step in sorted(STEPS))
_TOO_EARLY = (*MADE, ("engineer", RESOLVE))
_SOLVED = (*_ACCEPTED, ("engineer", RESOLVE))
_ENDED = (("engineer", RESOLVE), ("customer", move("confirm")))
_SURVEY = move("record_survey", text="满意")
_SURVEYED: Path = ((Actor("engineer", Role.SUPERVISOR), _SURVEY), ("supervisor", _SURVEY))
_RETURNED = (
    ("engineer", move("deliver_substitute", text="备机")),
    ("engineer", move("return_substitute", text="取回")),
)
#: Where a ticket starts behind what was tried and must not be, so that no law is left to luck.
_SENT = ("engineer", move("dispatch", to="engineer2"))
_UNAGREED = (
    ("engineer", move("classify", facts={"severity": "general"}, reason="影响小")),
    ("engineer", RESOLVE),
)
_UNASKED = (
    *_REMOTE,
    ("engineer", move("start_remote", text="开始")),
    _SENT,
    ("engineer", move("request_part", text="电源")),
    ("stock", RESERVE),
)
_UNBACKED = (
    ("engineer", LARGE),
    ("engineer", MAKE),
    ("engineer", move("classify", facts={"asset": "application"}, reason="核实")),
    _SENT,
    ("engineer2", move("arrive")),
    ("engineer2", RESOLVE),
)
_UNAPPLIED = (
    ("tech", APPROVE),
    *_APPLIED,
    (Actor("pm", Role.CUSTOMER_APPROVER, EVERYWHERE, "technical"), APPROVE),
)
_UNAUTHORISED = (("tech", APPROVE), ("engineer", move("open_vendor_case", vendor="vendor", text="支援")))
_UNWRITTEN = (*_ENDED, ("pm", move("close")))
_UNPROVED = (("customer", move("consent", subject="001-22", text="可以晚", until_min=900)),)
_ANSWERED = (("engineer", move("respond", text="已联系")),)
_GRAVER = (*_IN_SESSION, ("engineer", move("classify", facts={"major": True})))
#: What is told again of a report, or ends it in another, while something of it is graver or still runs.
_MERGED_TOO_EARLY: Path = (("engineer", move("classify", facts={"major": True})), ("hotline", MERGE))
_MERGED_AT_WORK: Path = (*_IN_SESSION, ("hotline", MERGE), ("hotline", IDENTIFY))
_MERGED_WITHOUT_PART: Path = (("engineer", move("request_part", text="电源")), ("hotline", MERGE))
_MERGED: Path = (("hotline", IDENTIFY), ("hotline", move("correct", title="汇聚交换机宕机")), ("hotline", MERGE))
#: Who helps somebody else, and then is something else, has worked on it all the same.
_HELPED: Path = (("engineer2", move("respond", text="已联系")), *_STEPS)
_HELPED_AND_APPROVES: Path = (
    *_HELPED,
    *_APPLIED,
    (Actor("engineer", Role.CUSTOMER_APPROVER, EVERYWHERE, "business"), APPROVE),
)
_HELPED_AND_ASKS: Path = (
    *_HELPED,
    ("engineer2", RESOLVE),
    ("customer", move("confirm")),
    (Actor("engineer", Role.SUPERVISOR), _SURVEY),
)

#: What people recorded themselves and then acted on, and what others then did.
_HEARD = (
    ("engineer", recorded("grant_remote", scope="数据库")),
    ("engineer", move("start_remote", text="开始")),
    ("engineer2", move("start_remote", text="开始")),
    ("engineer", move("request_part", text="电源")),
    (Actor("stock", Role.ENGINEER), recorded("agree_part", text="同意")),
    ("engineer", move("verify_part", text="对")),
    ("commercial", move("verify_part", text="对")),
    ("stock", RESERVE),
)
#: What people handed over links for and then acted on, and what others then did.
_HANDED = (
    ("customer", by_link("engineer", "grant_remote", scope="数据库")),
    ("engineer", move("start_remote", text="开始")),
    ("engineer2", move("start_remote", text="开始")),
)
_HANDED_OF_CHANGES = (
    ("engineer", LARGE),
    ("customer", by_link("engineer", "agree_change", text="同意")),
    ("engineer", MAKE),
    ("engineer2", MAKE),
    ("customer", by_link("engineer2", "accept_change", text="正常")),
    ("customer", by_link("hotline", "accept_change", text="正常")),
    ("engineer", RESOLVE),
    ("customer", by_link("engineer", "confirm")),
    ("customer", by_link("hotline", "confirm")),
)
_HEARD_OF_CHANGES = (
    ("engineer", LARGE),
    ("engineer", recorded("agree_change", text="同意")),
    ("engineer", MAKE),
    ("engineer2", MAKE),
    ("engineer2", recorded("accept_change", text="正常")),
    ("hotline", recorded("accept_change", text="正常")),
    (Actor("hotline", Role.ENGINEER), RESOLVE),
    ("engineer2", RESOLVE),
    ("engineer2", recorded("confirm")),
    ("pm", recorded("confirm")),
    ("pm", move("close")),
)
_HEARD_OF_MONEY = (
    ("engineer", recorded("consent", subject="paid_work", text="同意收费")),
    _SENT,
    ("duty", move("dispatch", to="engineer2")),
    ("engineer", recorded("consent", subject="level_lowering", text="同意", evidence="传真")),
    ("engineer", move("classify", facts={"severity": "general"}, reason="客户同意")),
)
_PATHS = ((), _IN_SESSION, _REMOTE, _PART, _CHECKED, _AGREED, MADE, _ACCEPTED)

_MAJOR = {"major": True}
_DEAR = {"cause": "environment", "severity": "serious"}
_DEFIED = (
    *_REFUSED,
    ("duty", move("classify", facts={"major": False}, reason="误报")),
    ("engineer", move("restore", text="恢复")),
)
_MAJOR_PATHS = (
    (),
    _APPLIED,
    (*_APPLIED, ("tech", APPROVE)),
    _DEFIED,
    _AGAIN,
    _APPROVED,
    _PART,
    _ORDERED,
    (*_APPROVED, *_RESERVED),
)


def _starts(
    contract: Contract,
    level: str | None,
    *paths: Path,
    facts: dict[str, Any] | None = None,
    switches: dict[str, Any] | None = None,
) -> list[Start]:
    return [Start(contract, level, facts or {}, path, switches or {}) for path in (*paths, *_PATHS)]


#: By a name for each contract, where its tickets begin.
STARTS: dict[str, list[Start]] = {
    "nuobida": _starts(NUOBIDA, "I", _UNAPPLIED, _HELPED_AND_APPROVES, *_MAJOR_PATHS, *_MAJOR_PATHS, facts=_MAJOR)
    + _starts(NUOBIDA, "III", _GRAVER, _MERGED_TOO_EARLY, (*_APPLIED, ("hotline", MERGE)))
    + _starts(NUOBIDA, "I", _IN_SESSION, _APPLIED)
    + _starts(NUOBIDA, None, _IN_SESSION),
    "fuao": _starts(FUAO, "urgent", _UNAGREED, _UNPROVED, _ANSWERED, _LOWERED, _LOWERED, facts={"severity": "serious"})
    + _starts(FUAO, "full_urgent", (_SENT, *_PAID), (*_PAID, *_LOWERED), _HEARD_OF_MONEY, facts=_DEAR)
    + _starts(FUAO, "regular", (_SENT, *_PAID)),
    "standard": _starts(
        STANDARD,
        "severe",
        _UNBACKED,
        _SOLVED,
        _TOO_EARLY,
        _ENDED,
        (*_ENDED, *_SURVEYED),
        _RETURNED,
        _HEARD_OF_CHANGES,
        _HANDED_OF_CHANGES,
    ),
    "sitech": _starts(
        SITECH,
        "A",
        _UNASKED,
        _REMOTE,
        _VISITED,
        _VISITED,
        _WAITED,
        _WAITED,
        _IN_SESSION,
        _RESERVED,
        _RESERVED,
        _HEARD,
        _HANDED,
        _MERGED_AT_WORK,
        _MERGED_WITHOUT_PART,
        _MERGED,
        facts={"cause": "unknown"},
    )
    + _starts(SITECH, "D", _REMOTE),
    "xinhe": _starts(
        XINHE,
        "emergency",
        _UNWRITTEN,
        _HELPED_AND_ASKS,
        *3 * [(*_STEPS, *_ENDED), (*_STEPS, *_ENDED, *_SURVEYED)],
        _STEPS,
    ),
    "strict": _starts(STRICT, "emergency", _UNAUTHORISED, *_MAJOR_PATHS, *4 * [_LEAVE], facts=_MAJOR, switches=SWITCHES)
    + _starts(STRICT, "normal", _LEAVE, switches=SWITCHES),
}
