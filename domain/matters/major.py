"""The major incident: who says that it is one, and what is impossible until it is approved (000-08, 000-09, 000-10)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.terms import EDITION_6
from domain.matters import consultations, remote, remote_sessions
from domain.matters.applications import latest
from domain.matters.matter import (
    FACTS,
    NO_REASON,
    NOT_APPLICABLE,
    NOT_CLASSIFIED,
    REASON,
    Gate,
    Matter,
)
from domain.people.actors import MANAGERS
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.records import Verdict
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
        "已提交过《重大问题服务申请》，不能再认定为一般问题；可重新申请。",
        "What was applied for stays major, whatever became of the application; apply again with a better plan.",
    ),
)
MANAGERS_JUDGE = Refusal(
    "managers_judge",
    Label(
        "是否不属于重大问题，由项目经理或值班经理认定，本工单的责任人除外。",
        "That it is no major incident is for a project or duty manager to say who is not in charge of it.",
    ),
)
_NOT_JUDGED = Label(
    "该级别的报修可能是重大问题，尚无人认定：请项目经理或值班经理先认定（classify，facts.major）。",
    "Its level makes it a candidate that nobody has judged: a project or duty manager says first whether it is major "
    "(classify, facts.major).",
)


def is_major(ticket: Ticket) -> bool:
    """Whether somebody has said that it is one, or the terms assume it."""
    return bool(ticket.facts.get("major", ticket.terms.fact_defaults.get("major", False)))


def is_candidate(ticket: Ticket) -> bool:
    """Whether its level has made it one that nobody has judged yet; a lower level since leaves it one (000-08)."""
    return ticket.major_proposed and not ticket.major_judged and not is_major(ticket)


def awaits_approval(ticket: Ticket) -> bool:
    """Whether the customer's departments would have to approve it first, and have not (000-09)."""
    last = latest(ticket)
    is_approved = last is not None and last.decision == Verdict.APPROVED
    return ticket.terms.major_needs_approval and (is_major(ticket) or is_candidate(ticket)) and not is_approved


def propose_by_level(ticket: Ticket, at: datetime) -> Ticket:
    """A report of the gravest levels is a candidate for a major incident; the project manager decides (000-08)."""
    known = ticket.major_proposed or ticket.major_judged or is_major(ticket)
    if known or ticket.level not in ticket.terms.major_levels:
        return ticket
    about = {"level": ticket.level, "clause": "000-08"}
    return replace(ticket, major_proposed=True).write(Happening.MAJOR_PROPOSED, at=at, recorded_at=at, data=about)


def judged(ticket: Ticket, command: Command) -> Ticket:
    """With what a classification says of it noted: that it is major, or of one that may be, that it is not."""
    stated = (FACTS.of(command) or {}).get("major")
    judges = stated is True or (stated is False and (is_major(ticket) or is_candidate(ticket)))
    return replace(ticket, major_judged=True) if judges else ticket


def approved(ticket: Ticket, command: Command) -> Refusal | None:
    """A major incident is touched only after the approval; a refusal makes it impossible (000-10)."""
    if command.kind is C.ORDER_PART and ticket.terms.edition < EDITION_6:
        return None
    if ticket.terms.major_needs_approval and ticket.level is None:
        return NOT_CLASSIFIED
    if not awaits_approval(ticket):
        return None
    return NOT_APPROVED.adding(_NOT_JUDGED) if is_candidate(ticket) else NOT_APPROVED


def stays_major(ticket: Ticket, command: Command) -> Refusal | None:
    """That it is not major is for a manager to say who is not in charge, with a reason, before any application."""
    taken_back = (FACTS.of(command) or {}).get("major") is False
    if not taken_back or not (is_major(ticket) or is_candidate(ticket)):
        return None
    if ticket.applications:
        return MAJOR_STANDS
    if command.actor.role not in MANAGERS or ticket.assignee in command.actor.accounts:
        return MANAGERS_JUDGE
    return None if REASON.of(command) else NO_REASON


def began(ticket: Ticket, at: datetime) -> Ticket:
    """What begins with a major incident: under a contract that has them, the experts confer (000-28)."""
    return consultations.open_for_major(ticket, at) if is_major(ticket) else ticket


def react(before: Ticket, after: Ticket, did: Happening, at: datetime) -> Ticket:
    """Experts confer when it becomes one; nobody goes on working meanwhile, and a refusal ends the grant, too."""
    if is_major(after) and not is_major(before):
        after = began(after, at)
    if did is Happening.REFUSED:
        return remote.end_grant(after, at, by=did)
    return remote_sessions.end_session_by(after, at, by=_why(after)) if awaits_approval(after) else after


def _why(ticket: Ticket) -> str:
    """What makes work impossible now, in a word."""
    if ticket.applications:
        return "applied"
    return "candidate" if is_candidate(ticket) else "major"


MATTER = Matter(
    gates=(
        Gate(
            id="still_major",
            clauses=("000-08", "000-10"),
            name=Label("重大问题的认定不得随意撤销", "a major incident stays one"),
            asked=Label("认定不属于重大问题", "saying that it is no major incident"),
            of=Label(
                "项目经理或值班经理，本工单责任人除外；一经申请，任何人都不能",
                "a project or duty manager who is not in charge; once it was applied for, nobody",
            ),
            evidence=Label("原因", "the reason"),
            ends=NOT_APPLICABLE,
            refusal=Label("改进方案，重新申请（新版本）", "a better plan, and a new application (a new version)"),
            given_by=(),
            blocks=frozenset({C.CLASSIFY}),
            before=stays_major,
        ),
        Gate(
            id="major_incident",
            clauses=("000-08", "000-09", "000-10", "000-11"),
            name=Label("重大问题审批", "approval of a major incident"),
            asked=Label(
                "定级；重大问题或尚未认定的候选：正式报告和《重大问题服务申请》",
                "a level; of what is major, or may be: the formal report and the application",
            ),
            of=Label("客户技术部门和业务部门，两个人", "the customer's technical and business departments, two people"),
            evidence=Label(
                "双方意见；审批人不是申请人、处理人", "both opinions; neither the applicant nor the executor"
            ),
            ends=Label(
                "本次申请；第 5、10、15 分钟提醒，此后每小时报值班经理和主管领导，解决计时暂停",
                "with the application; reminders at 5, 10, 15 min, then each hour to duty manager and leader, "
                "resolve paused",
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
    reacts=react,
)
