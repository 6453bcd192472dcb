"""Rules: where each command is possible, and what must hold for it beside the gates. One table."""

from collections.abc import Callable

from domain.acts import remote
from domain.acts.changes import change_meant
from domain.acts.legs import case_to_close, part_meant
from domain.contract.terms import GATES_COMPLETE
from domain.gates.conditions import last_application
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket

_WORK = frozenset(stage for stage in Stage if stage.is_work)
_UNTIL_CLOSED = _WORK | {Stage.RESOLVED}
_AFTERWARDS = _UNTIL_CLOSED | {Stage.CLOSED}
_RESOLVED = frozenset({Stage.RESOLVED})
_CLOSED = frozenset({Stage.CLOSED})

#: Command by command, the stages in which it is possible.
WHERE: dict[C, frozenset[Stage]] = {
    C.CLASSIFY: _WORK,
    C.RESPOND: _WORK,
    C.CONTACT: _WORK,
    C.SUBMIT_PLAN: _WORK,
    C.ADVANCE: _WORK,
    C.REASSIGN: _WORK,
    C.NOTE: _UNTIL_CLOSED,
    C.WRITE_LOG: _UNTIL_CLOSED,
    C.PAUSE: _WORK,
    C.RESUME: _WORK,
    C.REQUEST_REMOTE: _WORK,
    C.GRANT_REMOTE: _WORK,
    C.REFUSE_REMOTE: _WORK,
    C.REVOKE_REMOTE: _WORK,
    C.START_REMOTE: _WORK,
    C.END_REMOTE: _WORK,
    C.APPLY_ONSITE: _WORK,
    C.DISPATCH: _WORK,
    C.DEPART: _WORK,
    C.ARRIVE: _WORK,
    C.DIAGNOSE: _WORK,
    C.END_VISIT: _WORK,
    C.REQUEST_CONSULTATION: _WORK,
    C.CONCLUDE_CONSULTATION: _WORK,
    C.OPEN_VENDOR_CASE: _WORK,
    C.CLOSE_VENDOR_CASE: _UNTIL_CLOSED,
    C.REQUEST_PART: _WORK,
    C.AGREE_PART: _WORK,
    C.VERIFY_PART: _WORK,
    C.RESERVE_PART: _WORK,
    C.PART_ARRIVED: _WORK,
    C.DELIVER_SUBSTITUTE: _WORK,
    C.RETURN_SUBSTITUTE: _AFTERWARDS,
    C.PROPOSE_CHANGE: _WORK,
    C.AGREE_CHANGE: _WORK,
    C.REFUSE_CHANGE: _WORK,
    C.MAKE_CHANGE: _WORK,
    C.ACCEPT_CHANGE: _WORK,
    C.SUBMIT_FORMAL_REPORT: _WORK,
    C.APPLY_MAJOR: _WORK,
    C.APPROVE: _WORK,
    C.REFUSE: _WORK,
    C.CONSENT: _WORK,
    C.START_PLAN: _WORK,
    C.OBJECT_PLAN: _WORK,
    C.END_PLAN: _WORK,
    C.RESTORE: _WORK,
    C.RESOLVE: _WORK,
    C.CONFIRM: _RESOLVED,
    C.REJECT: _RESOLVED,
    C.REOPEN: _RESOLVED,
    C.DELIVER_REPORT: _AFTERWARDS,
    C.RECORD_SURVEY: _CLOSED,
    C.CLOSE: _RESOLVED,
    C.REBASELINE: _AFTERWARDS,
}

Rule = Callable[[Ticket, Command], str | None]


def names_a_level(ticket: Ticket, command: Command) -> str | None:
    """A level is one of the pack's."""
    level = command.data.get("level")
    return "unknown_level" if level is not None and level not in ticket.terms.levels else None


def goes_forward(ticket: Ticket, command: Command) -> str | None:
    """Forward with a reason; back only once cause or asset have been revised (003-03)."""
    stage = Stage(command.data.get("stage", ticket.stage))
    return "stage_behind" if stage.before(ticket.stage) and not ticket.revised else None


def is_classified(ticket: Ticket, _: Command) -> str | None:
    """Nothing is resolved without a level."""
    return "not_classified" if ticket.level is None else None


def may_pause(ticket: Ticket, command: Command) -> str | None:
    """One person's pause at a time, for a reason that the contract knows."""
    reason = command.data.get("reason")
    if reason is not None and reason not in ticket.terms.pause_caps:
        return "reason_not_allowed"
    return "already_paused" if ticket.pause else None


def is_paused(ticket: Ticket, _: Command) -> str | None:
    """Resuming needs a pause."""
    return None if ticket.pause else "not_paused"


def may_ask(ticket: Ticket, command: Command) -> str | None:
    """Another request would take the grant from a session that runs."""
    return is_nobody_working(ticket, command) if ticket.terms.edition >= GATES_COMPLETE else None


def may_grant(_: Ticket, command: Command) -> str | None:
    """A grant ends in the future."""
    return None if remote.grant_ends(command) > command.accepted_at else "grant_already_over"


def is_asked(ticket: Ticket, _: Command) -> str | None:
    """Refusing needs a request that waits."""
    return None if ticket.remote and ticket.remote.asked_at else "no_request"


def is_granted(ticket: Ticket, _: Command) -> str | None:
    """Revoking needs a grant."""
    return None if ticket.remote and ticket.remote.granted_until else "no_grant"


def is_nobody_working(ticket: Ticket, _: Command) -> str | None:
    """One session at a time."""
    return "session_running" if ticket.remote and ticket.remote.session_since else None


