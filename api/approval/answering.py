"""Answering: the holder of an approval link sees what is asked, and their answer becomes an ordinary command."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from weakref import WeakValueDictionary

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.access.finding import find
from api.approval import page
from api.approval.requests import FORM_LIMIT, FORM_TYPE, Answer, answer_of
from api.backend import Act, Backend
from api.commands.deciding import decision_on
from api.commands.drafting import draft
from api.http.body import read_limited
from api.http.errors import OUT_OF_REACH
from api.http.problems import Problem
from domain.matters.applications import ASKED_OF
from domain.people.actors import Actor
from domain.words.label import Label
from domain.words.refusals import ID_REUSED
from store.acting import Acting, NotAnyMoreError, OtherRightsError
from store.approvals import links
from store.approvals.applications import ApplicationShown, application
from store.approvals.links import Link
from store.decisions import RecordedDecision
from store.models import TicketRow
from store.queries.history import recorded_decision
from store.registry.deputies import deputy_of
from store.registry.people import person

#: What browsers say of a form of the page itself, or of one that its user sends again; older ones say nothing.
_OWN = frozenset({None, "same-origin", "none"})
_USE_THE_FORM = Label("请填写意见并按下面的按钮作答", "Write your opinion and press one of the buttons")
_TOO_LONG = Label("意见太长，请缩短", "The opinion is too long; shorten it")


@dataclass(frozen=True, slots=True)
class _HeldLink:
    """A link that opens something, in the hands of the person to whom it was issued.

    Attributes:
        departments: for which they could answer now.
    """

    link: Link
    actor: Actor
    ticket: TicketRow
    departments: tuple[str, ...]

    def question(
        self, request: Request, asked: ApplicationShown, *, status: int = 200, wrong: Label | None = None
    ) -> HTMLResponse:
        """What is asked, with a form; ``wrong``: what was wrong with the last answer."""
        about = page.Asking(self.ticket, asked, asked.waits_for(self.departments), self.link.expires_at)
        return page.question(request, about, status=status, wrong=wrong)


#: Loop by loop, as locks are, and link by link: who answers just now.
_taps: WeakValueDictionary[tuple[asyncio.AbstractEventLoop, str], asyncio.Lock] = WeakValueDictionary()

_Step = Callable[[Request, Backend, _HeldLink], Awaitable[HTMLResponse]]


async def show_link(request: Request, behind: Backend, token: str) -> HTMLResponse:
    """What the holder of a link sees. Nothing is decided and nothing is noted, however often anybody looks."""
    return await _within_reach(request, _with_link(request, behind, token, _show_standing))


async def take_answer(request: Request, behind: Backend, token: str) -> HTMLResponse:
    """The holder's answer, sent to the ticket once; the page says what became of it."""
    if _comes_from_elsewhere(request):
        return page.foreign(request)
    # One tap after the other: who taps again finds what the tap before has brought, and sends nothing of their own.
    async with _taps.setdefault((asyncio.get_running_loop(), token), asyncio.Lock()):
        return await _within_reach(request, _with_link(request, behind, token, _take_answer))


async def _within_reach(request: Request, work: Awaitable[HTMLResponse]) -> HTMLResponse:
    """The page, or another one where the link opens nothing any more or a server behind is out of reach."""
    try:
        return await work
    except (NotAnyMoreError, OtherRightsError):
        return page.gone(request)
    except OUT_OF_REACH:
        return page.busy(request)
    except Problem as problem:
        if problem.status != HTTPStatus.SERVICE_UNAVAILABLE:
            raise
        return page.busy(request)


