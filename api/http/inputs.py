"""Inputs: what a route takes from its request, read, validated and described by one dependency."""

from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends
from fastapi.dependencies.models import Dependant
from starlette.requests import Request as HttpRequest

from api.http.body import read_json
from api.http.fields import Request
from api.http.openapi import REF, described_body, described_query
from api.http.queries import Question, read_query
from api.http.validation import validated

Model = TypeVar("Model", bound=Request)
Parameters = TypeVar("Parameters", bound=Question)

#: The body as it was sent: an object of sound values, whatever its fields are.
Sent = Annotated[dict[str, Any], Depends(read_json)]


class _Body(Generic[Model]):
    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.description = described_body({"$ref": REF.format(model=model.__name__)})

    async def __call__(self, sent: Sent) -> Model:
        return validated(self.model, sent)


class _Query(Generic[Parameters]):
    def __init__(self, model: type[Parameters]) -> None:
        self._model = model
        self.description = described_query(model)

    async def __call__(self, request: HttpRequest) -> Parameters:
        return read_query(request, self._model)


def takes(model: type[Request]) -> Any:  # noqa: ANN401  # as FastAPI's own Depends
    """The body as this model; a Problem that names every wrong field otherwise."""
    return Depends(_Body(model))


def asks(model: type[Question]) -> Any:  # noqa: ANN401  # as FastAPI's own Depends
    """The parameters of the query as this model; a Problem that names every wrong one otherwise."""
    return Depends(_Query(model))


def descriptions(route: Dependant) -> list[dict[str, Any]]:
    """What the OpenAPI document says of a route's inputs."""
    calls = (dependency.call for dependency in route.dependencies)
    return [call.description for call in calls if isinstance(call, _Body | _Query)]


def bodies(route: Dependant) -> list[type[Request]]:
    """The models of a route's body: one, or none."""
    return [dependency.call.model for dependency in route.dependencies if isinstance(dependency.call, _Body)]
