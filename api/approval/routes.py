"""Approval by link: the approver asks for one, and whoever holds one sees what is asked and answers."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.access.finding import TheTicket
from api.access.identity import Acts, Caller
from api.access.permissions import APPROVE, PUBLIC, SEE_LINKS
from api.approval.answering import show_link, take_answer
from api.approval.documents import IssuedDocument, LinkDocument
from api.approval.problems import nothing_to_decide
from api.approval.requests import AskLink
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing
from api.http.problems import not_found
from api.http.queries import Query
from domain.people.actors import CUSTOMER_SIDE
from store.approvals.links import NothingToDecideError, issue_link, links_of, revoke
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


@router.get("/api/tickets/{number}/approval-links", dependencies=[SEE_LINKS], response_model_exclude_unset=True)
async def list_links(
    request: Request, ticket: TheTicket, actor: Caller, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[IssuedDocument]:
    """Links that were issued for the ticket, oldest first: the caller's own; managers and the auditor see all."""
    holder = actor.id if actor.role in CUSTOMER_SIDE else None
    found = await behind.ask(links_of, ticket.number, holder, asked.window(instant_and_name))
    return listing(request, found, IssuedDocument.of)


@router.delete("/api/tickets/{number}/approval-links/{link}", dependencies=[APPROVE, POSSIBLE_IDS], status_code=204)
async def revoke_link(ticket: TheTicket, link: str, act: Acts) -> None:
    """Revoke one of the caller's own links: it opens nothing any more."""
    if not await act.change(revoke, ticket.number, act.by.actor.id, link, datetime.now(UTC)):
        raise not_found()


@router.api_route("/a/{token}", methods=["GET", "HEAD"], dependencies=[PUBLIC], include_in_schema=False)
async def show(request: Request, token: str, behind: Behind) -> HTMLResponse:
    """What a link asks. Programs that follow links in mails look too: this decides nothing."""
    return await show_link(request, behind, token)


@router.post("/a/{token}", dependencies=[PUBLIC], include_in_schema=False)
async def answer(request: Request, token: str, behind: Behind) -> HTMLResponse:
    """The holder's answer: agree or refuse, with an opinion."""
    return await take_answer(request, behind, token)
