"""Authority: who may do what, one table, asked by the API and again inside the workflow. Deny by default."""

from domain.contract.terms import EDITION, EDITION_6, EDITION_8
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.commands import CommandKind as C

_ENGINEER = frozenset(
    {
        C.CLASSIFY, C.RESPOND, C.CONTACT, C.SUBMIT_PLAN, C.ADVANCE, C.DISPATCH, C.DEPART, C.ARRIVE, C.END_VISIT,
        C.DIAGNOSE, C.RESTORE, C.RESOLVE, C.PAUSE, C.RESUME, C.NOTE, C.WRITE_LOG, C.DELIVER_REPORT,
        C.REQUEST_REMOTE, C.START_REMOTE, C.END_REMOTE, C.APPLY_ONSITE, C.REQUEST_CONSULTATION,
        C.OPEN_VENDOR_CASE, C.CLOSE_VENDOR_CASE, C.REQUEST_PART, C.VERIFY_PART, C.DELIVER_SUBSTITUTE,
        C.RETURN_SUBSTITUTE, C.PROPOSE_CHANGE, C.MAKE_CHANGE, C.TAKE, C.REASSIGN, C.UNASSIGN, C.HAND_LINK,
        C.ACKNOWLEDGE,
    }
)  # fmt: skip
_MANAGER = _ENGINEER | {
    C.IDENTIFY, C.CORRECT, C.DISCARD, C.MERGE, C.SUBMIT_FORMAL_REPORT, C.APPLY_MAJOR, C.WITHDRAW_MAJOR, C.REOPEN,
    C.CLOSE, C.FORM_CENTRE, C.START_PLAN, C.OBJECT_PLAN, C.END_PLAN, C.REBASELINE,
}  # fmt: skip

#: What nobody sends: the API itself tells tickets of it.
SYSTEMS = frozenset(
    {C.TAKE_AUTHORISATION, C.TAKE_CONTRACT, C.TAKE_CUSTOMER, C.MERGE_IN, C.HAND_VENDOR_CASE, C.LEAVE_CALL, C.TAKE_MAIL}
)

#: Role by role, the commands it may send.
MAY: dict[Role, frozenset[C]] = {
    Role.ENGINEER: _ENGINEER,
    Role.PROJECT_MANAGER: _MANAGER,
    Role.DUTY_MANAGER: _MANAGER,
    Role.HOTLINE: frozenset(
        {
            C.CLASSIFY, C.IDENTIFY, C.CORRECT, C.RESPOND, C.CONTACT, C.DISPATCH, C.REASSIGN, C.PAUSE, C.RESUME,
            C.NOTE, C.WRITE_LOG, C.MERGE, C.HAND_LINK, C.ACKNOWLEDGE,
        }
    ),
    Role.EXPERT: frozenset(
        {
            C.NOTE, C.DIAGNOSE, C.CONCLUDE_CONSULTATION, C.START_REMOTE, C.END_REMOTE, C.DEPART, C.ARRIVE,
            C.END_VISIT, C.RESPOND, C.CONTACT, C.SUBMIT_PLAN, C.RESTORE, C.WRITE_LOG, C.TAKE, C.REASSIGN,
            C.UNASSIGN, C.ACKNOWLEDGE,
        }
    ),
    Role.VENDOR: frozenset({C.NOTE, C.CLOSE_VENDOR_CASE}),
    Role.CUSTOMER_CONTACT: frozenset(
        {
            C.NOTE, C.BOOK, C.CONFIRM, C.REJECT, C.REOPEN, C.GRANT_REMOTE, C.REFUSE_REMOTE, C.REVOKE_REMOTE,
            C.AGREE_PART, C.REFUSE_PART, C.AGREE_CHANGE, C.REFUSE_CHANGE, C.ACCEPT_CHANGE, C.CONSENT, C.HAND_LINK,
        }
    ),
    Role.CUSTOMER_APPROVER: frozenset(
        {C.APPROVE, C.REFUSE, C.NOTE, C.AGREE_CHANGE, C.REFUSE_CHANGE, C.ACCEPT_CHANGE, C.HAND_LINK}
    ),
    Role.SUPERVISOR: frozenset({C.RECORD_SURVEY, C.RECORD_FOLLOWUP, C.NOTE}),
    Role.LEADER: frozenset({C.NOTE, C.OBJECT_PLAN, C.REASSIGN, C.ACKNOWLEDGE}),
    Role.COMMERCIAL: frozenset(
        {C.CLASSIFY, C.IDENTIFY, C.CORRECT, C.REASSIGN, C.NOTE, C.VERIFY_PART, C.ORDER_PART}
    ),
    Role.STOCK_KEEPER: frozenset(
        {
            C.VERIFY_PART, C.RESERVE_PART, C.PART_ARRIVED, C.DELIVER_SUBSTITUTE, C.RETURN_SUBSTITUTE, C.NOTE,
            C.ACKNOWLEDGE,
        }
    ),
    Role.AUDITOR: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
    # What follows from a change of the registry, on record as nobody's own act.
    Role.SYSTEM: SYSTEMS | {C.REASSIGN, C.UNASSIGN, C.END_REMOTE},
}  # fmt: skip

