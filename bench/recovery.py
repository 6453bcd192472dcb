"""A worker that comes back: nothing of its tickets is in its memory, and all of them want something at once."""

import asyncio
from time import perf_counter

from temporalio.api.enums.v1 import TimeoutType
from temporalio.api.history.v1 import HistoryEvent

from bench.desk import Desk, Ticket, command_of, desk, many
from bench.figures import Bar, Line, Of, Say, remark
from bench.house import House
from bench.size import Size

ROUNDS, AT_ONCE = 30, 10  # of notes: some hundred events a ticket
NOTE = ("engineer", "note", {"text": "进展"})


async def measure(house: House, size: Size, say: Say) -> None:
    """From the first decision on to the last, for what comes before is the start of a process."""
    settings = house.settings("recovery")
    async with desk(settings, "") as at:
        with house.process("worker", settings):
            tickets = await many(size.long_lived, at.open_quiet)
            await _live(at, tickets)
        before = await _in_vain(tickets)
        answers = [asyncio.create_task(_answered(at, ticket)) for ticket in tickets]
        with house.process("worker", settings):
            answered = sorted(await asyncio.gather(*answers))
        events = [(await ticket.describe()).history_length for ticket in tickets]
        again = await _in_vain(tickets) - before
    remark(f"{len(tickets)} tickets of {min(events)} to {max(events)} events, a note for each while it was away")
    say(Line("recovery", "from the first decision to the last, a ticket", _each_ms(answered), "ms"))
    say(Line("recovery", "steps that took longer than they may, and were taken again", again, "", bar=Bar(Of.OURS, 0)))


async def _live(at: Desk, tickets: list[Ticket]) -> None:
    for _ in range(ROUNDS):
        await asyncio.gather(*(at.send(ticket, command_of(*NOTE)) for ticket in tickets for _ in range(AT_ONCE)))
        await asyncio.gather(*(at.decided(ticket, *NOTE[:2], **NOTE[2]) for ticket in tickets))


async def _answered(at: Desk, ticket: Ticket) -> float:
    """When."""
    await at.decided(ticket, *NOTE[:2], **NOTE[2])
    return perf_counter()


def _each_ms(answered: list[float]) -> float:
    return (answered[-1] - answered[0]) / (len(answered) - 1) * 1_000


async def _in_vain(tickets: list[Ticket]) -> int:
    """Steps that a worker began and did not end in time; not those that waited for one that was gone."""
    return sum([_took_too_long(event) for ticket in tickets async for event in ticket.fetch_history_events()])


def _took_too_long(event: HistoryEvent) -> bool:
    return event.workflow_task_timed_out_event_attributes.timeout_type == TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE
