"""What the list of tickets can be asked for, and by whom."""

from typing import Annotated

from pydantic import Field

from api.http.fields import Id, OneOf, Word
from api.http.instants import Given
from api.http.problems import wrong_field
from api.http.queries import Query
from domain.audience.visibility import may_ask
from domain.people.actors import Actor
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.words.label import Label
from store.queries.tickets import Order, Wanted

_MOST = 50
StageWord = Annotated[str, OneOf(Stage)]
StateWord = Annotated[str, OneOf(State)]
OrderWord = Annotated[str, OneOf(Order)]


class TicketQuery(Query):
    """What `GET /tickets` can be asked for; a parameter with several values may be repeated."""

    contract: Word | None = None
    level: tuple[Word, ...] = Field(default=(), strict=False, max_length=_MOST)
    stage: tuple[StageWord, ...] = Field(default=(), strict=False, max_length=_MOST)
    state: tuple[StateWord, ...] = Field(default=(), strict=False, max_length=_MOST)
    due_before: Given | None = None
    assignee: Word | None = None
    customer: Id | None = None
    unassigned: bool = Field(default=False, strict=False)
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
            customer=self.customer,
            unassigned=self.unassigned,
            text=self.text,
            drill=self.drill,
        )


def asked_by(actor: Actor, asked: TicketQuery) -> TicketQuery:
    """The question, if its filters and its order tell nothing that is hidden from them; a Problem otherwise."""
    filters = asked.model_fields_set - {"limit", "cursor", "text", "sort"}
    hidden = sorted(name for name in filters if not may_ask(actor, name))
    if not may_ask(actor, asked.sort.removeprefix("-")):
        hidden.append("sort")
    if hidden:
        raise wrong_field(
            hidden[0], Label("您的角色不能按此查询，请去掉", "cannot be asked for in your role; leave it out")
        )
    return asked
