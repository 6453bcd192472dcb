"""Permissions: what each route asks of its caller; without them on every route nothing starts."""

from collections.abc import Iterable

from fastapi import Depends, FastAPI
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute, iter_route_contexts

from api.access.identity import Entered
from api.http.problems import forbidden, is_for
from domain.audience.authority import MAY, MAY_OPEN, MAY_READ
from domain.people.actors import CUSTOMER_SIDE, MANAGERS, Role
from domain.ticket.commands import CommandKind
from domain.words.label import Label
from store.access.scopes import FOR_ONE_THING, Scope, covers

#: So many roles can be named to somebody who has none of them.
_FEW = 6
_WITHOUT_SCOPE = Label("此令牌没有 {scope} 权限范围", "This token does not have the scope {scope}")


class Permission:
    """Only these roles, and only tokens of this scope; None: any token that is not for one thing alone."""

    def __init__(self, name: str, roles: Iterable[Role], scope: Scope | None = Scope.ALL) -> None:
        self.name = name
        self.roles = frozenset(roles)
        self.scope = scope

    async def __call__(self, access: Entered) -> None:
        """403 for everybody else. A browser's session has every scope."""
        if access.actor.role not in self.roles:
            raise forbidden(is_for(self.roles) if len(self.roles) <= _FEW else None)
        if self.scope is not None and not covers(access.scopes, [self.scope]):
            raise forbidden(_WITHOUT_SCOPE.filled(scope=self.scope))
        if self.scope is None and FOR_ONE_THING.issuperset(access.scopes):
            raise forbidden(_WITHOUT_SCOPE.filled(scope=Scope.READ))


class Public:
    """Everybody, known or not."""

    name = "public"

    async def __call__(self) -> None:
        """Nothing is asked."""


