"""Correction: what was written down wrong of the report itself. What stood there before stays on the timeline."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.matters.matter import MAYBE_REASON, UNTIL_CLOSED, Matter, Row, Way
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOTHING_CORRECTED = Refusal(
    "nothing_corrected",
    Label(
        "请至少更正标题（title）、故障描述（description）、现场地址（site）、设备（asset）之一，且与现有内容不同。",
        "Correct the title, the description, the site or the asset (title, description, site, asset), and say "
        "something else than stands there.",
    ),
)

TITLE = Field("title", required=False)
DESCRIPTION = Field("description", required=False)
SITE = Field("site", required=False)
ASSET = Field("asset", Type.WORD, required=False)
_FIELDS = (TITLE, DESCRIPTION, SITE, ASSET)


def correct(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """As it should have been written down."""
    return replace(ticket, corrected=ticket.corrected | _others(ticket, command))


def _others(ticket: Ticket, command: Command) -> dict[str, str]:
    """What the command says that is not what stands there."""
    said = {field.name: field.of(command) for field in _FIELDS}
    return {name: text for name, text in said.items() if text not in {None, getattr(ticket, name)}}


def may_correct(ticket: Ticket, command: Command) -> Refusal | None:
    """Something, and something else than stands there."""
    return NOTHING_CORRECTED if command.is_sent and not _others(ticket, command) else None


def _says(before: Ticket, after: Ticket, _: Command) -> dict[str, Any]:
    """What stood there, of what stands there no more."""
    names = (field.name for field in _FIELDS)
    return {"before": {name: getattr(before, name) for name in names if getattr(before, name) != getattr(after, name)}}


def _ways(_: Ticket, __: datetime) -> Iterator[Way]:
    """Any of the four."""
    yield Way()


MATTER = Matter(
    rows=(
        Row(
            C.CORRECT,
            Happening.CORRECTED,
            (*_FIELDS, MAYBE_REASON),
            needs=may_correct,
            does=correct,
            says=_says,
            during=UNTIL_CLOSED,
            ways=_ways,
        ),
    ),
)
