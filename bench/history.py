"""Events of history, up to the end of the ticket's own run, no rung fired."""

from contextlib import ExitStack
from typing import Any

from bench.desk import Desk, Ticket, command_of, desk
from bench.figures import Bar, Line, Of, Say, remark
from bench.house import House
from bench.size import Size
from gateway.tickets import settled

Act = tuple[str, str, dict[str, Any]]

SIMPLE: tuple[Act, ...] = (
    ("engineer", "respond", {"text": "已联系"}),
    ("engineer", "resolve", {"summary": "更换电源后恢复"}),
    ("customer", "confirm", {}),
)
MAJOR: tuple[Act, ...] = (
    ("engineer", "respond", {"text": "已联系"}),
    ("engineer", "submit_plan", {"text": "方案"}),
    ("pm", "submit_formal_report", {"text": "正式报告"}),
    ("pm", "apply_major", {"title": "重装系统", "plan": "备份后重装", "risk": "停机一小时"}),
    ("tech", "approve", {"opinion": "同意"}),
    ("business", "approve", {"opinion": "同意"}),
    ("engineer", "advance", {"stage": "onsite", "reason": "现场处理"}),
    ("engineer", "dispatch", {"to": "engineer"}),
    ("engineer", "depart", {}),
    ("engineer", "arrive", {}),
    ("engineer", "write_log", {"text": "重装完成"}),
    ("engineer", "resolve", {"summary": "更换电源后恢复"}),
    ("customer", "confirm", {}),
)


async def measure(house: House, size: Size, say: Say) -> None:  # noqa: ARG001  # events are the same at any size
    """The same tickets on our worker, and on one that tells the read model nothing."""
    settings, silent = house.settings("history"), house.settings("history-silent")
    with ExitStack() as running:
        running.enter_context(house.process("worker", settings))
        running.enter_context(house.process("bench.silent", silent))
        async with desk(settings, "") as at, desk(silent, "") as apart:
            remark("bare: the same commands without projection (29 and 77 in a prototype)")
            for name, acts, level, facts, bar in (
                ("a simple ticket", SIMPLE, "III", {}, 66),
                ("a major incident of 13 commands", MAJOR, "I", {"major": True}, 190),
            ):
                ours = await _told(at, acts, level, facts)
                bare = await _untold(apart, acts, level, facts)
                say(Line("history", f"history events, {name}", ours, "", bare, Bar(Of.OURS, bar)))


async def _told(at: Desk, acts: tuple[Act, ...], level: str, facts: dict[str, Any]) -> int:
    ticket = await at.open("nuobida", level, facts=facts)
    for who, kind, data in acts:
        decision = await at.decided(ticket, who, kind, **data)
        assert decision["accepted"], decision
    return await _events(ticket)


async def _untold(at: Desk, acts: tuple[Act, ...], level: str, facts: dict[str, Any]) -> int:
    """A query waits for the decision; it leaves nothing in history."""
    ticket = await at.open_silently("nuobida", level, facts=facts)
    for who, kind, data in acts:
        await at.send(ticket, command_of(who, kind, data))
        if kind != "confirm":
            await settled(ticket)
    return await _events(ticket)


async def _events(ticket: Ticket) -> int:
    await ticket.result()
    return len((await ticket.fetch_history()).events)
