"""Closing: what must be there before a ticket goes to the archive (004-04, 004-11)."""

from dataclasses import replace
from datetime import datetime

from domain.contract.clauses import Arming, Origin
from domain.matters.matter import MAYBE_TEXT, Gate, Matter, Row
from domain.matters.service_log import Step
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOT_CONFIRMED = Refusal(
    "not_confirmed", Label("客户尚未确认解决。", "The customer has not confirmed the resolution yet.")
)
NO_LOG = Refusal("no_service_log", Label("运维服务日志未填写。", "The service log is not written."))
STEPS_OPEN = Refusal(
    "steps_open",
    Label(
        "故障处理五步尚有未完成或未豁免的步骤。",
        "Some of the five steps of the fault solution are neither done nor waived.",
    ),
)


def close(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """By somebody, where nothing is missing."""
    return _closed(ticket, at)


def _closed(ticket: Ticket, at: datetime) -> Ticket:
    """Closed; what counts from the close is armed."""
    ticket = replace(ticket, stage=Stage.CLOSED, closed_at=at)
    return clocks.derive(clocks.arm(ticket, Arming.CLOSED, at, Origin.CLOSED), at)


def close_if_complete(ticket: Ticket, *, at: datetime, now: datetime) -> Ticket:
    """Closed by the system when nothing is missing, else as it is."""
    return ticket if _missing(ticket) else _closed(ticket, at).write(Happening.CLOSED, at=at, recorded_at=now)


def is_complete(ticket: Ticket, _: Command) -> Refusal | None:
    """Closing needs all that the archive needs."""
    return _missing(ticket)


def _missing(ticket: Ticket) -> Refusal | None:
    """What closing still waits for; None: nothing."""
    if ticket.resolution is None or not ticket.resolution.confirmed:
        return NOT_CONFIRMED
    if not ticket.log_written:
        return NO_LOG
    return STEPS_OPEN if ticket.terms.follow_up and set(ticket.steps) != set(Step) else None


MATTER = Matter(
    rows=(Row(C.CLOSE, Happening.CLOSED, (MAYBE_TEXT,), does=close, during=frozenset({Stage.RESOLVED})),),
    gates=(
        Gate(
            id="closing",
            clauses=("004-11", "004-04"),
            name=Label("关闭", "closing"),
            asked=Label("确认解决、服务日志、五步清单", "confirmation, service log, the five steps"),
            of=Label("客户确认，或确认期满无异议", "the customer, or silence after the window"),
            evidence=Label("运维服务日志", "the service log"),
            ends=Label("关闭", "the close"),
            refusal=Label("客户不认可：重新打开，计时继续", "rejected: reopened, clocks run on"),
            given_by=(C.CONFIRM, C.WRITE_LOG),
            blocks=frozenset({C.CLOSE}),
            before=is_complete,
        ),
    ),
)
