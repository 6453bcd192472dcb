"""Gates: no event, no act. What stands before each act, as the refusal it leads to while it is not there."""

from domain.acts import legs, remote
from domain.acts.major import DEPARTMENTS
from domain.commands import Command
from domain.stages import Stage
from domain.standing import Application, PartOrder
from domain.ticket import Ticket


def awaits_approval(ticket: Ticket) -> bool:
    """Whether the ticket is a major incident that the customer's departments have not approved (000-09)."""
    major = ticket.facts.get("major", ticket.terms.fact_defaults.get("major", False))
    last = _last(ticket)
    return ticket.terms.major_needs_approval and bool(major) and (last is None or last.decision != "approved")


def approved(ticket: Ticket, _: Command) -> str | None:
    """A major incident is touched only after the approval; a refusal makes it impossible (000-10)."""
    return "not_approved" if awaits_approval(ticket) else None


def may_apply(ticket: Ticket, _: Command) -> str | None:
    """An application needs the formal report, and that none waits or is approved."""
    if not ticket.terms.major_needs_approval:
        return "approval_not_needed"
    if not ticket.formal_report:
        return "no_formal_report"
    last = _last(ticket)
    return None if last is None or last.decision == "refused" else "already_applied"


def may_decide(ticket: Ticket, command: Command) -> str | None:
    """Each department decides once, two different people, neither applicant nor executor."""
    application, actor = _last(ticket), command.actor
    if application is None:
        return "no_application"
    if application.decision or actor.department in {department for department, _ in application.approvals}:
        return "already_decided"
    if actor.department not in DEPARTMENTS:
        return "no_department"
    involved = {application.by, ticket.assignee, *(person for _, person in application.approvals)}
    return "own_matter" if actor.id in involved else None


def may_start_remote(ticket: Ticket, command: Command) -> str | None:
    """A session needs a live grant, and on a major incident the approval."""
    access = ticket.remote
    if access is None or access.granted_until is None or access.granted_until <= command.accepted_at:
        return "no_grant"
    return "session_running" if access.session_since else approved(ticket, command)


def may_grant(_: Ticket, command: Command) -> str | None:
    """A grant ends in the future."""
    return None if remote.grant_ends(command) > command.accepted_at else "grant_already_over"


def is_asked(ticket: Ticket, _: Command) -> str | None:
    """Refusing needs a request that waits."""
    return None if ticket.remote and ticket.remote.asked_at else "no_request"


def is_granted(ticket: Ticket, _: Command) -> str | None:
    """Revoking needs a grant."""
    return None if ticket.remote and ticket.remote.granted_until else "no_grant"


def is_working_remotely(ticket: Ticket, _: Command) -> str | None:
    """Ending a session needs one."""
    return None if ticket.remote and ticket.remote.session_since else "no_session"


def applied_before_on_site(ticket: Ticket, _: Command) -> str | None:
    """After remote work a visit needs the internal application (000-24)."""
    return "no_onsite_application" if ticket.stage is Stage.REMOTE and not ticket.onsite_applied else None


def part_is_known(ticket: Ticket, command: Command) -> str | None:
    """Whatever happens to a part, it has been requested."""
    return None if legs.part_meant(ticket, command) else "no_part"


def part_is_agreed(ticket: Ticket, command: Command) -> str | None:
    """A part is ordered only with the customer's agreement, its model verified twice (001-29)."""
    part = legs.part_meant(ticket, command)
    if part is None:
        return "no_part"
    return _unready(part) or approved(ticket, command)


def part_is_reserved(ticket: Ticket, command: Command) -> str | None:
    """What arrives has been reserved."""
    part = legs.part_meant(ticket, command)
    if part is None:
        return "no_part"
    return None if part.reserved else "part_not_reserved"


def _unready(part: PartOrder) -> str | None:
    if not part.agreed:
        return "part_not_agreed"
    return None if len(part.verified) > 1 else "part_not_verified"


def _last(ticket: Ticket) -> Application | None:
    return ticket.applications[-1] if ticket.applications else None
