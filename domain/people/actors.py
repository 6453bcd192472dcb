"""People: the roles, and the person or system behind an act."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to a ticket. ``system`` is the software itself; nobody signs in as it. Stored in histories."""

    HOTLINE = "hotline"
    ENGINEER = "engineer"
    PROJECT_MANAGER = "project_manager"
    DUTY_MANAGER = "duty_manager"
    CUSTOMER_CONTACT = "customer_contact"
    CUSTOMER_APPROVER = "customer_approver"
    EXPERT = "expert"
    VENDOR = "vendor"
    SUPERVISOR = "supervisor"
    LEADER = "leader"
    COMMERCIAL = "commercial"
    STOCK_KEEPER = "stock_keeper"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


#: Who decides for the service company.
MANAGERS = frozenset({Role.PROJECT_MANAGER, Role.DUTY_MANAGER})

#: Roles of people of the customer: they see and touch their own customers' tickets only.
CUSTOMER_SIDE = frozenset({Role.CUSTOMER_CONTACT, Role.CUSTOMER_APPROVER})

#: Roles whose contact with the customer counts as ours (docs/counting.md).
SERVICE_SIDE = frozenset(
    {
        Role.HOTLINE,
        Role.ENGINEER,
        Role.PROJECT_MANAGER,
        Role.DUTY_MANAGER,
        Role.EXPERT,
        Role.SUPERVISOR,
        Role.LEADER,
        Role.COMMERCIAL,
    }
)


#: Roles of whoever works on a ticket, for the service company or called by it; who asks customers what they think of
#: that work does not, nor who only watches.
WORKING = frozenset(set(Role) - CUSTOMER_SIDE - {Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR, Role.SYSTEM})

#: Roles of those who can be in charge of a ticket, and whom work is given to.
IN_CHARGE = frozenset({Role.ENGINEER, Role.EXPERT, Role.PROJECT_MANAGER, Role.DUTY_MANAGER})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system, behind an act. Stored in histories.

    Attributes:
        customers: for people of a customer, the ids of the customers that they act for.
        department: for a customer approver, ``technical`` or ``business``.
        also: the other accounts of the same person, as the registry knew them when they acted.
    """

    id: str
    role: Role
    customers: tuple[str, ...] = ()
    department: str | None = None
    also: tuple[str, ...] = ()

    @property
    def accounts(self) -> frozenset[str]:
        """All accounts of the person behind it: a law about two people compares persons."""
        return frozenset({self.id, *self.also})


SYSTEM = Actor("system", Role.SYSTEM)
