"""The application for work on a major incident: formal report, two departments, reminders (000-09, 000-10, 000-11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.contract.clauses import Kind
from domain.contract.ours import OURS
from domain.contract.terms import EDITION_3, EDITION_9
from domain.matters.approvers import answered_by_nobody
from domain.matters.assignment import has_worked
from domain.matters.matter import REASON, TEXT, Asked, Matter, Question, Row
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.records import Application, Verdict
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.accounts import account, accounts_in
from domain.words.label import Label
from domain.words.refusals import Refusal

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
    Label(
        "审批人必须属于技术部门或业务部门，或在代理期内。",
        "An approver is of the technical or business department, or stands in for one of theirs now.",
    ),
)
OWN_MATTER = Refusal(
    "own_matter",
    Label(
        "审批人不能是申请人、处理人或另一部门的审批人。",
        "An approver is neither applicant nor executor nor the other department's approver.",
    ),
)


def named_by(code: str | None, words: Label) -> list[str]:
    """The accounts that a refusal names. Others name nobody: what looks like one in them are words of its sender."""
    return accounts_in(words) if code == ALREADY_DECIDED.code else []


#: By department, the approver in whose place its sender answers.
DEPUTY_OF = "deputy_of"
#: The department that was asked, where the answer came by a link: it speaks for no other one.
ASKED_OF = "asked_of"

#: Why the clock to resolve stands still while an application waits (000-11).
APPROVAL = "customer_approval"
#: After the last reminder that the contract sets, silence is told to those above, and again so often.
_AGAIN = timedelta(minutes=OURS.approval_silence_min)

_VERDICTS = {
    Verdict.APPROVED: Label("批准", "approved it"),
    Verdict.REFUSED: Label("拒绝", "refused it"),
    Verdict.WITHDRAWN: Label("撤回", "withdrawn it"),
}
#: Of a department that has agreed while the other has not spoken.
_SPOKEN = Label("同意", "approved")
#: After these another version may follow.
_FOLLOWED = frozenset({Verdict.REFUSED, Verdict.WITHDRAWN})
_OPINION = Field("opinion")
#: Of the application that the opinion is about; absent: the last one.
_VERSION = Field("version", Type.WORD, required=False)


def latest(ticket: Ticket) -> Application | None:
    """The version that counts; None: nobody has applied."""
    return ticket.applications[-1] if ticket.applications else None


def submit_formal_report(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The formal report to the customer's leaders; one serves all versions of the application."""
    return replace(ticket, formal_report=True)


