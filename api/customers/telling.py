"""Telling: what changes in a customer's agreements goes to its open tickets, as commands of the system; who comes to
answer for the customer hears what those tickets wait for.
"""

import uuid
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial

import structlog

from api.backend import Backend
from api.sweeping import again_and_again
from domain.matters.agreements import ABOUT, OF_CUSTOMER
from domain.people.actors import SYSTEM
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from gateway.tickets import EndedError
from store.models import Agreement
from store.projections.newcomers import tell_newcomer
from store.registry import news

log = structlog.get_logger()

_EVERY_S = 1.0
#: Under it each ticket's command of a change gets its id: however often it is told, it is one command.
_COMMANDS = uuid.UUID("b0b6a1de-5d0b-4f0f-8a53-0f7c6c5a2b11")
_KINDS = {
    Agreement.AUTHORISATION: C.TAKE_AUTHORISATION,
    Agreement.CONTRACT: C.TAKE_CONTRACT,
    Agreement.CUSTOMER: C.TAKE_CUSTOMER,
}


def telling(behind: Backend) -> AbstractAsyncContextManager[None]:
    """Changes are told while this lasts; what nobody could be told of, for a server was away, is told later."""
    fails = "what has changed in the registry could not be read"
    return again_and_again(partial(_tell_all, behind), _EVERY_S, fails=fails)


async def _tell_all(behind: Backend) -> None:
    for one in await behind.ask(news.untold):
        await _try_to_tell(behind, one)


async def _try_to_tell(behind: Backend, one: news.News) -> None:
    """What cannot be told now keeps nothing else back."""
    try:
        await _tell(behind, one)
    except Exception:
        log.warning("a change of the registry could not be told", news=one.id, kind=one.kind, exc_info=True)


async def _tell(behind: Backend, one: news.News) -> None:
    """All open tickets of the customer, each once; of a person, who is told of what waits for them."""
    if one.kind is Agreement.PERSON:
        await behind.note(tell_newcomer, one.customer, one.about, datetime.now(UTC))
        await behind.note(news.note_told, one)
        return
    for number, about in await behind.ask(news.open_tickets, one):
        standing = await behind.ask(news.standing, replace(one, about=about))
        command = Command(
            command_id=str(uuid.uuid5(_COMMANDS, f"{number} {one.id}")),
            kind=_KINDS[one.kind],
            actor=SYSTEM,
            accepted_at=datetime.now(UTC),
            data={ABOUT.name: about},
            known=asdict(standing) | {OF_CUSTOMER: one.customer},
        )
        with suppress(EndedError):
            await behind.tickets.submit(number, command)
    await behind.note(news.note_told, one)
