"""Deciding: a command goes to the ticket's workflow, its decision comes back in the database's feed."""

import asyncio
import re

from api.access.finding import find, patience
from api.backend import Act, Backend
from api.commands.naming import decision_in_words
from api.commands.problems import id_reused
from api.http.problems import not_found, unavailable
from domain.audience.visibility import may_know_decision
from domain.people.actors import Actor
from domain.ticket.commands import Command
from domain.ticket.identity import digest
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from domain.words.refusals import CLOSED, closed
from gateway.feed import Announcement
from gateway.tickets import EndedError
from store.decisions import RecordedDecision
from store.models import TicketRow
from store.projections.afterwards import tell_afterwards
from store.queries.history import recorded_decision, sender

_AGAIN_S = 0.1
_FORM = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


async def decision_on(act: Act, ticket: TicketRow, command: Command) -> RecordedDecision | None:
    """The recorded decision, whether the command is new or a repeat; None: nobody has decided yet.

    409 where the id stands for another command: what was sent now is not taken.
    """
    behind = act.behind
    known = await _recorded_decision(behind, ticket.number, command.command_id)
    if known is None:
        try:
            known = await _submit(act, ticket.number, command)
        except EndedError:
            known = await _after_the_end(behind, ticket, command)
    if known is not None and known.digest != digest(command):
        raise id_reused()
    return known and await decision_in_words(behind, known)


async def _submit(act: Act, number: str, command: Command) -> RecordedDecision | None:
    """Signal, then wait for the decision; the waiter is there before the signal is."""
    taken = False
    with act.behind.feed.about(number) as feed:
        try:
            async with asyncio.timeout_at(patience()):
                await act.submit(number, command)
                taken = True
                return await _await_decision(act.behind, number, command.command_id, feed)
        except TimeoutError:
            if taken:
                return None
            raise


async def _await_decision(
    behind: Backend, number: str, command_id: str, feed: asyncio.Queue[Announcement]
) -> RecordedDecision:
    """Read the row once, then again only when something has been missed or was too long to be told."""
    while True:
        found = await _recorded_decision(behind, number, command_id)
        if found is not None:
            return found
        while (announced := await feed.get()) is not None and "decisions" in announced:
            for decision in announced["decisions"]:
                if decision["command_id"] == command_id:
                    return RecordedDecision.of_announcement(decision)


async def _after_the_end(behind: Backend, ticket: TicketRow, command: Command) -> RecordedDecision:
    """What was decided before the ticket closed, else a refusal; nobody is left to record it."""
    known = await _recorded_decision(behind, ticket.number, command.command_id)
    if known is not None:
        return known
    latest = await find(behind, command.actor, ticket.number)
    if latest.stage is not Stage.CLOSED:
        raise unavailable()
    await behind.note(tell_afterwards, ticket.number, command, command.accepted_at)
    return RecordedDecision(
        command.command_id,
        accepted=False,
        seq=latest.seq,
        happening=Happening.COMMAND_REFUSED,
        at=command.accepted_at,
        reason=CLOSED.code,
        detail=closed(latest.merged_into).words.as_json(),
        digest=digest(command),
    )


async def _recorded_decision(behind: Backend, number: str, command_id: str) -> RecordedDecision | None:
    return await behind.ask(recorded_decision, number, command_id)


async def _may_know(behind: Backend, viewer: Actor, number: str, command_id: str) -> bool:
    """Whether a decision that is on record is one that the viewer may know."""
    sent_by = await behind.ask(sender, number, command_id)
    return sent_by is not None and may_know_decision(viewer, sent_by)


async def state_of(behind: Backend, viewer: Actor, ticket: TicketRow, command_id: str) -> RecordedDecision | None:
    """What was decided on a command; None: it is taken and not decided; 404: the ticket never got it from them."""
    if not _FORM.fullmatch(command_id):
        raise not_found()
    known = await _recorded_decision(behind, ticket.number, command_id)
    if known is not None:
        if not await _may_know(behind, viewer, ticket.number, command_id):
            raise not_found()
        return await decision_in_words(behind, known)
    async with asyncio.timeout_at(patience()):
        while True:
            deciding = await behind.tickets.is_deciding(ticket.number)
            taken_from = await behind.tickets.taken_from(ticket.number, command_id)
            if taken_from is not None and may_know_decision(viewer, taken_from):
                # Between the two questions it may have been decided.
                known = await _recorded_decision(behind, ticket.number, command_id)
                return known and await decision_in_words(behind, known)
            if taken_from is not None or not deciding:
                raise not_found()
            await asyncio.sleep(_AGAIN_S)
