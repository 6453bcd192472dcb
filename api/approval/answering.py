"""Answering: the holder of an approval link sees what is asked, and their answer becomes an ordinary command."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from weakref import WeakValueDictionary

from fastapi.responses import HTMLResponse
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from api.access.finding import find
from api.approval import code_page, page
from api.approval.requests import FORM_LIMIT, FORM_TYPE, Answer, ShortAnswer, answer_of, code_of
from api.approval.ways import HeldLink, Shown, in_hand, way_of
from api.attachments.serving import file_answer
from api.backend import Act, Backend
from api.commands.deciding import decision_on
from api.commands.drafting import draft
from api.http.address import address_of
from api.http.body import read_limited
from api.http.errors import OUT_OF_REACH
from api.http.problems import Problem
from domain.words.label import Label
from domain.words.refusals import ID_REUSED
from store import attachments
from store.access import throttle
from store.access.digests import is_code
from store.acting import Acting, NotAnyMoreError, OtherRightsError
from store.approvals import links
from store.decisions import RecordedDecision
from store.erasing import erased_files
from store.queries.history import recorded_decision
from store.registry.people import person

#: What browsers say of a form of the page itself, or of one that its user sends again; older ones say nothing.
_OWN = frozenset({None, "same-origin", "none"})
_USE_THE_FORM = Label("请填写意见并按下面的按钮作答", "Write your opinion and press one of the buttons")
#: Of an answer that is none.
_ASKS_AGAIN = frozenset({HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.REQUEST_ENTITY_TOO_LARGE})
_TOO_LONG = Label("意见太长，请缩短", "The opinion is too long; shorten it")
#: What is wrong with a field of the form, by its name.
_WRONG = {
    "opinion": Label("意见：{said}", "Opinion: {said}"),
    "until": Label("授权到什么时候：{said}", "Until when: {said}"),
}


#: Loop by loop, as locks are, and link by link: who answers just now.
_taps: WeakValueDictionary[tuple[asyncio.AbstractEventLoop, str], asyncio.Lock] = WeakValueDictionary()

_Step = Callable[[Request, Backend, HeldLink], Awaitable[Response]]


async def show_link(request: Request, behind: Backend, token: str) -> Response:
    """What the holder of a link sees. Nothing is decided and nothing is noted, however often anybody looks."""
    return await _within_reach(request, _with_link(request, behind, token, _show_standing))


async def take_answer(request: Request, behind: Backend, token: str) -> Response:
    """The holder's answer, sent to the ticket once; the page says what became of it."""
    if _comes_from_elsewhere(request):
        return page.foreign(request)
    # One tap after the other: who taps again finds what the tap before has brought, and sends nothing of their own.
    async with _taps.setdefault((asyncio.get_running_loop(), token), asyncio.Lock()):
        return await _within_reach(request, _with_link(request, behind, token, _take_answer))


async def lead_on(request: Request) -> Response:
    """From a code that was typed to its link; what is no code opens nothing."""
    if _comes_from_elsewhere(request):
        return page.foreign(request)
    body = await read_limited(request, FORM_LIMIT)
    code = code_of(body)
    if code is None:
        return code_page.wrong(request)
    return RedirectResponse(f"a/{code}", 303, {"Cache-Control": "no-store"})


async def show_file(request: Request, behind: Backend, token: str, upload: str) -> Response:
    """A file that the page of a link names, as long as the page asks; it decides nothing."""

    async def then(request: Request, behind: Backend, held: HeldLink) -> Response:
        asked, decision = await _known(behind, held)
        if asked is None or decision is not None or held.link.is_sent:
            return page.gone(request)
        row = await behind.ask(attachments.one, held.actor, held.ticket.number, upload)
        erased = await behind.ask(erased_files, [row.id] if row else [])
        return page.gone(request) if row is None or erased else file_answer(behind.settings.uploads_folder, row)

    return await _within_reach(request, _with_link(request, behind, token, then))


