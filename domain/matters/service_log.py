"""The service log, and the five steps of a fault solution (004-04, 004-11)."""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.matters.matter import TEXT, UNTIL_CLOSED, Matter, Row
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening


class Step(StrEnum):
    """The five steps of a fault solution, in order (004-04). Stored in histories."""

    DIAGNOSIS = "diagnosis"
    REPAIR = "repair"
    CLEANING = "cleaning"
    PROTECTION = "protection"
    EVIDENCE = "evidence"


_STEP = Field("step", Type.WORD, required=False, choices=tuple(Step))
_WAIVED = Field("waived", Type.FLAG, required=False)


def write_log(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """An entry of the service log, which may be one of the five steps, done or waived."""
    step = _STEP.of(command)
    steps = ticket.steps if step is None or step in ticket.steps else (*ticket.steps, step)
    return replace(ticket, log_written=True, steps=steps)


MATTER = Matter(
    rows=(Row(C.WRITE_LOG, Happening.LOG_WRITTEN, (TEXT, _STEP, _WAIVED), does=write_log, during=UNTIL_CLOSED),)
)
