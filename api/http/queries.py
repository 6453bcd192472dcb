"""Query strings: strictly decoded, then validated like bodies."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import Field
from starlette.requests import Request as HttpRequest

from api.http.fields import Request
from api.http.instants import Given
from api.http.problems import FieldError, invalid
from api.http.text import fault
from api.http.validation import validated
from domain.words.label import Label
from store.paging import Place, Window

Model = TypeVar("Model", bound="Question")

_UTF8 = Label("查询参数不是有效的 UTF-8", "The query string is not valid UTF-8")
_TWICE = Label("不能重复", "may be given once only")


class Question(Request):
    """Parameters of a short answer, which has no pages."""


class Query(Question):
    """Parameters of a list. ``limit``: rows a page; ``cursor``: where the page begins, as `next` has it."""

    limit: int = Field(default=200, ge=1, le=1000, strict=False)
    cursor: str | None = Field(default=None, max_length=500)

    def window(self, place: Callable[[str], Place]) -> Window:
        """The page that is asked for, of a list whose cursors stand for such places."""
        return Window(self.limit, place(self.cursor) if self.cursor else None)


def read_query(request: HttpRequest, model: type[Model]) -> Model:
    """The request's parameters as a model; a Problem that names every wrong one otherwise."""
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("ascii"),
            keep_blank_values=True,
            errors="strict",
        )
    except (UnicodeDecodeError, ValueError):
        raise invalid(detail=_UTF8) from None
    return validated(model, _values(pairs, model))


def _values(pairs: list[tuple[str, str]], model: type[Question]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    for name, value in pairs:
        if wrong := fault(name) or fault(value):
            raise invalid(FieldError(name.replace("\x00", "�")[:100], wrong))
        field = fields.get(name)
        if field is not None and isinstance(field.default, tuple):
            values.setdefault(name, []).append(value)
        elif name in values:
            raise invalid(FieldError(name, _TWICE))
        else:
            # A plus sign that nobody escaped arrives as a space; in an instant it can be nothing else.
            values[name] = value.replace(" ", "+") if field and field.annotation == Given | None else value
    return values
