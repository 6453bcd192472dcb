"""What each gate looks at: whether an act is behind it now, as the refusal it leads to, or None."""

from domain.acts import changes, legs
from domain.contract.terms import GATES_COMPLETE
from domain.ticket.commands import Command
from domain.ticket.records import Application, Change, PartOrder
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket

#: The customer's own scale of gravity, gravest first (001-19).
_SEVERITIES = ("disastrous", "serious", "general")

#: Consents that a gate asks for, by the words a customer may name them with.
PAID_WORK, LEVEL_LOWERING, VENDOR = "paid_work", "level_lowering", "standing_authorisation"


def awaits_approval(ticket: Ticket) -> bool:
    """Whether the ticket is a major incident that the customer's departments have not approved (000-09)."""
    major = ticket.facts.get("major", ticket.terms.fact_defaults.get("major", False))
    last = last_application(ticket)
    return ticket.terms.major_needs_approval and bool(major) and (last is None or last.decision != "approved")


def approved(ticket: Ticket, _: Command) -> str | None:
    """A major incident is touched only after the approval; a refusal makes it impossible (000-10)."""
    return "not_approved" if awaits_approval(ticket) else None


def stays_major(ticket: Ticket, command: Command) -> str | None:
    """What has been applied for stays major until it is approved: nobody gets round a refusal by another name."""
    withdrawn = command.data.get("facts", {}).get("major") is False
    applied = ticket.terms.edition >= GATES_COMPLETE and bool(ticket.applications)
    return "major_stands" if withdrawn and applied and awaits_approval(ticket) else None


def granted(ticket: Ticket, command: Command) -> str | None:
    """A remote session needs a live grant (000-24, 001-27, 003-04)."""
    access = ticket.remote
    alive = access is not None and access.granted_until is not None and access.granted_until > command.accepted_at
    return None if alive else "no_grant"


def applied_before_on_site(ticket: Ticket, command: Command) -> str | None:
    """After remote work a visit needs the internal application (000-24)."""
    leads_elsewhere = command.data.get("stage", Stage.ONSITE) != Stage.ONSITE
    asked = ticket.stage is Stage.REMOTE and not ticket.onsite_applied
    return "no_onsite_application" if asked and not leads_elsewhere else None


def part_is_agreed(ticket: Ticket, command: Command) -> str | None:
    """A part is ordered only with the customer's agreement, its model verified twice (001-29)."""
    part = legs.part_meant(ticket, command)
    return "no_part" if part is None else _unready(part)


def change_is_agreed(ticket: Ticket, command: Command) -> str | None:
    """A large change needs the customer's consent and a backup that can be shown (002-14)."""
    change = changes.change_meant(ticket, command)
    if change is None:
        return "no_change"
    if change.refused:
        return "change_refused"
    if not change.large:
        return None
    if not change.agreed:
        return "change_not_agreed"
    return "no_backup" if command.data and not command.data.get("backup") else None


def change_is_accepted(ticket: Ticket, _: Command) -> str | None:
    """Every large change that was made is accepted, or refused and followed by another (002-14)."""
    last = max((change.made for change in ticket.changes), default=0)
    return "change_not_accepted" if any(_waits_for_acceptance(change, last) for change in ticket.changes) else None


def paid_work_is_agreed(ticket: Ticket, _: Command) -> str | None:
    """Work that the contract does not cover is begun only when its price is agreed (001-08, 002-19)."""
    clause = unpaid_clause(ticket)
    if clause is None or {PAID_WORK, clause} & set(ticket.consents):
        return None
    return "paid_work_not_agreed"


def unpaid_clause(ticket: Ticket) -> str | None:
    """The clause under which this work is charged; None: the contract covers it."""
    if ticket.terms.contract_ended:
        return "002-19"
    return "001-08" if ticket.facts.get("cause") in ticket.terms.paid_causes else None


def severity_stands(ticket: Ticket, command: Command) -> str | None:
    """The severity that the customer set is lowered only with the customer's consent (001-19)."""
    stated, wanted = ticket.opening.facts.get("severity"), command.data.get("facts", {}).get("severity")
    if not ticket.terms.customer_severity or stated not in _SEVERITIES or wanted not in _SEVERITIES:
        return None
    lowers = _SEVERITIES.index(str(wanted)) > _SEVERITIES.index(str(stated))
    agreed = {LEVEL_LOWERING, "001-19"} & set(ticket.consents)
    return "severity_stands" if lowers and not agreed else None


def vendor_is_authorised(ticket: Ticket, command: Command) -> str | None:
    """Vendors are called in the customer's name only with the customer's standing authorisation (004-05)."""
    terms = ticket.terms
    if not terms.vendor_needs_authorisation or {VENDOR, "004-05"} & set(ticket.consents):
        return None
    alive = terms.authorised_until is not None and terms.authorised_until > command.accepted_at
    return None if alive else "no_standing_authorisation"


def is_in_writing(_: Ticket, command: Command) -> str | None:
    """Another due time than the contract's is agreed in writing: with evidence (001-05)."""
    return "not_in_writing" if command.data.get("until") and not command.data.get("evidence") else None


def last_application(ticket: Ticket) -> Application | None:
    """The latest version of the application; None: there is none."""
    return ticket.applications[-1] if ticket.applications else None


def _unready(part: PartOrder) -> str | None:
    if not part.agreed:
        return "part_not_agreed"
    return None if len(part.verified) > 1 else "part_not_verified"


def _waits_for_acceptance(change: Change, last: int) -> bool:
    mended = change.refused and change.made < last
    return change.large and bool(change.made) and not (change.accepted or mended)
