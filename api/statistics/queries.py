"""What is asked of the statistics."""

from datetime import UTC, date, datetime
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.http.fields import Id, OneOf
from api.http.queries import Question
from domain.contract.calendars import CHINA
from store.statistics.asking import By, Period

#: So many months one question may be about.
MOST_MONTHS = 120
#: Without a first month: so many.
_USUAL = 12
Month = Annotated[str, StringConstraints(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]


class MonthsAsked(Question):
    """Months, by the clock in China, the last of them included; without them the last twelve."""

    first: Month | None = Field(default=None, alias="from")
    last: Month | None = Field(default=None, alias="to")
    contract: Id | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        period = self.period(datetime.now(UTC))
        months = _months(period.last) - _months(period.first) + 1
        if months < 1:
            raise PydanticCustomError("months", "is after to")
        if months > MOST_MONTHS:
            raise PydanticCustomError("too_many_months", "more than {most} months", {"most": MOST_MONTHS})
        return self

    def period(self, now: datetime) -> Period:
        """The first days of the first month and of the last."""
        last = _first_day(self.last) if self.last else now.astimezone(CHINA).date().replace(day=1)
        usual = divmod(_months(last) - _USUAL + 1, 12)
        first = _first_day(self.first) if self.first else date(usual[0], usual[1] + 1, 1)
        return Period(first, last, self.contract)


class PromisesAsked(MonthsAsked):
    """The same, and what promises are grouped by."""

    by: Annotated[str, OneOf(By)] = By.CLAUSE.value


class NowAsked(Question):
    """How things stand now needs no months."""

    contract: Id | None = None


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1