#: Rights that came later, and since which edition of the terms: what was refused is refused in every replay.
SINCE: dict[tuple[Role, C], int] = {
    (role, kind): EDITION_6 for role in (Role.ENGINEER, Role.EXPERT) for kind in (C.REASSIGN, C.UNASSIGN)
} | {(role, C.ACKNOWLEDGE): EDITION_8 for role, may in MAY.items() if C.ACKNOWLEDGE in may}

#: What a customer says by telephone or on site, and these of ours record on their behalf; never an approval.
SPOKEN = frozenset(
    {
        C.GRANT_REMOTE, C.REFUSE_REMOTE, C.REVOKE_REMOTE, C.AGREE_PART, C.REFUSE_PART, C.AGREE_CHANGE,
        C.REFUSE_CHANGE, C.ACCEPT_CHANGE, C.CONSENT, C.CONFIRM, C.REJECT, C.BOOK,
    }
)  # fmt: skip
RECORDERS = frozenset({Role.HOTLINE, Role.PROJECT_MANAGER, Role.DUTY_MANAGER, Role.ENGINEER})

#: What an approver's deputy may say in their place, whatever else their role lets them do.
IN_THEIR_PLACE = frozenset({C.APPROVE, C.REFUSE})

#: What of an approver's is for one department alone: the customer's technicians (002-14).
OF_DEPARTMENT = dict.fromkeys((C.AGREE_CHANGE, C.REFUSE_CHANGE, C.ACCEPT_CHANGE, C.HAND_LINK), "technical")

#: Roles that may open a ticket, and those that may read every ticket of the service company.
MAY_OPEN = frozenset({Role.ENGINEER, Role.PROJECT_MANAGER, Role.DUTY_MANAGER, Role.HOTLINE, Role.COMMERCIAL})
MAY_READ = frozenset(set(Role) - {Role.SYSTEM, Role.ADMINISTRATOR})


def concerns(actor: Actor, customer: str | None, vendors: tuple[str, ...] = ()) -> bool:
    """Whether a ticket exists for the actor at all; to people of others it does not.

    Args:
        customer: the ticket's customer; None: a caller not known yet.
        vendors: the vendors that have a case on the ticket.
    """
    if actor.role in CUSTOMER_SIDE:
        return customer is not None and customer in actor.customers
    if actor.role is Role.VENDOR:
        return actor.id in vendors
    return True


def may_send(actor: Actor, command: C, *, recorded: bool = False, deputy: bool = False, edition: int = EDITION) -> bool:
    """Whether the actor may send this command at all.

    Args:
        recorded: as a word of the customer.
        deputy: standing in for an approver now.
        edition: of the terms of the ticket that it is sent to.
    """
    if deputy and actor.role in CUSTOMER_SIDE and command in IN_THEIR_PLACE:
        return True
    if recorded:
        return command in SPOKEN and actor.role in RECORDERS
    if command not in MAY[actor.role] or edition < SINCE.get((actor.role, command), 0):
        return False
    only = OF_DEPARTMENT.get(command) if actor.role is Role.CUSTOMER_APPROVER else None
    return only in {None, actor.department}


def authorize(  # noqa: PLR0913  # all that a right depends on
    actor: Actor,
    command: C,
    customer: str | None,
    vendors: tuple[str, ...] = (),
    *,
    recorded: bool = False,
    deputy: bool = False,
    edition: int = EDITION,
) -> bool:
    """Whether the actor may send this command to a ticket of this customer."""
    may = may_send(actor, command, recorded=recorded, deputy=deputy, edition=edition)
    return may and concerns(actor, customer, vendors)