def apply(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A new version of the application; what it is about is major, and while it waits, resolve stands still."""
    application = Application(len(ticket.applications) + 1, command.actor.id, at)
    applications, facts = (*ticket.applications, application), ticket.facts | {"major": True}
    ticket = replace(ticket, applications=applications, facts=facts, major_judged=True)
    return clocks.stop(ticket, frozenset({Kind.RESOLVE}), at, APPROVAL) if ticket.terms.approval_pauses else ticket


def approve(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """One department agrees; the last one opens the gate."""
    application = ticket.applications[-1]
    approvals = (*application.approvals, (_speaks_for(ticket, command) or "", command.actor.id))
    complete = {name for name, _ in approvals} >= set(ticket.terms.departments)
    application = replace(application, approvals=approvals)
    if not complete:
        return replace(ticket, applications=(*ticket.applications[:-1], application))
    return _decided(ticket, application, Verdict.APPROVED, command, at)


def refuse(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Any refusal refuses."""
    return _decided(ticket, ticket.applications[-1], Verdict.REFUSED, command, at)


def withdraw(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """We take it back: the wait is over, the incident is as major as before."""
    return _decided(ticket, ticket.applications[-1], Verdict.WITHDRAWN, command, at)


def _decided(ticket: Ticket, application: Application, verdict: Verdict, command: Command, at: datetime) -> Ticket:
    application = replace(application, decision=verdict, decided_by=command.actor.id, decided_at=at)
    return clocks.go_on(replace(ticket, applications=(*ticket.applications[:-1], application)), APPROVAL, at)


def may_apply(ticket: Ticket, command: Command) -> Refusal | None:
    """An application needs the formal report, that none waits or is approved, and somebody who could answer it."""
    if not ticket.terms.major_needs_approval:
        return NOT_NEEDED
    if not ticket.formal_report:
        return NO_REPORT
    last = latest(ticket)
    if last is not None and last.decision not in _FOLLOWED:
        return ALREADY_APPLIED
    return answered_by_nobody(ticket, command)


def may_withdraw(ticket: Ticket, _: Command) -> Refusal | None:
    """Only what waits for an answer is taken back."""
    last = latest(ticket)
    return None if last is not None and last.decision is None else NO_APPLICATION


def may_decide(ticket: Ticket, command: Command) -> Refusal | None:
    """Each department decides once, two different people, neither applicant nor executor; a deputy in their place."""
    application, actor = latest(ticket), command.actor
    if application is None:
        return NO_APPLICATION
    if _VERSION.of(command) not in {None, str(application.version)}:
        return ANOTHER_VERSION
    speaks_for, asked = _departments(command), set(ticket.terms.departments)
    if application.decision or (speaks_for and speaks_for <= {name for name, _ in application.approvals}):
        return ALREADY_DECIDED.adding(_winner(ticket, application, speaks_for))
    if not speaks_for & asked:
        return NO_DEPARTMENT
    if _speaks_for(ticket, command) is None:
        return ALREADY_DECIDED.adding(_winner(ticket, application, speaks_for))
    involved = {*_applicants(ticket), *has_worked(ticket), *(person for _, person in application.approvals)}
    return OWN_MATTER if actor.accounts & involved else None


def _applicants(ticket: Ticket) -> Iterator[str]:
    """Who applied; of a ticket of before that was law the last one alone."""
    known = ticket.applications if ticket.terms.edition >= EDITION_3 else ticket.applications[-1:]
    return (application.by for application in known)


def _deputy_of(command: Command) -> dict[str, str]:
    """Department by department, for whom the sender stands in, as the registry said when the command was taken."""
    known: dict[str, str] = command.known.get(DEPUTY_OF, {})
    return known


def _departments(command: Command) -> set[str]:
    """All for which the sender could speak with it."""
    own = {command.actor.department} if command.actor.department else set()
    could, asked = own | set(_deputy_of(command)), command.known.get(ASKED_OF)
    return could if asked is None else could & {asked}


def _speaks_for(ticket: Ticket, command: Command) -> str | None:
    """The department whose word this is: their own, else one that they stand in for; None: all have spoken."""
    last = latest(ticket)
    spoken = {name for name, _ in last.approvals} if last else set()
    could = _departments(command) & set(ticket.terms.departments)
    in_order = (command.actor.department, *_deputy_of(command))
    return next((name for name in in_order if name in could - spoken), None)


def _winner(ticket: Ticket, application: Application, departments: set[str]) -> Label:
    """Who has spoken before: on the application, or for the same department. Who of us withdrew it is not named."""
    decision, before = application.decision, ticket.terms.edition < EDITION_9
    verdict = _VERDICTS[decision] if decision else _SPOKEN
    spoke = application.decided_by or next(who for spoken, who in application.approvals if spoken in departments)
    if decision is Verdict.WITHDRAWN and not before:
        return Label("服务方已撤回。", "The service company has withdrawn it.")
    person, gap = (spoke, " ") if before else (account(spoke), "")
    return Label(f"{person}{gap}已{verdict.zh}。", f"{person} has {verdict.en}.")


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next reminder of the departments that have not spoken; after the last one the silence is told above."""
    last = latest(ticket)
    if ticket.stage.is_work and last and last.decision is None:
        yield Deadline("approval", last.at + _reminded_after(ticket, last.reminders), Event.APPROVAL_REMINDER)


def _reminded_after(ticket: Ticket, sent: int) -> timedelta:
    """How long after the application the next one is, so many having been sent."""
    minutes = ticket.terms.approval_reminders_min
    if sent < len(minutes):
        return timedelta(minutes=minutes[sent])
    return timedelta(minutes=minutes[-1] if minutes else 0) + _AGAIN * (sent - len(minutes) + 1)


def remind_approvers(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """The departments that have not spoken are reminded (000-11); their silence at last reaches those above."""
    *before, last = ticket.applications
    spoken = {department for department, _ in last.approvals}
    ticket = replace(ticket, applications=(*before, replace(last, reminders=last.reminders + 1)))
    goes_on = last.reminders >= len(ticket.terms.approval_reminders_min)
    return raise_alarm(
        ticket,
        deadline,
        now,
        departments=[name for name in ticket.terms.departments if name not in spoken],
        version=last.version,
        goes_on=goes_on,
        clause="000-11",
        lateness_ms=lateness_ms(now, deadline.at),
    )


def questions(ticket: Ticket) -> Iterator[Question]:
    """Whether the departments approve the last application."""
    last = latest(ticket)
    if last is not None and last.decision is None:
        yield Question(Asked.APPROVAL, Role.CUSTOMER_APPROVER, last.at, str(last.version))


def _which(_: Ticket, after: Ticket, __: Command) -> dict[str, Any]:
    """Which version of the application the entry is about, and whether that settled it."""
    last = after.applications[-1]
    return {"version": last.version} | ({"settled": True} if last.decision else {})


def _answered(before: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """Which version, for which department, and in whose place."""
    department = _speaks_for(before, command)
    in_place_of = None if department == command.actor.department else _deputy_of(command).get(department or "")
    deputy = {"deputy_for": in_place_of} if in_place_of else {}
    return {**_which(before, after, command), "department": department, **deputy}


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
        Row(C.WITHDRAW_MAJOR, Happening.MAJOR_WITHDRAWN, (REASON,), needs=may_withdraw, does=withdraw, says=_which),
        Row(C.APPROVE, Happening.APPROVED, (_OPINION, _VERSION), needs=may_decide, does=approve, says=_answered),
        Row(C.REFUSE, Happening.REFUSED, (_OPINION, _VERSION), needs=may_decide, does=refuse, says=_answered),
    ),
    waits=waits,
    brings={Event.APPROVAL_REMINDER: remind_approvers},
    asks=questions,
)
