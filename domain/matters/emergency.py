"""Emergencies: the centre that is formed, the plans that start, objected to, ended (004-10, 004-14, 004-17)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.contract.clauses import Kind
from domain.matters.major import awaits_approval
from domain.matters.matter import TEXT, Matter, Row
from domain.matters.vendor_cases import open_unless_open
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.records import Plan
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

ALREADY_RUNNING = Refusal("plan_running", Label("已有应急预案在执行。", "An emergency plan is running already."))
NONE_PENDING = Refusal("no_plan_pending", Label("没有待启动的应急预案。", "No emergency plan is about to start."))
NONE_RUNNING = Refusal("no_plan_running", Label("没有执行中的应急预案。", "No emergency plan is running."))


class PlanNumber(StrEnum):
    """The emergency plans (004-17). Stored in histories."""

    ONE = "one"
    TWO = "two"
    THREE = "three"


_PLAN = Field("plan", Type.WORD, required=False, choices=tuple(PlanNumber))


def announce_plan(ticket: Ticket, at: datetime) -> Ticket:
    """With plan one about to start, where the stage of emergencies begins under a contract that has it (004-10)."""
    wait = ticket.terms.plan_one_after_min
    if ticket.stage is not Stage.EMERGENCY or wait is None or ticket.plan is not None:
        return ticket
    return replace(ticket, plan=Plan(PlanNumber.ONE, starts_at=at + timedelta(minutes=wait)))


def start(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """A manager starts a plan; one that waits for objections gives way to it."""
    return _begun(replace(ticket, plan=Plan(_PLAN.of(command) or PlanNumber.ONE, started_at=at)), at)


def _begun(ticket: Ticket, at: datetime) -> Ticket:
    """With a vendor's case, where plan one of a contract begins: the original vendor solves it (004-18)."""
    plan = ticket.plan
    asks_a_vendor = plan is not None and plan.number == PlanNumber.ONE and ticket.terms.plan_one_after_min is not None
    return open_unless_open(ticket, at) if asks_a_vendor else ticket


def object_to_it(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """Somebody objects in time: the plan does not start by itself."""
    return _with(ticket, starts_at=None)


def end(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """The emergency is over."""
    return _with(ticket, ended_at=at)


def may_start(ticket: Ticket, _: Command) -> Refusal | None:
    """One plan at a time."""
    return ALREADY_RUNNING if _is_running(ticket.plan) else None


def may_object(ticket: Ticket, _: Command) -> Refusal | None:
    """Objecting needs a plan that is about to start."""
    return None if ticket.plan and ticket.plan.starts_at else NONE_PENDING


def is_running(ticket: Ticket, _: Command) -> Refusal | None:
    """Ending needs a plan that runs."""
    return None if _is_running(ticket.plan) else NONE_RUNNING


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The start of plan one, unless somebody objects; no work begins on a major incident that nobody approved."""
    plan = ticket.plan
    if ticket.stage.is_work and plan and plan.starts_at and not awaits_approval(ticket):
        yield Deadline("emergency plan", plan.starts_at, Event.PLAN_STARTS)


def start_by_itself(ticket: Ticket, at: datetime) -> Ticket:
    """Nobody objected: the plan has started (004-10)."""
    return _begun(_with(ticket, starts_at=None, started_at=at), at)


def _which(_: Ticket, after: Ticket, __: Command) -> dict[str, Any]:
    """Which plan the entry is about."""
    return {"plan": after.plan.number} if after.plan else {}


def _is_running(plan: Plan | None) -> bool:
    return plan is not None and plan.started_at is not None and plan.ended_at is None


def _with(ticket: Ticket, **changed: datetime | None) -> Ticket:
    plan = ticket.plan
    return ticket if plan is None else replace(ticket, plan=replace(plan, **changed))  # type: ignore[arg-type]  # instants of a plan


MATTER = Matter(
    rows=(
        Row(C.FORM_CENTRE, Happening.CENTRE_FORMED, (TEXT,), as_stated=True, meets=frozenset({Kind.CENTRE})),
        Row(C.START_PLAN, Happening.EMERGENCY_PLAN_STARTED, (TEXT, _PLAN), needs=may_start, does=start, says=_which),
        Row(C.OBJECT_PLAN, Happening.EMERGENCY_PLAN_OBJECTED, (TEXT,), needs=may_object, does=object_to_it),
        Row(C.END_PLAN, Happening.EMERGENCY_PLAN_ENDED, (TEXT,), needs=is_running, does=end),
    ),
    waits=waits,
)
