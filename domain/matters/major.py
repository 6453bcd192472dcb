"""The major incident: formal report, application, two departments (000-08, 000-09, 000-10, 000-11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.contract.clauses import Kind
from domain.matters.matter import FACTS, NOT_APPLICABLE, TEXT, Asked, Gate, Matter, Question, Row
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.records import Application, Verdict
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOT_APPROVED = Refusal(
    "not_approved",
    Label(
        "重大问题须经客户技术部门和业务部门同意后才能处理；请先提交《重大问题服务申请》。",
        "A major incident waits for the customer's technical and business departments; apply to them first.",
    ),
)
MAJOR_STANDS = Refusal(
    "major_stands",
    Label(
        "已提交《重大问题服务申请》，获批准之前不能改判为一般问题；可重新申请。",
        "What was applied for stays major until it is approved; apply again with a better plan.",
    ),
)
NOT_NEEDED = Refusal(
    "approval_not_needed", Label("该合同的重大问题无需审批。", "This contract needs no approval for major incidents.")
)
NO_REPORT = Refusal("no_formal_report", Label("请先提交正式报告。", "Submit the formal report first."))
ALREADY_APPLIED = Refusal(
    "already_applied", Label("已有申请在审批中或已获批准。", "An application is pending or approved already.")
)
NO_APPLICATION = Refusal("no_application", Label("没有待审批的申请。", "There is no application to decide on."))
ALREADY_DECIDED = Refusal(
    "already_decided", Label("该申请已有结论，或贵部门已表态。", "It is decided already, or yours has spoken.")
)
ANOTHER_VERSION = Refusal(
    "another_version",
    Label("该申请已有新的版本，请阅读后再表态。", "There is another version of this application; read that one first."),
)
NO_DEPARTMENT = Refusal(
    "no_department",
    Label("审批人必须属于技术部门或业务部门。", "An approver is of the technical or business department."),
)
OWN_MATTER = Refusal(
    "own_matter",
    Label(
        "审批人不能是申请人、处理人或另一部门的审批人。",
        "An approver is neither applicant nor executor nor the other department's approver.",
    ),
)

#: Why the clock to resolve stands still while an application waits (000-11).
APPROVAL = "customer_approval"

_VERDICTS = {Verdict.APPROVED: Label("批准", "approved"), Verdict.REFUSED: Label("拒绝", "refused")}
_OPINION = Field("opinion")
#: Of the application that the opinion is about; absent: the last one.
_VERSION = Field("version", Type.WORD, required=False)


def propose_by_level(ticket: Ticket, at: datetime) -> Ticket:
    """A report of the gravest levels is a candidate for a major incident; the project manager decides (000-08)."""
    candidate = ticket.level in ticket.terms.major_levels and not ticket.facts.get("major")
    if not candidate or ticket.major_proposed:
        return ticket
    about = {"level": ticket.level, "clause": "000-08"}
    return replace(ticket, major_proposed=True).write(Happening.MAJOR_PROPOSED, at=at, recorded_at=at, data=about)


def submit_formal_report(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The formal report to the customer's leaders; one serves all versions of the application."""
    return replace(ticket, formal_report=True)


