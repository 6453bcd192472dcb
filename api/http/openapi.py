"""What the OpenAPI document says of a route: routes read their bodies and queries themselves."""

from typing import Any

from pydantic import BaseModel

#: Where the schema of a model stands in the document.
REF = "#/components/schemas/{model}"


def takes(model: type[BaseModel], *, header: str | None = None) -> dict[str, Any]:
    """A route's body, and the header that it needs."""
    needed = {
        "name": header,
        "in": "header",
        "required": True,
        "schema": {"type": "string", "maxLength": 200},
    }
    return {
        "requestBody": takes_body({"$ref": REF.format(model=model.__name__)}),
        "parameters": [needed] if header else [],
    }


def asks(model: type[BaseModel]) -> dict[str, Any]:
    """The parameters of a route's query."""
    properties: dict[str, Any] = model.model_json_schema()["properties"]
    return {
        "parameters": [
            {"name": name, "in": "query", "required": False, "schema": schema} for name, schema in properties.items()
        ]
    }


def takes_body(schema: dict[str, Any]) -> dict[str, Any]:
    """A body of this schema."""
    return {"required": True, "content": {"application/json": {"schema": schema}}}
