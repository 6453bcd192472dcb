"""The OpenAPI document: routes read their bodies and queries themselves, so what they take is told here."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.utils import deep_dict_update
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.access.ownership import rules
from api.access.permissions import Permission, declared
from api.commands.requests import COMMANDS
from api.http.inputs import bodies, descriptions
from api.http.instants import Shown
from api.http.openapi import REF
from api.http.problems import MEDIA_TYPE
from domain.ticket.timeline import Happening

_PROBLEM = {
    "description": "Problem",
    "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="ProblemShown")}}},
}
_FASTAPIS_OWN = ("HTTPValidationError", "ValidationError")


class FieldErrorShown(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemShown(BaseModel):
    """RFC 9457. What stands below ``errors`` is of a command that was refused: its recorded decision.

    ``claimed_at``: the time that was sent; ``clock_off_s``: by how many seconds the sender's clock seems to be off.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldErrorShown] | None = None
    number: str | None = None
    command_id: str | None = None
    decision: Literal["refused"] | None = None
    seq: int | None = None
    happening: Happening | None = None
    at: Shown | None = None
    claimed_at: Shown | None = None
    clock_off_s: int | None = None
    reason: str | None = None
    allowed: list[str] | None = None


def document(app: FastAPI) -> dict[str, Any]:
    """The whole, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        operations = list(_operations(app, made["paths"]))
        _add_schemas(made["components"]["schemas"], [route for _, route, _ in operations])
        for path, route, operation in operations:
            _describe(path, route, operation)
        app.openapi_schema = made
    return app.openapi_schema


def _operations(app: FastAPI, paths: dict[str, Any]) -> Iterator[tuple[str, APIRoute, dict[str, Any]]]:
    for context in iter_route_contexts(app.routes):
        path, route = context.path_format or "", context.original_route
        for method in context.methods or ():
            operation = paths.get(path, {}).get(method.lower())
            if operation is not None and isinstance(route, APIRoute):
                yield path, route, operation


def _add_schemas(schemas: dict[str, Any], routes: Iterable[APIRoute]) -> None:
    for name in _FASTAPIS_OWN:
        schemas.pop(name, None)
    taken = [model for route in routes for model in bodies(route.dependant)] + [*COMMANDS.values()]
    _, requests = models_json_schema([(model, "validation") for model in taken], ref_template=REF)
    _, problem = models_json_schema([(ProblemShown, "serialization")], ref_template=REF)
    schemas.update(requests["$defs"] | problem["$defs"])


def _describe(path: str, route: APIRoute, operation: dict[str, Any]) -> None:
    """What the route takes, who may call it, and that every error is a problem document."""
    for description in descriptions(route.dependant):
        deep_dict_update(operation, description)
    (permission,) = declared(route)
    roles = sorted(permission.roles) if isinstance(permission, Permission) else []
    scope = permission.scope if isinstance(permission, Permission) else None
    operation["x-permission"] = {"name": permission.name, "roles": roles, "scope": scope, "whose": rules(path)}
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _PROBLEM
