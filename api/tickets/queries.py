"""What lists of tickets can be asked for, and by whom: one set of filters for lists, counts, views and exports."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from api.http.fields import Id, OneOf, Request, Word
from api.http.instants import Given
from api.http.problems import wrong_field
from api.http.queries import Query
from domain.audience.visibility import may_ask
from domain.matters.matter import Asked
from domain.people.actors import Actor
from domain.people.phones import phone
from domain.ticket.numbers import as_number
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.ticket.work import Work
from domain.words.label import Label
from store.queries.filters import OF_PACK, Wanted
from store.queries.tickets import Order

_MOST, _NUMBERS, _VIEWS = 50, 200, 30
_FEWEST_DIGITS = 3
_MONTH_MIN = 31 * 24 * 60
StageWord = Annotated[str, OneOf(Stage)]
StateWord = Annotated[str, OneOf(State)]
AskedWord = Annotated[str, OneOf(Asked)]
WorkWord = Annotated[str, OneOf(Work)]
OrderWord = Annotated[str, OneOf(Order)]

#: What the store is asked as it was given.
_ASKED = {one.name for one in fields(Wanted)}
_HIDDEN = Label("您的角色不能按此查询，请去掉", "cannot be asked for in your role; leave it out")


def _dialled(said: str) -> str:
    if len(phone(said).digits) < _FEWEST_DIGITS:
        raise PydanticCustomError("too_few_digits", "a telephone number has three digits at least")
    return said


PhoneWord = Annotated[Word, AfterValidator(_dialled)]
_FLAG = Field(default=False, strict=False)
_EITHER = Field(default=None, strict=False)


def _several(most: int = _MOST) -> Any:  # noqa: ANN401  # as pydantic's own Field
    return Field(default=(), strict=False, max_length=most)


class TicketFilters(Request):
    """Which tickets are wanted, and in which order.

    `level`: of whatever pack, or of one as in `sitech:C`. `due_within`: the next open promise falls due within so many
    minutes from now; `overdue`: it fell due before now. `mine`: the caller is in charge. `received_from`,
    `closed_from`: then or later; `…_to`: before.
    """

    number: tuple[Word, ...] = _several(_NUMBERS)
    contract: Word | None = None
    level: tuple[Word, ...] = _several()
    stage: tuple[StageWord, ...] = _several()
    state: tuple[StateWord, ...] = _several()
    due_before: Given | None = None
    due_within: int | None = Field(default=None, ge=1, le=_MONTH_MIN, strict=False)
    overdue: bool = _FLAG
    assignee: Word | None = None
    mine: bool = _FLAG
    unassigned: bool = _FLAG
    customer: Id | None = None
    phone: PhoneWord | None = None
    open: bool | None = _EITHER
    breached: bool | None = _EITHER
    paused: bool | None = _EITHER
    waits_for: tuple[AskedWord, ...] = _several()
    work: tuple[WorkWord, ...] = _several()
    refused: bool | None = _EITHER
    received_from: Given | None = None
    received_to: Given | None = None
    closed_from: Given | None = None
    closed_to: Given | None = None
    text: Word | None = None
    drill: bool = _FLAG
    sort: OrderWord = Order.NEWEST.value

    @field_validator("received_to", "closed_to")
    @classmethod
    def after_its_beginning(cls, until: datetime | None, info: ValidationInfo) -> datetime | None:
        """What begins after its end is no span."""
        since = info.data.get(f"{str(info.field_name).removesuffix('to')}from")
        if until is not None and since is not None and until <= since:
            raise PydanticCustomError("from_to", "from must be earlier than to")
        return until

    def wanted(self, actor: Actor, now: datetime) -> Wanted:
        """As the store asks it, for somebody and as of now."""
        given = self.model_dump(include=_ASKED)
        if self.due_within is not None:
            until = now + timedelta(minutes=self.due_within)
            given |= {"due_from": now, "due_before": min(until, self.due_before or until)}
        if self.overdue:
            given["due_before"] = min(now, self.due_before or now)
        return Wanted(
            **given
            | {
                "number": tuple(as_number(each) for each in self.number),
                "mine": actor.id if self.mine else None,
                "stage": tuple(map(Stage, self.stage)),
                "state": tuple(map(State, self.state)),
                "waits_for": tuple(map(Asked, self.waits_for)),
                "work": tuple(map(Work, self.work)),
            }
        )

    def hidden_from(self, actor: Actor) -> list[str]:
        """What of the question would tell them something that is hidden from them: filters, and the order."""
        asked = self.model_fields_set & (TicketFilters.model_fields.keys() - {"text", "sort"})
        hidden = sorted(name for name in asked if not may_ask(actor, name))
        if any(OF_PACK in each for each in self.level) and not may_ask(actor, "pack"):
            hidden.append("level")
        return hidden if may_ask(actor, self.sort.removeprefix("-")) else [*hidden, "sort"]


class TicketQuery(Query, TicketFilters):
    """What `GET /tickets` can be asked for; a parameter with several values may be repeated."""


class CountedView(Request):
    """A list that is to be counted, under a name of the caller's; its order does not matter."""

    id: Word
    query: TicketFilters


class CountsAsked(Request):
    """What `POST /counts` takes."""

    views: tuple[CountedView, ...] = Field(strict=False, max_length=_VIEWS)

    @field_validator("views")
    @classmethod
    def each_once(cls, views: tuple[CountedView, ...]) -> tuple[CountedView, ...]:
        """Two of one id could not be told apart."""
        if len({view.id for view in views}) < len(views):
            raise PydanticCustomError("twice", "one stands there twice")
        return views


def asked_by(actor: Actor, asked: TicketFilters, within: str = "") -> None:
    """A Problem where filters or order would tell what is hidden from them."""
    hidden = asked.hidden_from(actor)
    if hidden:
        raise wrong_field(f"{within}{hidden[0]}", _HIDDEN)
