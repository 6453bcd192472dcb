"""Answers by link: one is asked for or handed over, and whoever holds one sees what is asked and answers."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.requests import Request
from starlette.responses import Response

from api.access.finding import TheTicket
from api.access.identity import Acts, Caller
from api.access.permissions import APPROVE, HAND_LINKS, PUBLIC, SEE_ALL_LINKS, SEE_LINKS
from api.approval import code_page
from api.approval.answering import lead_on, show_file, show_link, take_answer
from api.approval.documents import IssuedDocument, LinkDocument, WayDocument
from api.approval.problems import nothing_to_decide, unreachable
from api.approval.requests import AskLink, FetchLink
from api.backend import Backend, Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.inputs import asks, takes
from api.http.pages import instant_and_name, listing
from api.http.problems import existing, not_found
from api.http.queries import Query
from domain.audience.reaching import Way
from store.approvals import questions
from store.approvals.links import Issued, NothingToDecideError, issue_handed, issue_link, links_of, revoke
from store.approvals.standing import standing_of
from store.approvals.travelling import Destination, UnreachableError, destination, destinations, sent
from store.registry.deputies import deputy_of
from store.registry.names import names

router = APIRouter(tags=["links"])


@router.post(
    "/api/tickets/{number}/approval-link",
    dependencies=[APPROVE],
    status_code=201,
    response_model_exclude_unset=True,
)
async def ask_for_link(ticket: TheTicket, act: Acts, asked: Annotated[AskLink, takes(AskLink)]) -> LinkDocument:
    """Make a single-use link to decide on the application, for the caller alone; older ones open nothing any more.

    With `by` it is sent to their mailbox on record.
    """
    now = datetime.now(UTC)
    stands_in = await act.behind.ask(deputy_of, act.by.actor, ticket.customer_id, now)
    to = await _destination(act.behind, act.by.actor.id, asked.by, approves=True)
    try:
        issued = await act.add(issue_link, ticket.number, act.by.actor, now=now, stands_in=stands_in, to=to)
    except NothingToDecideError as nothing:
        raise nothing_to_decide(nothing.refusal) from None
    return _shown(act.behind, issued, to)


@router.post(
    "/api/tickets/{number}/links", dependencies=[HAND_LINKS], status_code=201, response_model_exclude_unset=True
)
async def fetch_link(ticket: TheTicket, act: Acts, asked: Annotated[FetchLink, takes(FetchLink)]) -> LinkDocument:
    """What opens a link that the caller's command `hand_link` has put on the timeline; what opened it before is over.

    With `spoken` a code of twelve digits, to read out on the telephone: it opens the link for a quarter of an hour.
    With `by` it is sent within seconds to the address that is on record for whom it is for, and shown to nobody.
    """
    handed = existing(await act.behind.ask(questions.handed, ticket.number, act.by.actor.id, asked.command_id))
    to, now = await _destination(act.behind, handed.to, asked.by), datetime.now(UTC)
    try:
        issued = await act.add(issue_handed, ticket.number, handed, now=now, spoken=asked.spoken, to=to)
    except NothingToDecideError as nothing:
        raise nothing_to_decide(nothing.refusal) from None
    issued = existing(issued)
    spoken = {"code": issued.token, "enter_at": f"{act.behind.settings.address}/a"} if asked.spoken else {}
    return _shown(act.behind, issued, to, **spoken)


@router.get("/api/tickets/{number}/links/{handed}", dependencies=[HAND_LINKS, POSSIBLE_IDS])
async def list_ways(ticket: TheTicket, handed: str, actor: Caller, behind: Behind) -> Page[WayDocument]:
    """By which channels the link that the caller's command `hand_link` put on the timeline could be sent, and where."""
    link = existing(await behind.ask(questions.handed, ticket.number, actor.id, handed))
    found = await behind.ask(destinations, link.to)
    return Page(items=[WayDocument.of(way, one) for way, one in found.items()])


async def _destination(behind: Backend, person: str, way: str | None, *, approves: bool = False) -> Destination | None:
    """Where it is sent; None: it is shown."""
    try:
        return await behind.ask(destination, person, Way(way), approves=approves) if way else None
    except UnreachableError as nowhere:
        raise unreachable(nowhere.lacking) from None


def _shown(behind: Backend, issued: Issued, to: Destination | None, **more: str) -> LinkDocument:
    """What is sent is not shown."""
    opens = {"sent_to": to.hint} if to else {"url": f"{behind.settings.address}{issued.path}"}
    return LinkDocument(expires_at=issued.expires_at, **opens, **more)


@router.get("/api/tickets/{number}/approval-links", dependencies=[SEE_LINKS], response_model_exclude_unset=True)
async def list_links(
    request: Request, ticket: TheTicket, actor: Caller, behind: Behind, asked: Annotated[Query, asks(Query)]
) -> Page[IssuedDocument]:
    """Links that were issued for the ticket, oldest first: those that the caller holds or has handed over.

    Managers, the leader and the auditor see all.
    """
    of = None if actor.role in SEE_ALL_LINKS else actor.id
    found = await behind.ask(links_of, ticket.number, of, asked.window(instant_and_name))
    called = await behind.ask(names, [who for row in found.items for who in (row.person, row.handed_by)])
    travelled = await behind.ask(sent, [row.id for row in found.items])
    stands = await behind.ask(standing_of, found.items, datetime.now(UTC))
    return listing(
        request, found, lambda row: IssuedDocument.to(actor, row, called, travelled.get(row.id), stands[row.id])
    )


@router.delete("/api/tickets/{number}/approval-links/{link}", dependencies=[HAND_LINKS, POSSIBLE_IDS], status_code=204)
async def revoke_link(ticket: TheTicket, link: str, act: Acts) -> None:
    """Revoke a link that the caller holds or has handed over: it opens nothing any more."""
    if not await act.change(revoke, ticket.number, act.by.actor.id, link, datetime.now(UTC)):
        raise not_found()


@router.api_route("/a", methods=["GET", "HEAD"], dependencies=[PUBLIC], include_in_schema=False)
async def ask_for_code(request: Request) -> HTMLResponse:
    """Where somebody types the code that they hear on the telephone."""
    return code_page.ask(request)


@router.post("/a", dependencies=[PUBLIC], include_in_schema=False)
async def enter_code(request: Request) -> Response:
    """On to what the code opens, if it opens anything."""
    return await lead_on(request)


@router.api_route("/a/{token}/files/{upload}", methods=["GET", "HEAD"], dependencies=[PUBLIC], include_in_schema=False)
async def file(request: Request, token: str, upload: str, behind: Behind) -> Response:
    """A file that a link's page names."""
    return await show_file(request, behind, token, upload)


@router.api_route("/a/{token}", methods=["GET", "HEAD"], dependencies=[PUBLIC], include_in_schema=False)
async def show(request: Request, token: str, behind: Behind) -> Response:
    """What a link asks. Programs that follow links in mails look too: this decides nothing."""
    return await show_link(request, behind, token)


@router.post("/a/{token}", dependencies=[PUBLIC], include_in_schema=False)
async def answer(request: Request, token: str, behind: Behind) -> Response:
    """The holder's answer: agree or refuse, with an opinion."""
    return await take_answer(request, behind, token)