def _comes_from_elsewhere(request: Request) -> bool:
    """Whether another site's page sent the form. Who does not know the token can send nothing anyway.

    The page asks for no referrer, so that browsers say ``Origin: null`` of its form; newer ones also say whether the
    sender is of the same origin.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin", "null")
    if site not in _OWN:
        return True
    return origin != "null" and origin.partition("://")[2] != request.headers.get("host")


async def _with_link(request: Request, behind: Backend, token: str, then: _Step) -> HTMLResponse:
    """On to the next step with a link that opens something; every other link leads to one and the same page."""
    held = await _link_in_hand(behind, token)
    if held is None:
        return page.gone(request)
    request.scope["actor"] = held.actor.id
    return await then(request, behind, held)


async def _link_in_hand(behind: Backend, token: str) -> _HeldLink | None:
    """The link and its person; None where there is nothing that they could decide with it."""
    link = await behind.ask(links.link_of, token, datetime.now(UTC))
    if link is None:
        return None
    actor = await behind.ask(person, link.person)
    if actor is None:
        return None
    try:
        ticket = await find(behind, actor, link.ticket)
    except Problem as problem:
        if problem.status != HTTPStatus.NOT_FOUND:
            raise
        return None
    could = await _departments(behind, actor, ticket)
    could = tuple(one for one in could if link.department in {None, one})
    return _HeldLink(link, actor, ticket, could) if could else None


async def _departments(behind: Backend, actor: Actor, ticket: TicketRow) -> tuple[str, ...]:
    """For which they could answer now; for none, once they are no approver, and no deputy, any more."""
    stands_in = await behind.ask(deputy_of, actor, ticket.customer_id, datetime.now(UTC))
    return links.departments_of(actor, ticket.customer_id, stands_in)


async def _show_standing(request: Request, behind: Backend, held: _HeldLink) -> HTMLResponse:
    """The page as things stand: decided, on its way, no longer asked, or the question."""
    asked, decision = await _known(behind, held)
    if decision is not None:
        return _outcome(request, decision, refused=200)
    if held.link.is_sent:
        return page.received(request, 200)
    return page.over(request) if asked is None else held.question(request, asked)


async def _take_answer(request: Request, behind: Backend, held: _HeldLink) -> HTMLResponse:
    """The form, sent on as a command. A link that has been used only says again what was decided."""
    asked, decision = await _known(behind, held)
    if decision is None and not held.link.is_sent:
        if asked is None:
            return page.over(request)
        try:
            answer = await _answer(request)
        except Problem as problem:
            return _ask_again(request, held, asked, problem)
        decision = await _decision(behind, held, answer)
    if decision is None:
        await behind.note(links.note_sent, held.link)
        return page.received(request, 202)
    await behind.note(links.note_used, held.link, datetime.now(UTC))
    return _outcome(request, decision, refused=409)


async def _known(behind: Backend, held: _HeldLink) -> tuple[ApplicationShown | None, RecordedDecision | None]:
    """What is asked, and what was decided on the link's answer.

    In this order: an answer that comes meanwhile may end the question. Who then finds it no longer asked finds the
    decision that ended it, and is not told that somebody else made the answer pointless.
    """
    asked = await _open_application(behind, held)
    return asked, await behind.ask(recorded_decision, held.link.ticket, held.link.command_id)


async def _open_application(behind: Backend, held: _HeldLink) -> ApplicationShown | None:
    """The application that the link is for, while it waits for the holder."""
    asked = await behind.ask(application, held.link.ticket)
    if asked is None or asked.version != held.link.version or asked.waits_for(held.departments) is None:
        return None
    return asked


async def _answer(request: Request) -> Answer:
    stated = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_limited(request, FORM_LIMIT)
    return answer_of(body if stated == FORM_TYPE else b"")


async def _decision(behind: Backend, held: _HeldLink, answer: Answer) -> RecordedDecision | None:
    """By the same way as any command of theirs, under an id that belongs to the link."""
    body = {
        "command_id": held.link.command_id,
        "kind": answer.decision,
        "data": {"opinion": answer.opinion, "version": str(held.link.version)},
    }
    command = await draft(behind, held.actor, held.ticket, body)
    if held.link.department is not None:
        # For whom they stand in may be another than when the answer began to come.
        command = replace(command, known=command.known | {ASKED_OF: held.link.department})
    try:
        return await decision_on(Act(behind, Acting(held.actor, link=held.link.hash)), held.ticket, command)
    except Problem as problem:
        if problem.code != ID_REUSED.code:
            raise
        # Both buttons at once, or another opinion: the first answer counts, and this one is told of it.
        return await behind.ask(recorded_decision, held.link.ticket, held.link.command_id)


def _outcome(request: Request, decision: RecordedDecision, *, refused: int) -> HTMLResponse:
    if decision.accepted:
        return page.decided(request, decision.happening, decision.at)
    return page.not_taken(request, Label.from_json(decision.detail or {}), refused)


def _ask_again(request: Request, held: _HeldLink, asked: ApplicationShown, problem: Problem) -> HTMLResponse:
    """The question once more, with what was wrong with the answer."""
    about_opinion = [error.message for error in problem.errors if error.field == "opinion"]
    too_long = problem.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    wrong = _TOO_LONG if too_long else next((_of_opinion(said) for said in about_opinion), _USE_THE_FORM)
    return held.question(request, asked, status=problem.status, wrong=wrong)


def _of_opinion(said: Label) -> Label:
    return Label("意见：{said}", "Opinion: {said}").filled(said=said)
