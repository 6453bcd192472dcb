"""Closing: what must be there before a ticket goes to the archive (004-04, 004-11)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time

from domain.contract.calendars import CHINA
from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.ours import OURS
from domain.contract.promises import working_days_later
from domain.contract.terms import EDITION_9
from domain.matters import on_behalf
from domain.matters.matter import MAYBE_TEXT, Gate, Matter, Row
from domain.matters.service_log import STEPS, steps_open
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, in_a_row
from domain.words.refusals import Refusal

NOT_CONFIRMED = Refusal(
    "not_confirmed", Label("客户尚未确认解决。", "The customer has not confirmed the resolution yet.")
)
EVIDENCE_OWED = Refusal(
    "evidence_owed",
    Label(
        "夜间单人值守时口头远程授权的凭据尚未补上；请在备注里补上凭据。",
        "A spoken grant that somebody alone on duty recorded and used still lacks its evidence; add it by a note.",
    ),
)
NO_LOG = Refusal("no_service_log", Label("运维服务日志未填写。", "The service log is not written."))
STEPS_OPEN = Refusal(
    "steps_open",
    Label(
        "故障处理五步还有未完成也未豁免的，请补记（write_log）：",
        "Of the five steps of the fault solution these are neither done nor waived (write_log):",
    ),
)


_TIMER = "closing"
#: The word of the customer that a close rests on.
CONFIRMATION = "confirmation"


def close(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """By somebody, where nothing is missing."""
    return _closed(ticket, at)


def _closed(ticket: Ticket, at: datetime) -> Ticket:
    """Closed; what counts from the close is armed."""
    ticket = replace(ticket, stage=Stage.CLOSED, closed_at=at)
    return clocks.derive(clocks.arm(ticket, Arming.CLOSED, at, Origin.CLOSED), at)


def surveyed(ticket: Ticket) -> bool:
    """Whether the contract has a survey clause: who surveys and what closing asks for holds there."""
    return any(clause.kind is Kind.SURVEY for clause in ticket.terms.clauses)


def close_if_complete(ticket: Ticket, *, at: datetime, now: datetime) -> Ticket:
    """Closed by the system when nothing is missing; else what is confirmed tells at once what is."""
    if _missing(ticket):
        return report_missing(ticket, Deadline(_TIMER, at, Event.CLOSING_MISSING), now)
    return _closed(ticket, at).write(Happening.CLOSED, at=at, recorded_at=now)


def reconfirmed(ticket: Ticket, at: datetime) -> Ticket:
    """Whoever it is to be confirmed by is another now: what is resolved waits for their word, a whole window long."""
    if ticket.resolution is None:
        return ticket
    silent_until = working_days_later(ticket.terms, at, ticket.terms.confirmation_days)
    return replace(ticket, resolution=replace(ticket.resolution, confirmed=False, silent_until=silent_until))


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """Each working day in the morning, until what is confirmed is closed; before edition 9, while it cannot be."""
    without = {NOT_CONFIRMED} if ticket.terms.edition >= EDITION_9 else {None, NOT_CONFIRMED}
    if ticket.stage is Stage.RESOLVED and ticket.closing_told_at and _missing(ticket) not in without:
        yield Deadline(_TIMER, next_morning(ticket, ticket.closing_told_at), Event.CLOSING_MISSING)


def next_morning(ticket: Ticket, since: datetime) -> datetime:
    """The next working day's, after an instant."""
    day = working_days_later(ticket.terms, since - OURS.morning, 1).astimezone(CHINA)
    return datetime.combine(day, time(), CHINA) + OURS.morning


def report_missing(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Confirmed, and not closed yet: what is missing is told, or that nothing is and that it can be closed."""
    missing = _missing(ticket)
    return raise_alarm(
        replace(ticket, closing_told_at=deadline.at),
        deadline,
        now,
        missing=missing.code if missing else "",
        steps=steps_open(ticket) if missing and missing.code == STEPS_OPEN.code else [],
        lateness_ms=lateness_ms(now, deadline.at),
    )


def is_complete(ticket: Ticket, command: Command) -> Refusal | None:
    """Closing needs all that the archive needs, and is not for who recorded that the customer confirms."""
    return _missing(ticket) or on_behalf.own_record(ticket, command, CONFIRMATION)


def _missing(ticket: Ticket) -> Refusal | None:
    """What closing still waits for first; None: nothing."""
    return next(missing(ticket), None)


def missing(ticket: Ticket) -> Iterator[Refusal]:
    """All that closing still waits for."""
    if ticket.resolution is None or not ticket.resolution.confirmed:
        yield NOT_CONFIRMED
    if not surveyed(ticket):
        return
    if not ticket.log_written:
        yield NO_LOG
    if ticket.evidence_owed:
        yield EVIDENCE_OWED
    open_ = steps_open(ticket)
    if open_:
        yield STEPS_OPEN.adding(in_a_row(STEPS[step] for step in open_))


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
    waits=waits,
    brings={Event.CLOSING_MISSING: report_missing},
)
