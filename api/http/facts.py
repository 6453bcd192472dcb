"""Facts as a request states them: the domain's vocabulary as a model."""

from typing import Annotated, Any

from pydantic import create_model

from api.http.fields import OneOf, Request
from domain.contract.facts import FACTS


def _type(values: tuple[str | bool, ...]) -> Any:  # noqa: ANN401  # a type, made from data
    return bool if values == (True, False) else Annotated[str, OneOf(str(value) for value in values)]


_FIELDS: dict[str, Any] = {name: (_type(values), None) for name, values in FACTS.items()}

#: All are optional; one that is not stated is left open.
Facts: type[Request] = create_model("Facts", __base__=Request, __doc__="What is known of a fault.", **_FIELDS)


def stated_facts(facts: Request | None) -> dict[str, str | bool]:
    """The facts that were stated."""
    return facts.model_dump(exclude_unset=True) if facts else {}
