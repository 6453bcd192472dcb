"""Calls: somebody is to answer for what is grave, broken or nobody's; until one does, it goes on by a ladder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.contract.ours import OURS
from domain.contract.terms import EDITION_8, Terms
from domain.matters.ending import TAKING_IN
from domain.matters.matter import MAYBE_TEXT, REASON, Matter, Row
from domain.matters.subjects import SEVERITIES
from domain.people.actors import IN_CHARGE, Role
from domain.ticket.call import Call, Cause, Why
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.obligations import OUTLIVE_THE_WORK, Obligation
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOBODY_IS_CALLED = Refusal(
    "nobody_is_called",
    Label("此单现在没有待认领的呼叫。", "Nothing on this ticket waits to be acknowledged."),
)
ANSWERED = Refusal(
    "answered",
    Label(
        "已有人认领；需要由您接手的，请接单（take）。",
        "Somebody has it already; to have it yourself, take the ticket (take).",
    ),
)
NOT_CALLED = Refusal(
    "not_called",
    Label(
        "这次没有呼叫您，不能认领；要处理的，请接单（take）。",
        "You were not called, so it is not yours to acknowledge; to work on it, take the ticket (take).",
    ),
)

LEFT_BY_ANOTHER = Refusal(
    "left_by_another", Label("此单的呼叫已不由此人认领。", "This person does not have the call of the ticket any more.")
)

#: In what the API found: the calls of the ticket by which the sender was called, and, in ISO 8601, until when they are
#: on duty by the roster.
CALLED, ON_DUTY_UNTIL = "called", "on_duty_until"
#: In the entry of an answer: what somebody was called for. In that of a leave, and what the API found: who had it.
ANSWERED_FOR, FROM = "answers_for", "from"

#: Whose acts on a ticket answer its call.
ANSWERING = IN_CHARGE | {Role.HOTLINE, Role.LEADER}
#: Each wait of the last rung is twice as long as the one before at last, and no longer than a day: a ticket that nobody
#: answers for is not forgotten, and its history stays short.
_LONGEST = timedelta(days=1)
A_SHIFT = timedelta(hours=OURS.call_hours)
_TO_A_DAY = 11  # doublings of a minute
#: The gravest of the customer's own scale.
_DISASTROUS = SEVERITIES[0]


def called(ticket: Ticket) -> list[Role]:
    """Whom so grave a report calls beside those whom every report does (000-08, 003-16, 004-15)."""
    terms, level, facts = ticket.terms, ticket.level, ticket.facts
    gravest = {terms.levels[0], *terms.major_levels}
    grave = level in gravest or facts.get("major") is True or facts.get("severity") == _DISASTROUS
    roles = {Role.DUTY_MANAGER: grave, Role.EXPERT: level in terms.expert_levels}
    return [role for role, wanted in roles.items() if wanted]


def current(ticket: Ticket) -> Call | None:
    """The call that stands, for what still asks for somebody; None: nothing does."""
    call = ticket.call
    if call is None or not ticket.stage.is_work or not ticket.terms.call_ladder:
        return None
    causes = tuple(each for each in call.causes if _still_asks(ticket, each))
    return replace(call, causes=causes) if causes else None


def begun(ticket: Ticket, cause: Cause, at: datetime, now: datetime) -> Ticket:
    """With somebody called for this by the next entry: by the call that waits, if one does, else anew.

    Who has answered for something else is called again: what is new they have not said to have.

    Args:
        at: when it came about; ``now``: when the ticket learnt of it.
    """
    if not _calls(ticket.terms):
        return ticket
    call = current(ticket)
    if call is not None and call.by is None:
        causes = call.causes if cause in call.causes else (*call.causes, cause)
        return replace(ticket, call=replace(call, causes=causes))
    causes = tuple(each for each in (call.causes if call else ()) if each != cause)
    told_at = _told_at(ticket.terms, 0, at, now)
    return replace(ticket, call=Call(ticket.seq + 1, at, told_at, (*causes, cause)))


def broken(ticket: Ticket, obligation: Obligation, at: datetime, now: datetime) -> Ticket:
    """With somebody called for a promise that is broken; one that outlives the work waits for the morning."""
    if obligation.kind in OUTLIVE_THE_WORK:
        return ticket
    return begun(ticket, Cause(Why.BREACH, obligation.key), at, now)


def by_gravity(ticket: Ticket, at: datetime) -> Ticket:
    """With somebody called for a report that is among the gravest."""
    return begun(ticket, Cause(Why.GRAVEST), at, at) if _is_gravest(ticket) else ticket


def said(before: Ticket, after: Ticket) -> dict[str, Any]:
    """What an entry says of the call by which somebody is called now, or that is answered."""
    call, was = after.call, before.call
    if call is None:
        return {}
    if call.by is not None:
        return _answer(before, call) if was is None or call.by != was.by else {}
    goes_on = was is not None and was.id == call.id and was.by is None and set(call.causes) <= set(was.causes)
    return {} if goes_on else {"call": call.id}


def _answer(before: Ticket, call: Call) -> dict[str, Any]:
    """Which call it answers, and what that was for."""
    stood = current(before)
    return {"answers": call.id} | ({ANSWERED_FOR: _said_of(before, stood)} if stood else {})


def follow(before: Ticket, after: Ticket, command: Command) -> Ticket:
    """What an act makes of the call: begun by a report that becomes grave, answered, handed on, or over."""
    at = command.accepted_at
    if _is_gravest(after) and not _is_gravest(before):
        after = by_gravity(after, at)
    call = current(after)
    if call is not None and call.id <= before.seq:
        call = _answered(call, command) if _answers(call, command) else _handed_on(call, before, after, at)
    return after if call == after.call else replace(after, call=call)


def may_acknowledge(ticket: Ticket, command: Command) -> Refusal | None:
    """Whoever was called, while nobody has it. Asked without what the API finds, somebody was."""
    call = current(ticket)
    if call is None:
        return NOBODY_IS_CALLED
    if call.by is not None:
        return ANSWERED
    if CALLED not in command.known and not command.is_sent:
        return None
    return None if call.id in command.known.get(CALLED, ()) else NOT_CALLED


def has_left(ticket: Ticket, command: Command) -> Refusal | None:
    """Whoever has it, and nobody else meanwhile."""
    call = current(ticket)
    return None if call is not None and call.by is not None and call.by == command.known.get(FROM) else LEFT_BY_ANOTHER


def could_answer(command: Command) -> bool:
    """Whether whoever sends this would have a call by it, where one waits."""
    acts = command.kind in {C.ACKNOWLEDGE, C.TAKE} or command.kind not in TAKING_IN
    return acts and (command.kind is C.ACKNOWLEDGE or command.actor.role in ANSWERING)


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next rung, while nobody answers; the end of the shift of whoever has it."""
    call = current(ticket)
    if call is None:
        return
    if call.by is None:
        yield Deadline("call", call.told_at + _wait(ticket.terms, call.step), Event.UNANSWERED)
    elif call.until is not None:
        yield Deadline("call", call.until, Event.OFF_DUTY)


