"""The telephone: what its system tells of calls; those that ring or wait to be returned; that one was returned."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request

from api.access.identity import Acts, Caller
from api.access.permissions import ANSWER_FOR_CALLS, KNOW_CALLERS, OPEN_TICKETS, TELL_OF_CALLS
from api.backend import Behind
from api.http.documents import CountedPage, Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing
from api.http.problems import FieldError, Problem, conflict, existing, wrong_field
from api.telephone.clocks import Clocks
from api.telephone.documents import CallDocument, HeardDocument, MissedCallDocument, missed_call
from api.telephone.requests import CallReturned, CallTold, MissedQuery
from domain.audience.telephone import MOST
from domain.ticket.numbers import as_number
from domain.words.label import Label
from store import telephone
from store.queries.missed_calls import missed_calls, told_of
from store.queries.tickets import ticket
from store.registry.names import names

_OTHER_CALL = Label(
    "这个编号已用于另一个号码的来电，请换一个编号", "is the id of a call from another number; give this one its own"
)
_NOT_MISSED = Label("这个来电已接听或仍在响铃，无需回电", "was taken or still rings: there is nothing to return")
_NO_TICKET = Label("没有这张工单", "no such ticket")
router = APIRouter(prefix="/api", tags=["telephone"])


@router.post("/cti/calls", dependencies=[TELL_OF_CALLS])
async def tell_of_call(act: Acts, told: Annotated[CallTold, takes(CallTold)]) -> HeardDocument:
    """Tell something of a call: that it rings, was taken, has ended, was recorded; in any order, as often as needed.

    One that ends before anybody took it is to be returned within ten minutes: the hotline is told at once, the duty
    manager when that time is over. Whoever calls again and is answered is waited for no more.
    """
    try:
        now = datetime.now(UTC)
        call = await act.add(telephone.hear, told.heard(now), now)
    except telephone.OtherCallError:
        raise conflict(FieldError("id", _OTHER_CALL)) from None
    except telephone.TooManyError:
        raise _too_many() from None
    if (in_vain := telephone.missed(call)) and call.returned_at is None:
        await Clocks(act.behind).start(in_vain)
    return HeardDocument.of(call)


@router.get("/desk/calls", dependencies=[KNOW_CALLERS])
async def list_calls(behind: Behind) -> CountedPage[CallDocument]:
    """Calls that ring or are spoken in, then those of the last seven days that wait to be returned, oldest first.

    200 of them at most; `total` says how many there are.
    """
    found, total = await behind.ask(telephone.calls, datetime.now(UTC))
    return CountedPage(items=[CallDocument.of(call) for call in found], total=total, exact=True)


@router.get("/desk/calls/missed", dependencies=[ANSWER_FOR_CALLS], response_model_exclude_unset=True)
async def list_missed_calls(
    request: Request, behind: Behind, asked: Annotated[MissedQuery, asks(MissedQuery)]
) -> Page[MissedCallDocument]:
    """Calls that nobody took, those missed last first: who was told of each and when, and who called back."""
    found = await behind.ask(missed_calls, asked.window(instant_and_name), waiting=asked.waiting)
    told = await behind.ask(told_of, [call.id for call in found.items])
    callers = await behind.ask(telephone.callers, [call.digits for call in found.items])
    people = await behind.ask(names, [call.returned_by for call in found.items])
    return listing(request, found, lambda call: missed_call(call, callers, people, told.get(call.id, ())))


@router.post("/desk/calls/{call}/return", dependencies=[OPEN_TICKETS, POSSIBLE_IDS])
async def return_call(
    call: str, actor: Caller, act: Acts, said: Annotated[CallReturned, takes(CallReturned)]
) -> CallDocument:
    """Say that the caller was called back, or which ticket came of the call; said again, it stays as it was.

    Of a call that was taken, or still rings, a ticket is needed.
    """
    number = said.ticket and as_number(said.ticket)
    if number and await act.behind.ask(ticket, actor, number) is None:
        raise wrong_field("ticket", _NO_TICKET)
    try:
        found = await act.add(telephone.returned, actor, call, number, datetime.now(UTC))
    except telephone.NotMissedError:
        raise conflict(FieldError("call", _NOT_MISSED)) from None
    return CallDocument.of(existing(found))


def _too_many() -> Problem:
    """429: what is told again later is not lost."""
    title = Label("来电过多", "Too many calls")
    detail = Label(
        f"一小时内新来电已有 {MOST} 个，请稍后再报", f"{MOST} calls were new within an hour; tell it again later"
    )
    return Problem(429, "too-many-calls", title, detail, headers={"Retry-After": "60"})