def is_working_remotely(ticket: Ticket, _: Command) -> str | None:
    """Ending a session needs one."""
    return None if ticket.remote and ticket.remote.session_since else "no_session"


def may_apply(ticket: Ticket, _: Command) -> str | None:
    """An application needs the formal report, and that none waits or is approved."""
    if not ticket.terms.major_needs_approval:
        return "approval_not_needed"
    if not ticket.formal_report:
        return "no_formal_report"
    last = last_application(ticket)
    return None if last is None or last.decision == "refused" else "already_applied"


def may_decide(ticket: Ticket, command: Command) -> str | None:
    """Each department decides once, two different people, neither applicant nor executor."""
    application, actor = last_application(ticket), command.actor
    if application is None:
        return "no_application"
    if command.data.get("version") not in {None, str(application.version)}:
        return "another_version"
    if application.decision or actor.department in {department for department, _ in application.approvals}:
        return "already_decided"
    if actor.department not in ticket.terms.departments:
        return "no_department"
    involved = {application.by, ticket.assignee, *(person for _, person in application.approvals)}
    return "own_matter" if actor.id in involved else None


def part_is_known(ticket: Ticket, command: Command) -> str | None:
    """Whatever happens to a part, it has been requested."""
    return None if part_meant(ticket, command) else "no_part"


def part_is_reserved(ticket: Ticket, command: Command) -> str | None:
    """What arrives has been reserved."""
    part = part_meant(ticket, command)
    if part is None:
        return "no_part"
    return None if part.reserved else "part_not_reserved"


def change_waits(ticket: Ticket, command: Command) -> str | None:
    """The customer agrees once to a change that has been proposed and not made."""
    change = change_meant(ticket, command)
    if change is None:
        return "no_change"
    return "change_decided" if change.agreed or change.made or change.refused else None


def change_may_be_refused(ticket: Ticket, command: Command) -> str | None:
    """A change is refused before it is made, or instead of its acceptance."""
    change = change_meant(ticket, command)
    if change is None:
        return "no_change"
    return "change_decided" if change.accepted or change.refused else None


def change_is_to_be_made(ticket: Ticket, command: Command) -> str | None:
    """A change that has been proposed is made once."""
    change = change_meant(ticket, command)
    if change is None:
        return "no_change"
    return "change_made" if change.made else None


def change_is_made(ticket: Ticket, command: Command) -> str | None:
    """What is accepted has been made, and nobody has refused it."""
    change = change_meant(ticket, command)
    if change is None:
        return "no_change"
    if change.accepted or change.refused:
        return "change_decided"
    return None if change.made else "change_not_made"


def has_open_consultation(ticket: Ticket, _: Command) -> str | None:
    """A conclusion needs a consultation that has none."""
    last = ticket.consultations[-1:]
    return None if last and last[0].concluded_at is None else "no_consultation"


def has_open_vendor_case(ticket: Ticket, command: Command) -> str | None:
    """Closing a case needs an open one; a vendor closes only his own."""
    return None if case_to_close(ticket, command) else "no_vendor_case"


def may_start_plan(ticket: Ticket, _: Command) -> str | None:
    """One plan at a time."""
    plan = ticket.plan
    running = plan is not None and plan.started_at is not None and plan.ended_at is None
    return "plan_running" if running else None


def may_object(ticket: Ticket, _: Command) -> str | None:
    """Objecting needs a plan that is about to start."""
    return None if ticket.plan and ticket.plan.starts_at else "no_plan_pending"


def has_running_plan(ticket: Ticket, _: Command) -> str | None:
    """Ending needs a plan that runs."""
    plan = ticket.plan
    return None if plan and plan.started_at and not plan.ended_at else "no_plan_running"


def substitute_is_out(ticket: Ticket, _: Command) -> str | None:
    """What comes back has been delivered."""
    return None if ticket.substitute_out else "no_substitute"


def is_not_the_handler(ticket: Ticket, command: Command) -> str | None:
    """The survey is made by somebody who never was in charge of the ticket (004-12)."""
    return "own_work" if command.actor.id in {ticket.assignee, *ticket.handlers} else None


#: Command by command, what must hold; a command that is not here asks nothing more. Asked about a command without
#: data, a rule answers for the best that the data could say.
RULES: dict[C, Rule] = {
    C.CLASSIFY: names_a_level,
    C.ADVANCE: goes_forward,
    C.PAUSE: may_pause,
    C.RESUME: is_paused,
    C.REQUEST_REMOTE: may_ask,
    C.GRANT_REMOTE: may_grant,
    C.REFUSE_REMOTE: is_asked,
    C.REVOKE_REMOTE: is_granted,
    C.START_REMOTE: is_nobody_working,
    C.END_REMOTE: is_working_remotely,
    C.CONCLUDE_CONSULTATION: has_open_consultation,
    C.CLOSE_VENDOR_CASE: has_open_vendor_case,
    C.AGREE_PART: part_is_known,
    C.VERIFY_PART: part_is_known,
    C.PART_ARRIVED: part_is_reserved,
    C.RETURN_SUBSTITUTE: substitute_is_out,
    C.AGREE_CHANGE: change_waits,
    C.REFUSE_CHANGE: change_may_be_refused,
    C.MAKE_CHANGE: change_is_to_be_made,
    C.ACCEPT_CHANGE: change_is_made,
    C.APPLY_MAJOR: may_apply,
    C.APPROVE: may_decide,
    C.REFUSE: may_decide,
    C.START_PLAN: may_start_plan,
    C.OBJECT_PLAN: may_object,
    C.END_PLAN: has_running_plan,
    C.RESOLVE: is_classified,
    C.RECORD_SURVEY: is_not_the_handler,
}
