"""What opens a ticket: the body of `POST /tickets`, and the header that it must have."""

from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from api.http.facts import Facts
from api.http.fields import Id, OneOf, Request, Site, Text, Title, Word
from api.http.instants import Given
from api.http.problems import wrong_field
from domain.ticket.commands import CLOCK_TOLERANCE
from domain.ticket.opening import CHANNELS
from domain.words.label import Label

#: So late is a report still taken as of when it reached us: behind it lie the longest holidays.
_TAKEN_LATE = timedelta(days=31)
_YEAR = timedelta(days=366)
_TOO_OLD = Label(
    "不能早于 31 天前；更早的报修请不填此项（按现在受理），并在描述中写明实际日期",
    "must not be more than 31 days ago; take an older report as of now, and give its day in the description",
)
_LONG_AGO = Label(
    "不能早于受理前一年；持续更久的故障请填写最近一次发生的时间，并在描述中写明何时开始",
    "must not be more than a year before received_at; say when it happened last, and since when in the description",
)
_NO_APPOINTMENT = Label(
    "预约时间须在受理之后、一年之内；尚未约定的请不填，约定后再记录（book）",
    "must lie between received_at and a year later; leave it out until one is made, then record it (book)",
)

Channel = Annotated[str, OneOf(CHANNELS)]


class CustomerGiven(Request):
    """A customer that we know, by id, or a caller not known yet, by name."""

    id: Id | None = None
    name: Title | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """Either an id or a name: two could contradict each other."""
        if (self.id is None) == (self.name is None):
            raise PydanticCustomError("id_or_name", "needs an id or a name, not both")
        return self


class ContactGiven(Request):
    """Whom to call back."""

    name: Title
    phone: Word


class OpenTicket(Request):
    """A customer's report as it was taken."""

    contract: Word
    title: Title
    description: Text
    channel: Channel
    customer: CustomerGiven
    contact: ContactGiven
    level: Word | None = None
    facts: Facts | None = None
    asset: Id | None = None
    site: Site | None = None
    service: Word | None = None
    category: Word | None = None
    follows: Word | None = None
    received_at: Given | None = None
    fault_occurred_at: Given | None = None
    booked_at: Given | None = None


def reception_time(body: OpenTicket, now: datetime) -> datetime:
    """When the report reached us; a Problem where the times contradict each other or the clock, or cannot be meant."""
    at = body.received_at or now
    if at > now + CLOCK_TOLERANCE:
        raise wrong_field("received_at", Label("不能晚于现在", "must not lie in the future"))
    if at < now - _TAKEN_LATE:
        raise wrong_field("received_at", _TOO_OLD)
    if body.fault_occurred_at is not None:
        _check_fault(body.fault_occurred_at, at)
    if body.booked_at is not None and not at <= body.booked_at <= at + _YEAR:
        raise wrong_field("booked_at", _NO_APPOINTMENT)
    return at


def _check_fault(began: datetime, at: datetime) -> None:
    """What the report is about began before it, and not so long that nothing is promised from there."""
    if began > at:
        raise wrong_field(
            "fault_occurred_at", Label("不能晚于受理时间（received_at）", "must not be later than received_at")
        )
    if began < at - _YEAR:
        raise wrong_field("fault_occurred_at", _LONG_AGO)
