"""Query strings: strictly decoded, then validated like bodies."""

from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from pydantic import Field
from starlette.requests import Request as HttpRequest

from api.http.instants import Given
from api.http.problems import FieldError, Text, invalid, wrong_field
from api.http.text import fault
from api.requests.fields import OneOf, Request, Word
from api.requests.validation import validated
from domain.audience.visibility import may_ask
from domain.people.actors import Actor
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from store.queries.tickets import Order, Wanted

Model = TypeVar("Model", bound="Query")

_UTF8 = Text("查询参数不是有效的 UTF-8", "The query string is not valid UTF-8")
_TWICE = Text("不能重复", "may be given once only")
_MOST = 50


StageWord = Annotated[str, OneOf(Stage)]
StateWord = Annotated[str, OneOf(State)]
OrderWord = Annotated[str, OneOf(Order)]


class Query(Request):
    """Parameters of a list. ``limit``: rows a page; ``cursor``: where the page begins, as `next` has it."""

    limit: int = Field(default=200, ge=1, le=1000, strict=False)
    cursor: str | None = Field(default=None, max_length=500)


class TicketQuery(Query):
    """What `GET /tickets` can be asked for; a parameter with several values may be repeated."""

    contract: Word | None = None
    level: tuple[Word, ...] = Field(default=(), strict=False, max_length=_MOST)
    stage: tuple[StageWord, ...] = Field(default=(), strict=False, max_length=_MOST)
    state: tuple[StateWord, ...] = Field(default=(), strict=False, max_length=_MOST)
    due_before: Given | None = None
    assignee: Word | None = None
    text: Word | None = None
    drill: bool = Field(default=False, strict=False)
    sort: OrderWord = Order.NEWEST.value

    @property
    def wanted(self) -> Wanted:
        """As the store asks it."""
        return Wanted(
            contract=self.contract,
            level=self.level,
            stage=tuple(Stage(stage) for stage in self.stage),
            state=tuple(State(state) for state in self.state),
            due_before=self.due_before,
            assignee=self.assignee,
            text=self.text,
            drill=self.drill,
        )


def read_query(request: HttpRequest, model: type[Model]) -> Model:
    """The request's parameters as a model; a Problem that names every wrong one otherwise."""
    try:
        pairs = parse_qsl(
            request.scope["query_string"].decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=200,
        )
    except (UnicodeDecodeError, ValueError):
        raise invalid(detail=_UTF8) from None
    return validated(model, _values(pairs, model))


def asked_by(actor: Actor, asked: TicketQuery) -> TicketQuery:
    """The question, if its filters and its order tell nothing that is hidden from him; a Problem otherwise."""
    filters = asked.model_fields_set - {"limit", "cursor", "text", "sort"}
    hidden = sorted(name for name in filters if not may_ask(actor, name))
    if not may_ask(actor, asked.sort.removeprefix("-")):
        hidden.append("sort")
    if hidden:
        raise wrong_field(hidden[0], "您的角色不能按此查询，请去掉", "cannot be asked for in your role; leave it out")
    return asked


def _values(pairs: list[tuple[str, str]], model: type[Query]) -> dict[str, Any]:
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
