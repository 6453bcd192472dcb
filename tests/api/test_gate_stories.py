"""A story for each gate over HTTP, with the people whom it concerns: what is refused, who opens it, what follows."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.matters.index import GATES
from tests.served import Served
from tests.uploads import bring


class Told:
    """One ticket, as its people tell it."""

    def __init__(self, desk: Served, pack: str, **report: Any) -> None:
        self._desk = desk
        self.number = str(desk.open(pack, **report)["number"])

    def does(self, who: str, kind: str, /, **data: Any) -> None:
        """Somebody acts, and it is accepted."""
        answer = self._desk.command(who, self.number, kind, **data)
        assert answer.status_code == 200, f"{kind} by {who}: {answer.text}"

    def refused(self, who: str, kind: str, why: str, /, **data: Any) -> dict[str, Any]:
        """Somebody tries; the ticket refuses it for this reason, and says why in words."""
        answer = self._desk.command(who, self.number, kind, **data)
        assert answer.status_code == 409, f"{kind} by {who}: {answer.text}"
        problem: dict[str, Any] = answer.json()
        assert problem["reason"] == why
        assert problem["detail"]
        return problem

    def says_why(self, who: str, command_id: str) -> str:
        """What the timeline, asked for the command, and the list of what could be done say of a refusal: the same."""
        client = self._desk.as_user(who)
        asked = client.get(f"/api/tickets/{self.number}/commands/{command_id}").json()
        entry = client.get(f"/api/tickets/{self.number}/timeline", params={"order": "-seq"}).json()["items"][0]
        (offer,) = (
            each
            for each in client.get(f"/api/tickets/{self.number}/commands").json()["items"]
            if each["kind"] == entry["data"]["kind"]
        )
        assert asked["detail"] == entry["data"]["detail"]
        assert offer["detail"]["zh"] in entry["data"]["detail"]["zh"]
        return str(offer["detail"]["zh"])

    def wants(self, who: str, kind: str, field: str, /, **data: Any) -> None:
        """Somebody leaves out what is asked for in writing: the API names the field."""
        answer = self._desk.command(who, self.number, kind, **data)
        assert answer.status_code == 422, f"{kind} by {who}: {answer.text}"
        assert [error["field"] for error in answer.json()["errors"]] == [field]

    def brings(self, name: str) -> str:
        """The customer sends a paper; its id."""
        return str(bring(self._desk, self.number, "customer", name=f"{name}.jpg").json()["id"])

    def forbidden(self, who: str, kind: str, /, **data: Any) -> None:
        """Somebody tries who may not: the API turns them away."""
        assert self._desk.command(who, self.number, kind, **data).status_code == 403

    def stage(self) -> str:
        """Where it stands."""
        return str(self._desk.as_user("auditor").get(f"/api/tickets/{self.number}").json()["stage"])


def remote_grant(desk: Served) -> None:
    """The customer alone grants; what they revoke is over at once."""
    ticket = Told(desk, "nuobida", level="II")
    ticket.refused("engineer", "start_remote", "no_grant", text="登录")
    ticket.does("engineer", "request_remote", scope="数据库", text="查看锁等待")
    ticket.forbidden("pm", "grant_remote", scope="数据库")
    ticket.does("customer", "refuse_remote", reason="结账中")
    ticket.refused("duty", "start_remote", "no_grant", text="登录")
    ticket.does("customer", "grant_remote", scope="数据库", channel="phone", evidence="录音 17")
    ticket.does("engineer", "start_remote", text="登录")
    ticket.refused("engineer2", "start_remote", "session_running", text="登录")
    ticket.does("customer", "revoke_remote", reason="到此为止")
    ticket.refused("engineer", "end_remote", "no_session", text="结束")
    ticket.refused("engineer", "start_remote", "no_grant", text="再次登录")


def onsite_application(desk: Served) -> None:
    """After remote work nobody sets out before the application, managers included."""
    ticket = Told(desk, "nuobida", level="II")
    ticket.does("engineer", "advance", stage="remote", reason="远程处理")
    ticket.refused("hotline", "dispatch", "no_onsite_application", to="engineer2")
    ticket.refused("duty", "advance", "no_onsite_application", stage="onsite", reason="上门")
    ticket.refused("engineer2", "arrive", "no_onsite_application")
    ticket.does("engineer", "apply_onsite", text="远程无法恢复")
    ticket.does("hotline", "dispatch", to="engineer2")
    ticket.does("engineer2", "arrive")


def parts(desk: Served) -> None:
    """The customer agrees, engineer and stock keeper check; then the stock keeper reserves."""
    ticket = Told(desk, "fuao", level="urgent")
    ticket.refused("stock", "reserve_part", "no_part", text="电源")
    ticket.does("engineer", "request_part", text="电源模块")
    ticket.does("engineer", "verify_part", text="型号无误")
    ticket.refused("stock", "reserve_part", "part_not_agreed", text="预留")
    ticket.forbidden("pm", "agree_part", text="代客户同意")
    ticket.does("customer", "agree_part", text="同意更换")
    ticket.refused("stock", "reserve_part", "part_not_verified", text="预留")
    ticket.does("stock", "verify_part", text="型号无误")
    ticket.forbidden("engineer", "reserve_part", text="自己拿")
    ticket.does("stock", "reserve_part", text="预留")


def change_before(desk: Served) -> None:
    """Documents, consent, backup; a refusal is final for that change."""
    ticket = Told(desk, "standard", level="general")
    ticket.does("engineer", "propose_change", text="升级", size="large", documents="说明 3 页")
    ticket.refused("engineer", "make_change", "change_not_agreed", text="升级", backup="备份 1")
    ticket.does("customer", "refuse_change", reason="业务高峰")
    ticket.refused("pm", "make_change", "change_refused", text="升级", backup="备份 1")
    ticket.does("engineer", "propose_change", text="夜间升级", size="large", documents="说明 4 页")
    ticket.forbidden("business", "agree_change", text="同意")
    ticket.does("tech", "agree_change", text="同意", evidence="邮件")
    ticket.refused("engineer", "make_change", "no_backup", text="升级")
    ticket.does("engineer", "make_change", text="升级", backup="备份 2，校验通过")


def change_after(desk: Served) -> None:
    """Nothing counts as solved before the customer's technicians have accepted the change."""
    ticket = Told(desk, "standard", level="general")
    ticket.does("engineer", "propose_change", text="升级", size="large", documents="说明")
    ticket.refused("customer", "accept_change", "change_not_made", text="正常")
    ticket.does("customer", "agree_change", text="同意")
    ticket.does("engineer", "make_change", text="升级", backup="备份")
    ticket.refused("duty", "resolve", "change_not_accepted", summary="更换电源后恢复")
    ticket.does("customer", "accept_change", text="功能正常")
    ticket.does("engineer", "resolve", summary="更换电源后恢复")