def apply(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A new version of the application; while it waits, the clock to resolve stands still."""
    application = Application(len(ticket.applications) + 1, command.actor.id, at)
    ticket = replace(ticket, applications=(*ticket.applications, application), facts=ticket.facts | {"major": True})
    return clocks.stop(ticket, frozenset({Kind.RESOLVE}), at, APPROVAL) if ticket.terms.approval_pauses else ticket


def approve(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """One department agrees; the last one opens the gate."""
    application = ticket.applications[-1]
    approvals = (*application.approvals, (command.actor.department or "", command.actor.id))
    complete = {name for name, _ in approvals} >= set(ticket.terms.departments)
    application = replace(application, approvals=approvals)
    if not complete:
        return replace(ticket, applications=(*ticket.applications[:-1], application))
    return _decided(ticket, application, Verdict.APPROVED, command, at)


def refuse(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Any refusal refuses."""
    return _decided(ticket, ticket.applications[-1], Verdict.REFUSED, command, at)


def _decided(ticket: Ticket, application: Application, verdict: Verdict, command: Command, at: datetime) -> Ticket:
    application = replace(application, decision=verdict, decided_by=command.actor.id, decided_at=at)
    return clocks.go_on(replace(ticket, applications=(*ticket.applications[:-1], application)), APPROVAL, at)


def may_apply(ticket: Ticket, _: Command) -> Refusal | None:
    """An application needs the formal report, and that none waits or is approved."""
    if not ticket.terms.major_needs_approval:
        return NOT_NEEDED
    if not ticket.formal_report:
        return NO_REPORT
    last = _last(ticket)
    return None if last is None or last.decision == Verdict.REFUSED else ALREADY_APPLIED


def may_decide(ticket: Ticket, command: Command) -> Refusal | None:
    """Each department decides once, two different people, neither applicant nor executor."""
    application, actor = _last(ticket), command.actor
    if application is None:
        return NO_APPLICATION
    if _VERSION.of(command) not in {None, str(application.version)}:
        return ANOTHER_VERSION
    if application.decision or actor.department in {department for department, _ in application.approvals}:
        return ALREADY_DECIDED.adding(_winner(application, actor.department))
    if actor.department not in ticket.terms.departments:
        return NO_DEPARTMENT
    involved = {application.by, *ticket.handlers, *(person for _, person in application.approvals)}
    return OWN_MATTER if actor.accounts & involved else None


def _winner(application: Application, department: str | None) -> Label:
    """Who has spoken before: on the application, or for the same department."""
    if application.decision is None:
        person = next(who for spoken, who in application.approvals if spoken == department)
        return Label(f"{person} 已同意。", f"{person} has approved.")
    verdict = _VERDICTS[application.decision]
    return Label(f"{application.decided_by} 已{verdict.zh}。", f"{application.decided_by} has {verdict.en} it.")


def awaits_approval(ticket: Ticket) -> bool:
    """Whether the ticket is a major incident that the customer's departments have not approved (000-09)."""
    major = ticket.facts.get("major", ticket.terms.fact_defaults.get("major", False))
    last = _last(ticket)
    return ticket.terms.major_needs_approval and bool(major) and (last is None or last.decision != Verdict.APPROVED)


def approved(ticket: Ticket, _: Command) -> Refusal | None:
    """A major incident is touched only after the approval; a refusal makes it impossible (000-10)."""
    return NOT_APPROVED if awaits_approval(ticket) else None


def stays_major(ticket: Ticket, command: Command) -> Refusal | None:
    """What has been applied for stays major until it is approved: nobody gets round a refusal by another name."""
    withdrawn = (FACTS.of(command) or {}).get("major") is False
    return MAJOR_STANDS if withdrawn and ticket.applications and awaits_approval(ticket) else None


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next reminder of the departments that have not spoken."""
    last, reminders = _last(ticket), ticket.terms.approval_reminders_min
    if ticket.stage.is_work and last and last.decision is None and last.reminders < len(reminders):
        at = last.at + timedelta(minutes=reminders[last.reminders])
        yield Deadline("approval", at, Event.APPROVAL_REMINDER)


def remind_approvers(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The departments that have not spoken are reminded (000-11)."""
    *before, last = ticket.applications
    spoken = {department for department, _ in last.approvals}
    ticket = replace(ticket, applications=(*before, replace(last, reminders=last.reminders + 1)))
    return raise_alarm(
        ticket,
        deadline,
        now,
        (Role.CUSTOMER_APPROVER, Role.PROJECT_MANAGER),
        departments=[name for name in ticket.terms.departments if name not in spoken],
        version=last.version,
        clause="000-11",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the departments approve the last application."""
    last = _last(ticket)
    if last is not None and last.decision is None:
        yield Question(Asked.APPROVAL, Role.CUSTOMER_APPROVER, last.at, str(last.version))


def _last(ticket: Ticket) -> Application | None:
    return ticket.applications[-1] if ticket.applications else None


def _which(_: Ticket, after: Ticket, __: Command) -> dict[str, Any]:
    """Which version of the application the entry is about, and whether that settled it."""
    last = after.applications[-1]
    return {"version": last.version} | ({"settled": True} if last.decision else {})


MATTER = Matter(
    rows=(
        Row(C.SUBMIT_FORMAL_REPORT, Happening.FORMAL_REPORT_SUBMITTED, (TEXT,), does=submit_formal_report),
        Row(
            C.APPLY_MAJOR,
            Happening.MAJOR_APPLIED,
            (Field("title"), Field("plan"), Field("risk")),
            needs=may_apply,
            does=apply,
            says=_which,
        ),
        Row(C.APPROVE, Happening.APPROVED, (_OPINION, _VERSION), needs=may_decide, does=approve, says=_which),
        Row(C.REFUSE, Happening.REFUSED, (_OPINION, _VERSION), needs=may_decide, does=refuse, says=_which),
    ),
    gates=(
        Gate(
            id="still_major",
            clauses=("000-10",),
            name=Label("重大问题不得改判", "a major incident stays one"),
            asked=Label("已申请的重大问题改为一般", "calling what was applied for no longer major"),
            of=Label("无人；只能重新申请", "nobody; only a new application"),
            evidence=NOT_APPLICABLE,
            ends=Label("批准为止", "until it is approved"),
            refusal=Label("改进方案，重新申请（新版本）", "a better plan, and a new application (a new version)"),
            given_by=(),
            blocks=frozenset({C.CLASSIFY}),
            before=stays_major,
            switch="major_needs_approval",
        ),
        Gate(
            id="major_incident",
            clauses=("000-08", "000-09", "000-10", "000-11"),
            name=Label("重大问题审批", "approval of a major incident"),
            asked=Label("正式报告和《重大问题服务申请》", "the formal report and the application"),
            of=Label("客户技术部门和业务部门，两个人", "the customer's technical and business departments, two people"),
            evidence=Label(
                "双方意见；审批人不是申请人、处理人", "both opinions; neither the applicant nor the executor"
            ),
            ends=Label(
                "本次申请；第 5、10、15 分钟提醒，解决计时暂停",
                "with the application; reminders at 5, 10, 15 min, resolve paused",
            ),
            refusal=Label("不得处理；只能以新版本重新申请", "no work at all; only a new version of the application"),
            given_by=(C.APPROVE,),
            blocks=frozenset(
                {C.START_REMOTE, C.RESTORE, C.RESOLVE, C.RESERVE_PART, C.ORDER_PART, C.START_PLAN, C.MAKE_CHANGE}
            ),
            before=approved,
            switch="major_needs_approval",
        ),
    ),
    waits=waits,
    brings={Event.APPROVAL_REMINDER: remind_approvers},
    asks=questions,
)
