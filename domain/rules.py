"""Rules: what each command asks of the ticket beside its stage and its sender. One table that a manager can read."""

from collections.abc import Callable

from domain import gates
from domain.acts.legs import case_to_close
from domain.closing import missing
from domain.commands import Command
from domain.commands import CommandKind as C
from domain.stages import Stage
from domain.ticket import Ticket

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
    if stage.before(ticket.stage) and not ticket.revised:
        return "stage_behind"
    return gates.applied_before_on_site(ticket, command) if stage is Stage.ONSITE else None


def is_classified_and_approved(ticket: Ticket, command: Command) -> str | None:
    """Nothing is resolved without a level, nor a major incident without approval."""
    return "not_classified" if ticket.level is None else gates.approved(ticket, command)


def may_pause(ticket: Ticket, command: Command) -> str | None:
    """One person's pause at a time, for a reason that the contract knows."""
    reason = command.data.get("reason")
    if reason is not None and reason not in ticket.terms.pause_caps:
        return "reason_not_allowed"
    return "already_paused" if ticket.pause else None


def is_paused(ticket: Ticket, _: Command) -> str | None:
    """Resuming needs a pause."""
    return None if ticket.pause else "not_paused"


def has_open_consultation(ticket: Ticket, _: Command) -> str | None:
    """A conclusion needs a consultation that has none."""
    last = ticket.consultations[-1:]
    return None if last and last[0].concluded_at is None else "no_consultation"


def has_open_vendor_case(ticket: Ticket, command: Command) -> str | None:
    """Closing a case needs an open one; a vendor closes only his own."""
    return None if case_to_close(ticket, command) else "no_vendor_case"


def may_start_plan(ticket: Ticket, command: Command) -> str | None:
    """One plan at a time."""
    plan = ticket.plan
    running = plan is not None and plan.started_at is not None and plan.ended_at is None
    return "plan_running" if running else gates.approved(ticket, command)


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
    """The survey is made by somebody who did not handle the ticket (004-12)."""
    return "own_work" if command.actor.id == ticket.assignee else None


def is_complete(ticket: Ticket, _: Command) -> str | None:
    """Closing needs all that the archive needs."""
    return next(iter(missing(ticket)), None)


#: Command by command, what must hold; a command that is not here asks nothing more. Asked about a command without
#: data, a rule answers for the best that the data could say.
RULES: dict[C, Rule] = {
    C.CLASSIFY: names_a_level,
    C.ADVANCE: goes_forward,
    C.DISPATCH: gates.applied_before_on_site,
    C.ARRIVE: gates.applied_before_on_site,
    C.PAUSE: may_pause,
    C.RESUME: is_paused,
    C.GRANT_REMOTE: gates.may_grant,
    C.REFUSE_REMOTE: gates.is_asked,
    C.REVOKE_REMOTE: gates.is_granted,
    C.START_REMOTE: gates.may_start_remote,
    C.END_REMOTE: gates.is_working_remotely,
    C.CONCLUDE_CONSULTATION: has_open_consultation,
    C.CLOSE_VENDOR_CASE: has_open_vendor_case,
    C.AGREE_PART: gates.part_is_known,
    C.VERIFY_PART: gates.part_is_known,
    C.RESERVE_PART: gates.part_is_agreed,
    C.PART_ARRIVED: gates.part_is_reserved,
    C.RETURN_SUBSTITUTE: substitute_is_out,
    C.APPLY_MAJOR: gates.may_apply,
    C.APPROVE: gates.may_decide,
    C.REFUSE: gates.may_decide,
    C.START_PLAN: may_start_plan,
    C.OBJECT_PLAN: may_object,
    C.END_PLAN: has_running_plan,
    C.RESTORE: gates.approved,
    C.RESOLVE: is_classified_and_approved,
    C.RECORD_SURVEY: is_not_the_handler,
    C.CLOSE: is_complete,
}
