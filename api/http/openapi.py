"""The OpenAPI document: routes read their bodies and queries themselves, so what they take is told here."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.http.problems import MEDIA_TYPE
from api.permissions import Permission, declared
from api.requests.commands import COMMANDS
from api.requests.links import AskLink
from api.requests.opening import OpenTicket
from api.requests.registry import REGISTRY
from api.requests.session import ACCESS
from api.whose import rules

_REF = "#/components/schemas/{model}"
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


def takes(model: type[BaseModel], *, header: str | None = None) -> dict[str, Any]:
    """A route's body, and the header that it needs."""
    needed = {
        "name": header,
        "in": "header",
        "required": True,
        "schema": {"type": "string", "maxLength": 200},
    }
    return {
        "requestBody": _body({"$ref": _REF.format(model=model.__name__)}),
        "parameters": [needed] if header else [],
    }


def takes_commands() -> dict[str, Any]:
    """The body of a command: one schema a kind."""
    refs = {kind.value: _REF.format(model=model.__name__) for kind, model in COMMANDS.items()}
    one_of = [{"$ref": ref} for ref in refs.values()]
    return {"requestBody": _body({"oneOf": one_of, "discriminator": {"propertyName": "kind", "mapping": refs}})}


def asks(model: type[BaseModel]) -> dict[str, Any]:
    """The parameters of a route's query."""
    properties: dict[str, Any] = model.model_json_schema()["properties"]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema} for name, schema in properties.items()
        ]
    }


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


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
    _, bodies = models_json_schema([(model, "validation") for model in _BODIES], ref_template=_REF)
    _, problem = models_json_schema([(ProblemShown, "serialization")], ref_template=_REF)
    schemas.update(bodies["$defs"] | problem["$defs"])


def _add_permissions(app: FastAPI, paths: dict[str, Any]) -> None:
    """Who may call each route, and that every error is a problem document."""
    problem = {
        "description": "Problem",
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="ProblemShown")}}},
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
