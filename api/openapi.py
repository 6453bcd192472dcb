"""The OpenAPI document: routes read their bodies and queries themselves, so what they take is told here."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.access.ownership import rules
from api.access.permissions import Permission, declared
from api.approval.requests import AskLink
from api.commands.requests import COMMANDS
from api.customers import requests as customers
from api.http.openapi import REF
from api.http.problems import MEDIA_TYPE
from api.people import requests as people
from api.roster import requests as roster
from api.sign_in.requests import ACCESS
from api.tickets.requests import OpenTicket

#: The bodies by which the registry is administered.
REGISTRY: tuple[type[BaseModel], ...] = (
    people.NewPerson,
    people.ChangedPerson,
    people.NewOrganisation,
    people.ChangedOrganisation,
    customers.NewCustomer,
    customers.ChangedCustomer,
    customers.NewContract,
    customers.ChangedContract,
    customers.NewAuthorisation,
    roster.NewShift,
)
_BODIES: list[type[BaseModel]] = [OpenTicket, *ACCESS, AskLink, *REGISTRY, *COMMANDS.values()]
_FASTAPIS_OWN = ("HTTPValidationError", "ValidationError")


class FieldErrorShown(BaseModel):
    """What is wrong with one field."""

    field: str
    message: str


class ProblemShown(BaseModel):
    """RFC 9457; ``decision``, ``reason`` and ``allowed`` stand in a refused command's."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldErrorShown] | None = None
    decision: str | None = None
    reason: str | None = None
    allowed: list[str] | None = None


def document(app: FastAPI) -> dict[str, Any]:
    """The whole, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        _add_schemas(made["components"]["schemas"])
        _add_permissions(app, made["paths"])
        app.openapi_schema = made
    return app.openapi_schema


def _add_schemas(schemas: dict[str, Any]) -> None:
    for name in _FASTAPIS_OWN:
        schemas.pop(name, None)
    _, bodies = models_json_schema([(model, "validation") for model in _BODIES], ref_template=REF)
    _, problem = models_json_schema([(ProblemShown, "serialization")], ref_template=REF)
    schemas.update(bodies["$defs"] | problem["$defs"])


def _add_permissions(app: FastAPI, paths: dict[str, Any]) -> None:
    """Who may call each route, and that every error is a problem document."""
    problem = {
        "description": "Problem",
        "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="ProblemShown")}}},
    }
    for context in iter_route_contexts(app.routes):
        for method in context.methods or ():
            operation = paths.get(context.path_format or "", {}).get(method.lower())
            if operation is None:
                continue
            (permission,) = declared(context.original_route)
            roles = sorted(permission.roles) if isinstance(permission, Permission) else []
            scope = permission.scope if isinstance(permission, Permission) else None
            operation["x-permission"] = {
                "name": permission.name,
                "roles": roles,
                "scope": scope,
                "whose": rules(context.path_format or ""),
            }
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = problem