def call_on(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nobody has answered: the next rung is called. Of who has it and is off duty now, the first is, afresh."""
    call = current(ticket)
    if call is None:
        raise RuntimeError("nothing calls anybody")
    step = 1 if call.by else call.step + 1
    about = {"call": call.id, "step": step, "called_since": call.since.isoformat(), "causes": _said_of(ticket, call)}
    about |= {"roles": [_rung(ticket.terms, step)], "people": [], "lateness_ms": lateness_ms(now, deadline.at)}
    about |= {"from": call.by} if call.by else {}
    told_at = _told_at(ticket.terms, step, deadline.at, now)
    waiting = replace(call, step=step, told_at=told_at, by=None, until=None)
    return raise_alarm(replace(ticket, call=waiting), deadline, now, **about)


def _calls(terms: Terms) -> bool:
    return terms.edition >= EDITION_8 and bool(terms.call_ladder)


def _is_gravest(ticket: Ticket) -> bool:
    return Role.DUTY_MANAGER in called(ticket)


def _still_asks(ticket: Ticket, cause: Cause) -> bool:
    if cause.why is Why.GRAVEST:
        return _is_gravest(ticket)
    if cause.why is Why.UNOWNED:
        return ticket.assignee is None
    return any(each.key == cause.key and each.counts for each in ticket.obligations)


def _answers(call: Call, command: Command) -> bool:
    """Whether whoever sent it has the call by it: nobody has, or they take the ticket."""
    return could_answer(command) and (call.by is None or command.kind is C.TAKE)


def _answered(call: Call, command: Command) -> Call:
    """Whoever is on no roster has it for a shift as well: whatever becomes of them, somebody is called then."""
    stated = command.known.get(ON_DUTY_UNTIL)
    until = datetime.fromisoformat(stated) if stated else command.accepted_at + A_SHIFT
    return replace(call, by=command.actor.id, until=until)


def _handed_on(call: Call, before: Ticket, after: Ticket, at: datetime) -> Call:
    """Who has it and gives the ticket away, or is taken off it, has it no more: the ladder begins anew."""
    gone = call.by is not None and call.by == before.assignee != after.assignee
    return replace(call, by=None, until=None, step=0, told_at=at) if gone else call


def _rung(terms: Terms, step: int) -> str:
    return terms.call_ladder[min(step, len(terms.call_ladder)) - 1]


def _wait(terms: Terms, step: int) -> timedelta:
    """How long after so many rungs the next one is called."""
    doublings = max(0, step - len(terms.call_ladder) - OURS.calls_at_the_end + 2)
    pace = timedelta(minutes=terms.call_every_min)
    return max(pace, min(pace * (1 << min(doublings, _TO_A_DAY)), _LONGEST))


def _told_at(terms: Terms, step: int, at: datetime, now: datetime) -> datetime:
    """Since when the next rung is waited for. Whoever could not be told in time has as long to answer."""
    return at if at + _wait(terms, step) > now else now


def _said_of(ticket: Ticket, call: Call) -> list[dict[str, str]]:
    kinds = {each.key: each.kind for each in ticket.obligations}
    return [{"why": each.why} | ({"kind": kinds[each.key]} if each.key else {}) for each in call.causes]


def _go_on(ticket: Ticket, now: datetime) -> Ticket:
    """The first of the ladder are called at once, as at the end of a shift."""
    return call_on(ticket, Deadline("call", now, Event.OFF_DUTY), now)


def _who_left(before: Ticket, _: Ticket, __: Command) -> dict[str, Any]:
    return {FROM: before.call.by} if before.call else {}


MATTER = Matter(
    rows=(
        Row(C.ACKNOWLEDGE, Happening.ACKNOWLEDGED, (MAYBE_TEXT,), needs=may_acknowledge),
        Row(C.LEAVE_CALL, Happening.CALL_LEFT, (REASON,), needs=has_left, says=_who_left, follows=_go_on),
    ),
    waits=waits,
    brings={Event.UNANSWERED: call_on, Event.OFF_DUTY: call_on},
)
