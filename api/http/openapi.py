"""What the OpenAPI document says of a route that reads its body or its query itself."""

from typing import Any

from pydantic import BaseModel

#: Where the schema of a model stands in the document.
REF = "#/components/schemas/{model}"


def described_body(schema: dict[str, Any]) -> dict[str, Any]:
    """A body of this schema."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def described_header(name: str) -> dict[str, Any]:
    """A header that the route needs."""
    schema = {"type": "string", "maxLength": 200}
    return {"parameters": [{"name": name, "in": "header", "required": True, "schema": schema}]}


def described_query(model: type[BaseModel]) -> dict[str, Any]:
    """The parameters of a query."""
    parameters = []
    for name, field in model.model_json_schema()["properties"].items():
        schema = {key: value for key, value in field.items() if value is not None}
        parameters.append({"name": name, "in": "query", "required": False, "schema": schema})
    return {"parameters": parameters}
