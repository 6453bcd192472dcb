"""Approval by link: the approver asks for one, and whoever holds one sees what is asked and answers."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.access.finding import TheTicket
from api.access.identity import Acts
from api.access.permissions import APPROVE, PUBLIC
from api.approval.answering import show_link, take_answer
from api.approval.documents import LinkDocument
from api.approval.problems import nothing_to_decide
from api.approval.requests import AskLink
from api.backend import Behind
from api.http.inputs import takes
from store.approvals.links import NothingToDecideError, issue_link
from store.registry.deputies import deputy_of

router = APIRouter(tags=["links"])


@router.post("/api/tickets/{number}/approval-link", dependencies=[APPROVE], status_code=201)
async def ask_for_link(ticket: TheTicket, act: Acts, _: Annotated[AskLink, takes(AskLink)]) -> LinkDocument:
    """Make a single-use link to decide on the application, for the caller alone; older ones open nothing any more."""
    now = datetime.now(UTC)
    stands_in = await act.behind.ask(deputy_of, act.by.actor, ticket.customer_id, now)
    try:
        issued = await act.add(issue_link, ticket.number, act.by.actor, now=now, stands_in=stands_in)
    except NothingToDecideError as nothing:
        raise nothing_to_decide(nothing.refusal) from None
    return LinkDocument(url=f"{act.behind.settings.address}{issued.path}", expires_at=issued.expires_at)


@router.api_route("/a/{token}", methods=["GET", "HEAD"], dependencies=[PUBLIC], include_in_schema=False)
async def show(request: Request, token: str, behind: Behind) -> HTMLResponse:
    """What a link asks. Programs that follow links in mails look too: this decides nothing."""
    return await show_link(request, behind, token)


@router.post("/a/{token}", dependencies=[PUBLIC], include_in_schema=False)
async def answer(request: Request, token: str, behind: Behind) -> HTMLResponse:
    """The holder's answer: agree or refuse, with an opinion."""
    return await take_answer(request, behind, token)