async def _within_reach(request: Request, work: Awaitable[Response]) -> Response:
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


async def _with_link(request: Request, behind: Backend, token: str, then: _Step) -> Response:
    """On to the next step with a link that opens something; every other link leads to one and the same page.

    Who guesses at codes is made to wait, whether or not the code is right.
    """
    measures = throttle.of_code(token, address_of(request)) if is_code(token) else ()
    wait = await behind.note(throttle.admit, measures, datetime.now(UTC)) if measures else None
    if wait is not None:
        return code_page.wait(request, wait)
    held = await _link_in_hand(behind, token)
    if held is None:
        return code_page.wrong(request) if measures else page.gone(request)
    if measures:
        await behind.note(throttle.forgive, measures)
    request.scope["actor"] = held.actor.id
    return await then(request, behind, held)


async def _link_in_hand(behind: Backend, token: str) -> HeldLink | None:
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
    return await in_hand(behind, token, link, actor, ticket)


async def _show_standing(request: Request, behind: Backend, held: HeldLink) -> HTMLResponse:
    """The page as things stand: decided, on its way, no longer asked, or the question."""
    asked, decision = await _known(behind, held)
    if decision is not None:
        return _outcome(request, decision, refused=200)
    if held.link.is_sent:
        return page.received(request, 200)
    return page.over(request) if asked is None else await _question(request, behind, held, asked)


async def _take_answer(request: Request, behind: Backend, held: HeldLink) -> HTMLResponse:
    """The form, sent on as a command. A link that has been used only says again what was decided."""
    asked, decision = await _known(behind, held)
    if decision is None and not held.link.is_sent:
        if asked is None:
            return page.over(request)
        try:
            kind, data = way_of(held.link).command(held, asked, await _answer(request, held))
            decision = await _decision(behind, held, kind, data)
        except Problem as problem:
            if problem.status not in _ASKS_AGAIN:
                raise
            return await _ask_again(request, behind, held, asked, problem)
    if decision is None:
        await behind.note(links.note_sent, held.link)
        return page.received(request, 202)
    await behind.note(links.note_used, held.link, datetime.now(UTC))
    return _outcome(request, decision, refused=409)


async def _known(behind: Backend, held: HeldLink) -> tuple[Shown | None, RecordedDecision | None]:
    """What is asked, and what was decided on the link's answer.

    In this order: an answer that comes meanwhile may end the question. Who then finds it no longer asked finds the
    decision that ended it, and is not told that somebody else made the answer pointless.
    """
    asked = await way_of(held.link).open_question(behind, held)
    return asked, await behind.ask(recorded_decision, held.link.ticket, held.link.command_id)


async def _answer(request: Request, held: HeldLink) -> Answer | ShortAnswer:
    stated = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await read_limited(request, FORM_LIMIT)
    return answer_of(body if stated == FORM_TYPE else b"", way_of(held.link).form)


async def _decision(behind: Backend, held: HeldLink, kind: str, data: dict[str, Any]) -> RecordedDecision | None:
    """By the same way as any command of theirs, under an id that belongs to the link."""
    body = {"command_id": held.link.command_id, "kind": kind, "data": data}
    command = await draft(behind, held.actor, held.ticket, body)
    command = replace(command, known=command.known | await way_of(held.link).known(behind, held))
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


async def _question(
    request: Request, behind: Backend, held: HeldLink, asked: Shown, status: int = 200, wrong: Label | None = None
) -> HTMLResponse:
    return await way_of(held.link).page(request, behind, held, asked, status, wrong)


async def _ask_again(request: Request, behind: Backend, held: HeldLink, asked: Shown, problem: Problem) -> HTMLResponse:
    """The question once more, with what was wrong with the answer."""
    said = (_WRONG[error.field].filled(said=error.message) for error in problem.errors if error.field in _WRONG)
    too_long = problem.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    wrong = _TOO_LONG if too_long else next(said, _USE_THE_FORM)
    return await _question(request, behind, held, asked, problem.status, wrong)
