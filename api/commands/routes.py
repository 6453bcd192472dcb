"""Commands: send one, ask what became of one."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from api.access.finding import ProjectedTicket, TheTicket
from api.access.identity import Acts, Caller
from api.access.permissions import COMMAND_TICKETS, READ_TICKETS
from api.backend import Behind
from api.commands.deciding import decision_on, state_of
from api.commands.documents import DecisionDocument
from api.commands.drafting import draft
from api.commands.offer_documents import OffersDocument
from api.commands.offering import desk_of
from api.commands.problems import refused
from api.commands.requests import takes_commands
from api.http.inputs import Sent

router = APIRouter(prefix="/api/tickets/{number}/commands", tags=["commands"])


@router.post(
    "",
    dependencies=[COMMAND_TICKETS],
    response_model=DecisionDocument,
    response_model_exclude_none=True,
    responses={202: {"model": DecisionDocument}},
    openapi_extra=takes_commands(),
)
async def send_command(ticket: TheTicket, sent: Sent, act: Acts) -> Response:
    """Send a command: 200 accepted, 409 refused, 202 taken but not decided yet. A repeat changes nothing."""
    command = await draft(act.behind, act.by.actor, ticket, sent)
    decision = await decision_on(act, ticket, command)
    document = DecisionDocument.of(ticket.number, command.command_id, decision)
    content = document.content(act.by.actor)
    if document.decision == "refused":
        raise refused(content)
    location = {"Location": f"/api/tickets/{ticket.number}/commands/{command.command_id}"}
    return JSONResponse(content, *((200,) if decision else (202, location)))


@router.get("", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def list_commands(ticket: ProjectedTicket, actor: Caller, behind: Behind) -> OffersDocument:
    """Every command of the caller's, whether the ticket would take it now, why not, and what its form needs.

    Decided by what decides on commands, of the ticket as its workflow has it; 503 while nobody answers for that.
    """
    return OffersDocument.of(await desk_of(behind, actor, ticket))


@router.get("/{command_id}", dependencies=[READ_TICKETS], response_model=DecisionDocument)
async def read_command(ticket: TheTicket, command_id: str, actor: Caller, behind: Behind) -> JSONResponse:
    """The decision on a command; ``pending`` while it is taken but not decided. People outside ask about their own."""
    decision = await state_of(behind, actor, ticket, command_id.lower())
    return JSONResponse(DecisionDocument.of(ticket.number, command_id.lower(), decision).content(actor))