def paid_work(desk: Served) -> None:
    """The phone is free; whoever sets out does so at an agreed price, and the agreement may be withdrawn."""
    ticket = Told(desk, "fuao", level="urgent", facts={"cause": "environment"})
    ticket.does("engineer", "respond", text="电话指导")
    ticket.refused("hotline", "dispatch", "paid_work_not_agreed", to="engineer2")
    ticket.forbidden("pm", "consent", subject="paid_work", text="代客户同意")
    ticket.does("customer", "consent", subject="paid_work", text="同意按日收费", evidence="报价单 12")
    ticket.does("hotline", "dispatch", to="engineer2")
    ticket.does("customer", "consent", subject="paid_work", text="预算未批", agreed=False)
    ticket.refused("engineer2", "depart", "paid_work_not_agreed")


def onsite_service(desk: Served) -> None:
    """A regular report has no visit, unless it is graver or the visit is paid for."""
    ticket = Told(desk, "fuao", level="regular")
    ticket.refused("hotline", "dispatch", "no_onsite_service", to="engineer2")
    ticket.does("customer", "consent", subject="paid_work", text="同意按日收费", evidence="报价单 12")
    ticket.does("hotline", "dispatch", to="engineer2")


def level_lowering(desk: Served) -> None:
    """The customer said serious; only they make it less."""
    ticket = Told(desk, "fuao", level="urgent", facts={"severity": "serious"})
    for who in ("hotline", "engineer", "duty"):
        ticket.refused(who, "classify", "severity_stands", facts={"severity": "general"})
    ticket.does("engineer", "classify", facts={"severity": "disastrous"})
    ticket.wants("customer", "consent", "data.evidence", subject="level_lowering", text="同意按一般处理")
    ticket.does("customer", "consent", subject="level_lowering", text="同意按一般处理", evidence=ticket.brings("传真"))
    ticket.refused("engineer", "classify", "no_reason", facts={"severity": "general"})
    ticket.does("engineer", "classify", facts={"severity": "general"}, reason="客户来函")


def extension(desk: Served) -> None:
    """The customer may agree to wait, in writing."""
    ticket = Told(desk, "fuao", level="full_urgent")
    until = (datetime.now(UTC) + timedelta(hours=40)).isoformat()
    ticket.forbidden("pm", "consent", subject="001-05", text="代客户", until=until, evidence="传真")
    ticket.wants("customer", "consent", "data.evidence", subject="001-05", text="可以晚到", until=until)
    ticket.does("customer", "consent", subject="001-05", text="可以晚到", until=until, evidence=ticket.brings("传真"))


