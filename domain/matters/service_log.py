"""The service log, and the five steps of a fault solution (004-04, 004-11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.contract.ours import OURS
from domain.matters.matter import TEXT, UNTIL_CLOSED, Matter, Row, Way
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, in_a_row
from domain.words.refusals import Refusal
from domain.words.text import letters


class Step(StrEnum):
    """The five steps of a fault solution, in order (004-04). Stored in histories."""

    DIAGNOSIS = "diagnosis"
    REPAIR = "repair"
    CLEANING = "cleaning"
    PROTECTION = "protection"
    EVIDENCE = "evidence"


STEPS: dict[Step, Label] = {
    Step.DIAGNOSIS: Label("故障诊断", "diagnosis"),
    Step.REPAIR: Label("故障修复", "repair"),
    Step.CLEANING: Label("系统清理", "cleaning"),
    Step.PROTECTION: Label("安全防护", "protection"),
    Step.EVIDENCE: Label("证据收集", "evidence"),
}

NOTHING_SAID = Refusal(
    "log_says_nothing",
    Label(
        f"服务日志至少写 {OURS.log_letters} 个字，说明做了什么、结果怎样。",
        f"The service log says what was done and how it went, in at least {OURS.log_letters} letters or characters.",
    ),
)
LOG_INCOMPLETE = Refusal("log_incomplete", Label("服务日志还缺：", "The service log still lacks: "))

#: What a contract may ask of a service log beside its text (001-30, 002-07).
ASKABLE: dict[str, Label] = {
    "cause": Label("故障原因（cause）", "the cause (cause)"),
    "measures": Label("处理方法（measures）", "the measures (measures)"),
    "prevention": Label("预防措施（prevention）", "the prevention (prevention)"),
}
SUBSTANCE = tuple(Field(name, required=False) for name in ASKABLE)

_STEP = Field("step", Type.WORD, required=False, choices=tuple(Step))
_WAIVED = Field("waived", Type.FLAG, required=False)


def write_log(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """An entry of the service log, which may be one of the five steps, done or waived."""
    step = _STEP.of(command)
    steps = ticket.steps if step is None or step in ticket.steps else (*ticket.steps, step)
    return replace(ticket, log_written=True, steps=steps)


def says_something_done(_: Ticket, command: Command) -> Refusal | None:
    """The service log says what was done."""
    said = command.data.get("text")
    return NOTHING_SAID if said is not None and letters(said) < OURS.log_letters else None


def sums_up(ticket: Ticket, summary: str | None, command: Command) -> Refusal | None:
    """The summary of a resolution is a log entry; what the contract asks of one stands in it."""
    if summary is None:
        return None
    if letters(summary) < OURS.log_letters:
        return NOTHING_SAID
    lacking = [label for name, label in ASKABLE.items() if name in ticket.terms.log_asks and name not in command.data]
    return LOG_INCOMPLETE.adding(in_a_row(lacking)) if lacking else None


def steps_open(ticket: Ticket) -> list[Step]:
    """Of the five steps, where the contract asks for them, those that are neither done nor waived."""
    return [step for step in Step if ticket.terms.follow_up and step not in ticket.steps]


def _ways(ticket: Ticket, _: datetime) -> Iterator[Way]:
    """An entry of no step, or of one that is open."""
    yield Way()
    yield from (Way({_STEP.name: step.value}) for step in steps_open(ticket))


MATTER = Matter(
    rows=(
        Row(
            C.WRITE_LOG,
            Happening.LOG_WRITTEN,
            (TEXT, _STEP, _WAIVED, *SUBSTANCE),
            needs=says_something_done,
            does=write_log,
            during=UNTIL_CLOSED,
            ways=_ways,
        ),
    )
)