PUBLIC = Depends(Public())
_PEOPLE = set(Role) - {Role.SYSTEM}
SIGNED_IN = Depends(Permission("signed in", _PEOPLE, Scope.READ))
#: Who one is; and a new token, whose scopes are asked once it is known which.
KNOWN = Depends(Permission("known", _PEOPLE, None))
#: One's own password, sessions and tokens.
OWN_ACCESS = Depends(Permission("own access", _PEOPLE))
READ_TICKETS = Depends(Permission("read tickets", MAY_READ, Scope.READ))
OPEN_TICKETS = Depends(Permission("open tickets", MAY_OPEN, Scope.OPEN))
#: Which command, and on which ticket, is asked once both are known.
_COMMANDING = {role for role, kinds in MAY.items() if kinds and role is not Role.SYSTEM}
COMMAND_TICKETS = Depends(Permission("command tickets", _COMMANDING, Scope.COMMAND))
#: Approvers; and of the customer's people who stands in for one, which is asked once they are known.
_APPROVING = {role for role, kinds in MAY.items() if CommandKind.APPROVE in kinds} | CUSTOMER_SIDE
APPROVE = Depends(Permission("approve", _APPROVING, Scope.COMMAND))
#: Who hands a link over, or takes one along; of these also who stands in for an approver.
_HANDING = {role for role, kinds in MAY.items() if CommandKind.HAND_LINK in kinds}
HAND_LINKS = Depends(Permission("hand links", _HANDING, Scope.COMMAND))
#: That there are links: their holders, who handed them over, who of us answers for the ticket, and who watches.
SEE_ALL_LINKS = MANAGERS | {Role.LEADER, Role.AUDITOR}
SEE_LINKS = Depends(Permission("see links", _APPROVING | _HANDING | SEE_ALL_LINKS, Scope.READ))
#: People and their access, customers, contracts and what belongs to them.
ADMINISTER = Depends(Permission("administer", {Role.ADMINISTRATOR}, Scope.ADMINISTER))
#: Customers, their contracts, and what their levels mean: for whoever takes a report or answers for it.
LOOK_UP = Depends(
    Permission(
        "look up customers",
        {
            Role.ADMINISTRATOR,
            Role.HOTLINE,
            Role.PROJECT_MANAGER,
            Role.DUTY_MANAGER,
            Role.LEADER,
            Role.COMMERCIAL,
        },
        Scope.READ,
    )
)
RECORD_AUTHORISATIONS = Depends(
    Permission("record authorisations", {Role.ADMINISTRATOR, Role.DUTY_MANAGER, Role.PROJECT_MANAGER}, Scope.ADMINISTER)
)
#: Who names an approver's deputies: of the customer its contact and the approver; of us who takes the word down.
NAME_DEPUTIES = Depends(
    Permission(
        "name deputies",
        {
            Role.ADMINISTRATOR,
            Role.HOTLINE,
            Role.PROJECT_MANAGER,
            Role.DUTY_MANAGER,
            Role.CUSTOMER_CONTACT,
            Role.CUSTOMER_APPROVER,
        },
        Scope.ADMINISTER,
    )
)
#: Who changed what in the registry: for whoever watches, and for those who are watched.
READ_RECORD = Depends(Permission("read the registry's record", {Role.ADMINISTRATOR, Role.AUDITOR}, Scope.READ))
#: What is proved of a ticket: for whoever checks it.
READ_EVIDENCE = Depends(Permission("read evidence", {Role.AUDITOR}, Scope.READ))
#: How promises are kept: for who answers for the work, and who checks it.
READ_STATISTICS = Depends(
    Permission("read statistics", MANAGERS | {Role.LEADER, Role.SUPERVISOR, Role.AUDITOR}, Scope.READ)
)
PLAN_ROSTER = Depends(Permission("plan the roster", {Role.ADMINISTRATOR, Role.DUTY_MANAGER}, Scope.ADMINISTER))
#: Whom a ticket told what: for who answers that somebody was told, and who checks it.
KNOW_WHO_WAS_TOLD = Depends(Permission("know who was told", set(MANAGERS) | {Role.LEADER, Role.AUDITOR}, Scope.READ))
#: Everybody of the service company; neither customers nor vendors.
_OURS = set(Role) - CUSTOMER_SIDE - {Role.VENDOR, Role.SYSTEM}
#: Lists of tickets under names; whoever reads tickets keeps their own.
KEEP_VIEWS = Depends(Permission("keep views", MAY_READ))
#: Texts that are written again and again: everybody of ours who writes on tickets.
READ_PHRASES = Depends(Permission("read phrases", _OURS & _COMMANDING, Scope.READ))
KEEP_PHRASES = Depends(Permission("keep phrases", _OURS & _COMMANDING))
#: Lists of tickets, to be taken away.
EXPORT_TICKETS = Depends(Permission("export tickets", _OURS & MAY_READ, Scope.READ))
#: Who calls, for whom, and about what: everybody of ours who reads tickets.
KNOW_CALLERS = Depends(Permission("know callers", _OURS & MAY_READ, Scope.READ))
#: Who has a ticket open: for those who work on it, of each other.
MEET = Depends(Permission("meet on tickets", _OURS & MAY_READ - {Role.AUDITOR}, Scope.READ))
#: What stands on a wall: for screens in rooms of ours.
READ_WALL = Depends(Permission("read the wall", _OURS & MAY_READ, Scope.WALL))
#: What a telephone system tells: by the token of somebody who takes calls, or who sets it up.
TELL_OF_CALLS = Depends(Permission("tell of calls", {Role.HOTLINE, Role.ADMINISTRATOR}, Scope.TELEPHONE))
#: Calls that nobody took, and who was told of them: for those whom a call may reach, and who answers for them.
ANSWER_FOR_CALLS = Depends(Permission("answer for calls", {Role.HOTLINE, Role.LEADER} | MANAGERS, Scope.READ))
SEE_ROSTER = Depends(Permission("see the roster", _OURS, Scope.READ))


#: The contract packs: their names, levels and hotlines; and all that they promise.
LIST_PACKS = Depends(Permission("list the contract packs", MAY_READ | {Role.ADMINISTRATOR}, Scope.READ))
READ_PACKS = Depends(Permission("read the contract packs", _OURS, Scope.READ))
#: When promises would be due: for who takes reports, checks them or administers contracts.
WORK_OUT = Depends(Permission("work out promises", MAY_OPEN | {Role.AUDITOR, Role.ADMINISTRATOR}, Scope.READ))


class UndeclaredRouteError(Exception):
    """A route that does not say who may call it."""


def require_declared(app: FastAPI) -> None:
    """Refuse an application with a route that declares no permission, or several."""
    for context in iter_route_contexts(app.routes):
        if len(declared(context.original_route)) != 1:
            raise UndeclaredRouteError(f"{context.path} declares no permission, or more than one")


def declared(route: object) -> list[Permission | Public]:
    """The permissions that a route declares."""
    dependencies: list[Dependency] = route.dependencies if isinstance(route, APIRoute) else []
    asked = (dependency.dependency for dependency in dependencies)
    return [one for one in asked if isinstance(one, Permission | Public)]