def standing_authorisation(desk: Served) -> None:
    """A contract may ask for it; the customer gives it on the ticket or has it on record."""
    switches = {"vendor_needs_authorisation": True}
    contract = {"id": f"leave-{uuid.uuid4().hex[:8]}", "pack": "fuao", "switches": switches}
    assert desk.as_user("admin").post("/api/customers/demo-fuao/contracts", json=contract).status_code == 201
    ticket = Told(desk, "fuao", level="urgent", contract=contract["id"])
    ticket.refused("engineer", "open_vendor_case", "no_standing_authorisation", vendor="vendor", text="支援")
    ticket.does("customer", "grant_remote", scope="数据库")
    ticket.refused("duty", "open_vendor_case", "no_standing_authorisation", vendor="vendor", text="支援")
    ticket.does("customer", "consent", subject="004-05", text="同意协调原厂", evidence="授权书")
    ticket.does("engineer", "open_vendor_case", vendor="vendor", text="支援")
    ticket.does("vendor", "close_vendor_case", text="已更换")


def _applied(desk: Served) -> Told:
    ticket = Told(desk, "nuobida", level="I", facts={"major": True})
    ticket.does("pm", "submit_formal_report", text="主控板故障")
    ticket.does("pm", "apply_major", title="更换主控板", plan="今晚切换", risk="中断 10 分钟")
    return ticket


def still_major(desk: Served) -> None:
    """Neither while it waits nor after a refusal does another name open the way."""
    ticket = _applied(desk)
    ticket.refused("duty", "classify", "major_stands", facts={"major": False}, reason="误报")
    ticket.does("business", "refuse", opinion="业务高峰")
    ticket.refused("hotline", "classify", "major_stands", facts={"major": False}, reason="误报")
    ticket.does("engineer", "classify", level="II", reason="已有替代线路")
    ticket.refused("engineer", "restore", "not_approved", text="切换")


def major_incident(desk: Served) -> None:
    """Report, application, two departments; a refusal is final, a new version may be approved."""
    ticket = Told(desk, "nuobida", level="I", facts={"major": True})
    ticket.refused("engineer", "restore", "not_approved", text="切换")
    ticket.refused("pm", "apply_major", "no_formal_report", title="t", plan="p", risk="r")
    ticket = _applied(desk)
    ticket.does("tech", "approve", opinion="同意")
    told = ticket.refused("tech", "approve", "already_decided", opinion="再次同意")
    assert "马俊峰（tech）已同意。" in told["detail"]
    assert "马俊峰（tech）已同意。" in ticket.says_why("tech", told["command_id"])
    ticket.refused("duty", "resolve", "not_approved", summary="更换电源后恢复")
    ticket.forbidden("pm", "approve", opinion="代客户同意")
    ticket.does("business", "refuse", opinion="业务高峰")
    ticket.refused("engineer", "restore", "not_approved", text="切换")
    ticket.does("duty", "apply_major", title="夜间更换", plan="22:00", risk="中断 5 分钟")
    for who in ("business", "tech"):
        ticket.does(who, "approve", opinion="同意夜间")
    ticket.does("engineer", "restore", text="切换")


def closing(desk: Served) -> None:
    """The customer's word, then the five steps; the close is a manager's when something was missing."""
    ticket = Told(desk, "xinhe", level="normal")
    ticket.does("engineer", "resolve", summary="更换电源")
    ticket.refused("pm", "close", "not_confirmed")
    ticket.does("customer", "reject", reason="仍有告警")
    ticket.does("engineer", "resolve", summary="更换主板")
    ticket.does("customer", "confirm")
    ticket.refused("duty", "close", "steps_open")
    for step in ("diagnosis", "repair", "cleaning", "protection", "evidence"):
        ticket.does("engineer", "write_log", text="已按步骤完成", step=step)
    ticket.forbidden("engineer", "close")
    ticket.does("pm", "close")
    assert ticket.stage() == "closed"


STORIES: dict[str, Callable[[Served], None]] = {
    story.__name__: story
    for story in (
        remote_grant, onsite_application, parts, change_before, change_after, paid_work, onsite_service,
        level_lowering, extension,
        standing_authorisation, still_major, major_incident, closing,
    )
}  # fmt: skip


class TestAGate:
    """No event, no act: refused before, possible after, and nobody gives a consent that is not theirs."""

    @pytest.mark.parametrize("gate", list(STORIES))
    def test_has_its_story(self, gate: str, desk: Served):
        STORIES[gate](desk)

    def test_without_a_story_does_not_exist(self):
        assert set(STORIES) == {gate.id for gate in GATES}
