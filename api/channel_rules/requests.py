"""What lays a rule down."""

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from api.http.fields import OneOf, Request, each_once
from domain.audience.reaching import Rule, Way

_Ways = Annotated[tuple[Annotated[str, OneOf(Way)], ...], Field(strict=False, max_length=len(Way))]
#: Minutes of a day.
_A_DAY = 1440


class NewRule(Request):
    """A rule, all of it; without a channel messages stay in the inbox."""

    first: _Ways = ()
    second: _Ways = ()
    after_min: Annotated[int, Field(ge=1, le=_A_DAY)] = Rule(()).after_min
    fixed: bool = False
    quiet: bool = True

    _each_once = field_validator("first", "second")(each_once)

    @model_validator(mode="after")
    def _in_turn(self) -> Self:
        if set(self.first) & set(self.second):
            raise PydanticCustomError("twice", "one stands there twice")
        return self

    @property
    def rule(self) -> Rule:
        """As the domain has it."""
        first, second = (tuple(Way(word) for word in words) for words in (self.first, self.second))
        return Rule(first, second, self.after_min, fixed=self.fixed, quiet=self.quiet)
