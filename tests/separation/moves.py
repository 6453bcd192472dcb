"""Moves: what people try on a ticket, and from where they begin. Mostly plausible, by the right people or by others."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from domain.audience.authority import may_send
from domain.people.actors import Actor, Role
from domain.ticket.commands import CommandKind
from tests.people import PEOPLE, known_about, known_by_link


@dataclass(frozen=True)
class Move:
    """A command.

    Attributes:
        within: its fields that are instants, in minutes from when it is sent.
        by: who mostly sends it.
        handed_by: who of ours handed over the link that it comes by.
    """

    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    within: dict[str, float] = field(default_factory=dict)
    by: str | None = None
    handed_by: str | None = None

    def at(self, now: datetime, minute: timedelta) -> dict[str, Any]:
        """Its data when it is sent; ``minute``: how long one is where it is sent."""
        return self.data | {name: (now + many * minute).isoformat() for name, many in self.within.items()}

    @property
    def known(self) -> dict[str, Any]:
        """What the API would find out about it."""
        return known_about(self.data) | (known_by_link({}, self.handed_by) if self.handed_by else {})


def move(kind: str, /, *, by: str | None = None, **data: Any) -> Move:
    """A command with its data; ``until_min`` and ``expires_min`` are minutes from then."""
    names = {"until_min": "until", "expires_min": "expires_at"}
    within = {names[name]: data.pop(name) for name in list(data) if name in names}
    return Move(kind, data, within, by)


def recorded(kind: str, /, **data: Any) -> Move:
    """A word that the customer gives by telephone, and one of us records."""
    return move(kind, on_behalf={"name": "customer", "channel": "phone"}, **data)


def by_link(hander: str, kind: str, /, **data: Any) -> Move:
    """A word that the customer gives by a link, which one of us has handed over."""
    return replace(move(kind, by="customer", **data), handed_by=hander)


APPLY = move("apply_major", title="更换主控板", plan="今晚切换", risk="中断 10 分钟")
REPORT = move("submit_formal_report", text="主控板故障")
GRANT = move("grant_remote", scope="数据库")
RESERVE, RESOLVE = move("reserve_part", text="预留"), move("resolve", summary="更换电源后恢复")
LARGE = move("propose_change", text="升级", size="large", documents="升级说明 3 页")
SMALL = move("propose_change", text="改配置", size="small", documents="说明")
MAKE = move("make_change", text="已做", backup="备份 1，校验通过")
AGREE_CHANGE, ACCEPT = move("agree_change", text="同意"), move("accept_change", text="正常")
#: Into a report of the same fault that was received before; its number is the driver's to say.
MERGE = move("merge", by="hotline", into="the other")
#: Under its own contract, whose terms are agreed anew; the id is the driver's to say.
IDENTIFY = move("identify", by="hotline", contract="its own", reason="核实合同")
APPROVE, REFUSE = move("approve", opinion="同意"), move("refuse", opinion="不同意")

#: What belongs together is tried together. Whoever may do it mostly does.
THEMES: dict[str, tuple[Move, ...]] = {
    "major": (
        REPORT, APPLY, APPLY, APPROVE, REFUSE,
        move("classify", facts={"major": True}), move("classify", facts={"major": False}),
        move("classify", by="duty", facts={"major": False}, reason="误报"), move("withdraw_major", reason="方案要改"),
        move("classify", level="I"), move("classify", level="III", reason="影响面小"),
        move("identify", by="hotline", level="III", contact={"name": "李工", "phone": "13900000000"}, reason="核实"),
        move("identify", by="hotline", level="I", contact={"name": "李工", "phone": "13900000000"}),
        move("reassign", to="engineer", reason="换人"), move("reassign", to="pm", reason="换人"), IDENTIFY,
    ),
    "decisions": (APPROVE, APPROVE, APPROVE, APPROVE, REFUSE, APPLY),
    "remote": (
        move("request_remote", scope="数据库", text="查看"), GRANT,
        recorded("grant_remote", scope="数据库"), move("grant_remote", scope="x", expires_min=30),
        move("refuse_remote", reason="不便"), recorded("revoke_remote", reason="来电"),
        move("revoke_remote", reason="到此为止"),
        by_link("engineer", "grant_remote", scope="数据库"),
        move("start_remote", text="开始"), move("start_remote", text="开始"), move("end_remote", text="结束"),
    ),
    "visit": (
        move("advance", stage="remote", reason="转远程"), move("advance", stage="onsite", reason="上门"),
        move("advance", stage="phone", reason="电话"), move("dispatch", to="engineer2"), move("depart"),
        move("dispatch", to="engineer", unit="division"), move("arrive"), move("end_visit"),
        move("apply_onsite", text="申请上门"), move("classify", facts={"cause": "unknown"}),
    ),
    "parts": (
        move("request_part", text="电源"), move("agree_part", text="同意"), move("verify_part", by="stock", text="对"),
        move("verify_part", by="engineer", text="对"), move("verify_part", text="型号无误", part="P1"),
        RESERVE, RESERVE,
        move("reserve_part", text="预留", part="P1"), move("agree_part", text="同意", part="P2"),
        move("part_arrived", text="到货"), recorded("agree_part", text="同意"), move("order_part", text="订货"),
        move("refuse_part", reason="不换"),
    ),
    "changes": (
        LARGE, SMALL, AGREE_CHANGE, MAKE, MAKE, move("make_change", text="没有备份"), ACCEPT,
        recorded("agree_change", text="同意"), recorded("accept_change", text="正常"),
        by_link("engineer", "agree_change", text="同意"),
        move("refuse_change", reason="不同意"), move("make_change", text="已做", backup="备份", change="C1"),
        move("agree_change", text="同意", change="C1"), move("accept_change", text="正常", change="C1"),
    ),
    "consents": (
        move("consent", subject="paid_work", text="同意收费"),
        move("consent", subject="paid_work", text="x", agreed=False),
        recorded("consent", subject="paid_work", text="同意收费"),
        move("consent", subject="004-05", text="同意"), move("consent", subject="004-05", text="撤回", agreed=False),
        move("consent", subject="001-22", text="可以晚", until_min=900, evidence="传真"),
        move("consent", subject="001-22", text="可以晚", until_min=900),
        move("consent", subject="003-16", text="可以晚", kind="arrive", until_min=900),
        move("open_vendor_case", vendor="vendor", text="支援"),
        move("close_vendor_case", text="完成"), move("close_vendor_case", text="完成", case="V1"),
        move("open_vendor_case", vendor="vendor", text="支援"),
        move("classify", facts={"cause": "environment"}), move("classify", facts={"cause": "own"}),
        move("dispatch", to="engineer2"), move("depart"),
    ),
    "severity": (
        move("classify", facts={"severity": "general"}, reason="客户同意"),
        move("classify", facts={"severity": "general"}),
        move("classify", facts={"severity": "serious"}, reason="客户补充"),
        move("classify", facts={"severity": "disastrous"}, reason="扩大"),
        move("consent", subject="level_lowering", text="同意", evidence="传真"),
        move("consent", subject="001-19", text="同意"),
        move("consent", subject="001-19", text="x", agreed=False),
        move("consent", subject="level_lowering", text="撤回", agreed=False),
        IDENTIFY, move("correct", title="汇聚交换机宕机"), move("correct", asset="SW-0018", site="3 号楼"),
    ),
    "work": (
        move("restore", text="恢复"), move("respond", text="已联系"), move("submit_plan", text="方案"),
        move("start_plan", text="启动预案"), move("object_plan", text="反对"), move("end_plan", text="结束"),
        move("pause", reason="customer", text="等客户"), move("resume"), move("restore", text="恢复"),
        move("classify", facts={"asset": "application"}), move("classify", facts={"asset": "hardware"}),
        move("classify", facts={"asset": "application"}, reason="核实"),
        move("classify", facts={"supplied": False}, reason="核实"),
    ),
    "ending": (
        RESOLVE, RESOLVE, MERGE, move("confirm"), recorded("confirm"),
        move("reject", reason="仍有问题"), move("reopen", reason="x"), move("close"),
        move("deliver_report", text="报告"), move("deliver_substitute", text="备机"),
        move("return_substitute", text="取回"), move("return_substitute", text="取回", substitute="S1"),
        *(move("write_log", text="已按步骤完成", step=step) for step in ("diagnosis", "repair", "cleaning")),
        move("write_log", text="已按步骤完成", step="protection", waived=True),
        move("write_log", text="已拍照留证", step="evidence"),
    ),
    "afterwards": (
        move("record_survey", text="满意", satisfaction="satisfied"), move("confirm"), RESOLVE,
        move("reassign", to="supervisor", reason="换人"), move("take"), move("close"),
        move("deliver_report", text="报告"),
    ),
}  # fmt: skip

#: An approver is one of every customer of the demo.
EVERYWHERE = PEOPLE["tech"].customers
#: People who claim to be what they are not, or are it elsewhere, beside approvers more than one a department needs.
OTHERS: tuple[Actor, ...] = (
    Actor("tech", Role.CUSTOMER_APPROVER, EVERYWHERE, "business"),
    Actor("business", Role.CUSTOMER_APPROVER, EVERYWHERE, "technical"),
    Actor("tech2", Role.CUSTOMER_APPROVER, EVERYWHERE, "technical"),
    Actor("business2", Role.CUSTOMER_APPROVER, EVERYWHERE, "business"),
    Actor("pm", Role.CUSTOMER_APPROVER, EVERYWHERE, "technical"),
    Actor("engineer", Role.CUSTOMER_APPROVER, EVERYWHERE, "business"),
    Actor("hotline", Role.CUSTOMER_APPROVER, EVERYWHERE, "technical"),
    Actor("finance", Role.CUSTOMER_APPROVER, EVERYWHERE, "finance"),
    Actor("nobody", Role.CUSTOMER_APPROVER, EVERYWHERE),
    Actor("outsider", Role.CUSTOMER_APPROVER, ("another",), "technical"),
    Actor("engineer", Role.SUPERVISOR),
    Actor("hotline", Role.SUPERVISOR),
    Actor("engineer", Role.STOCK_KEEPER),
    Actor("stock", Role.ENGINEER),
)
EVERYBODY = (*PEOPLE.values(), *OTHERS)


def _of(people: Iterable[Actor], move: Move) -> list[Actor]:
    """Those of them who may send it."""
    kind, recorded = CommandKind(move.kind), "on_behalf" in move.data
    return [actor for actor in people if may_send(actor, kind, recorded=recorded)]


def sender(move: Move, number: int) -> Actor:
    """Somebody for a number: of ten, six are entitled, three claim to be, one is anybody."""
    turn, number = number % 10, number // 10
    entitled, claiming = _of(PEOPLE.values(), move), _of(OTHERS, move)
    if move.by and turn < 6:
        return PEOPLE[move.by]
    who = entitled if turn < 6 else claiming if turn < 9 and claiming else EVERYBODY
    return who[number % len(who)]
