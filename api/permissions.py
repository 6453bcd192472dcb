"""Permissions: what each route asks of its caller; without them on every route nothing starts."""

from collections.abc import Iterable

from fastapi import Depends, FastAPI
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute, iter_route_contexts

from api.identity import Caller
from api.problems import forbidden
from domain.authority import MAY, MAY_OPEN, MAY_READ
from domain.people import Role


class Permission:
    """Only these roles."""

    def __init__(self, name: str, roles: Iterable[Role]) -> None:
        self.name = name
        self.roles = frozenset(roles)

    async def __call__(self, actor: Caller) -> None:
        """403 for everybody else."""
        if actor.role not in self.roles:
            raise forbidden()


class Public:
    """Everybody, known or not."""

    name = "public"

    async def __call__(self) -> None:
        """Nothing is asked."""


PUBLIC = Depends(Public())
SIGNED_IN = Depends(Permission("signed in", set(Role) - {Role.SYSTEM}))
READ_TICKETS = Depends(Permission("read tickets", MAY_READ))
OPEN_TICKETS = Depends(Permission("open tickets", MAY_OPEN))
#: Which command, and on which ticket, is asked once both are known.
COMMAND_TICKETS = Depends(Permission("command tickets", (role for role, kinds in MAY.items() if kinds)))


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
