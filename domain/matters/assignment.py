"""Assignment: who is in charge: taken, given, and taken by the first who acts (002-04)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.contract.clauses import Kind
from domain.contract.ours import OURS
from domain.contract.promises import rung_at
from domain.contract.terms import EDITION_3, EDITION_4, EDITION_6
from domain.matters import calls
from domain.matters.matter import MAYBE_TEXT, REASON, Matter, Row, Way
from domain.people.actors import IN_CHARGE, WORKING, Actor, Role
from domain.ticket import clocks
from domain.ticket.call import Cause, Why
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOBODY_IN_CHARGE = Refusal(
    "nobody_in_charge",
    Label("此单本来就无人负责，请直接指派。", "Nobody is in charge of it; put somebody in charge."),
)

ALREADY_THEIRS = Refusal(
    "already_theirs",
    Label("这张工单已由此人负责，无需改派。", "This person is in charge of it already; nothing needs to change."),
)
NOT_YOURS = Refusal(
    "not_yours",
    Label(
        "您不是此单负责人，不能转交或退回；请项目经理或值班经理处理，或先接单（take）。",
        "You are not in charge of it, so it is not yours to hand over or to leave: a project or duty manager does "
        "that, or you take it first (take).",
    ),
)
OFF_DUTY = Refusal(
    "off_duty",
    Label(
        "此人现在不当班，也不接下一班；请转交给当班或接班的人，或退回由热线安排（unassign）。",
        "This person is neither on duty now nor in the next shift; hand it to somebody who is, or leave it to the "
        "hotline (unassign).",
    ),
)
ALREADY_YOURS = Refusal("already_yours", Label("这张工单已由您负责。", "You are in charge of this ticket already."))
NOT_THEIRS = Refusal(
    "not_theirs",
    Label("此单已不由此人负责。", "This person is not in charge of it any more."),
)
CANNOT_ACT = Refusal(
    "cannot_act",
    Label(
        "此人不能处理工单；请指定工程师、技术专家、项目经理或值班经理。",
        "This person could not act on the ticket; name an engineer, an expert or a manager.",
    ),
)

_UNOWNED_FOR = timedelta(minutes=OURS.unowned_min)
_HALF = 50

TO = Field("to", Type.WORD)
#: In what the API found: the role of the person whom the command sends or puts in charge.
TO_ROLE = "to_role"
#: And whether by the roster they are there now or next; true where no roster is kept for what they do.
TO_IS_THERE = "to_is_there"
#: From whom alone the system takes it, who has left; anybody else may have taken it meanwhile.
FROM = "from"
#: Who gives away what is theirs, and nothing else.
GIVE_THEIR_OWN = frozenset({Role.ENGINEER, Role.EXPERT})

#: Who solves faults: whoever else has a report has not been handed it over.
_TAKE_OVER = frozenset({Role.ENGINEER, Role.EXPERT})
#: What puts nobody in charge who does it: it says itself who is, nothing is left to be in charge of, or whoever was
#: called says no more than that they have heard.
_NO_TAKING = frozenset({C.TAKE, C.REASSIGN, C.MERGE, C.DISCARD, C.ACKNOWLEDGE})
#: The same before edition 4: whoever discarded a ticket of nobody's, or ended it in another, took it by that.
_NO_TAKING_AT_FIRST = frozenset({C.TAKE, C.REASSIGN})


def take(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Somebody puts themselves in charge, also where somebody else is."""
    return put_in_charge(ticket, command.actor.id)


def reassign(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """To another person, with a reason."""
    return put_in_charge(ticket, TO.of(command))


def put_in_charge(ticket: Ticket, who: str) -> Ticket:
    """With somebody in charge, who counts as its handler from now on."""
    handlers = ticket.handlers if who in ticket.handlers else (*ticket.handlers, who)
    return replace(ticket, assignee=who, handlers=handlers, unowned_since=None, unowned_told=())


def leave_to_nobody(ticket: Ticket, _: Command, at: datetime) -> Ticket:
    """Nobody is in charge any more, openly: whoever was has left, or cannot go on."""
    return replace(ticket, assignee=None, unowned_since=at, unowned_told=())


def somebody_is_in_charge(ticket: Ticket, _: Command) -> Refusal | None:
    """Nobody is taken off a ticket that nobody is in charge of."""
    return None if ticket.assignee else NOBODY_IN_CHARGE


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """That nobody is in charge, soon, and again at half of the time to respond (000-03)."""
    if ticket.assignee is not None or not ticket.stage.is_work:
        return
    since = ticket.unowned_since or ticket.opening.accepted_at
    respond = next((each for each in ticket.obligations if each.kind is Kind.RESPOND), None)
    if Event.UNOWNED not in ticket.unowned_told:
        yield Deadline("owner", clocks.counted_as_respond(ticket, since, _UNOWNED_FOR), Event.UNOWNED)
    if respond is None or not respond.counts or Event.UNOWNED_HALF in ticket.unowned_told:
        return
    half = rung_at(ticket.terms, ticket.case, respond.promise, _HALF)
    if half is not None and not clocks.stands_still(ticket, respond):
        yield Deadline("owner", max(half, since), Event.UNOWNED_HALF)


def report_unowned(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nobody is in charge (000-03)."""
    since = ticket.unowned_since or ticket.opening.accepted_at
    told = replace(ticket, unowned_told=(*ticket.unowned_told, deadline.event))
    told = calls.begun(told, Cause(Why.UNOWNED), deadline.at, now)
    late = lateness_ms(now, deadline.at)
    about = {"clause": "000-03", "unowned_since": since.isoformat(), "lateness_ms": late, **calls.said(ticket, told)}
    return raise_alarm(told, deadline, now, **about)


def hands_over(_: Ticket, command: Command) -> frozenset[Kind]:
    """The report is handed over once an engineer or expert has it, by whatever command (004-07)."""
    return frozenset({Kind.HANDOVER}) if command.known.get(TO_ROLE) in _TAKE_OVER else frozenset()


def takes_over(ticket: Ticket, command: Command) -> frozenset[Kind]:
    """It is, too, once one of them takes it, asked to or by acting (004-07)."""
    takes = command.kind is C.TAKE or is_taken_by(ticket, command)
    return frozenset({Kind.HANDOVER}) if takes and command.actor.role in _TAKE_OVER else frozenset()


def is_taken_by(ticket: Ticket, command: Command) -> bool:
    """Whether this is the first act of somebody who may be in charge, on a ticket that has nobody."""
    no_taking = _NO_TAKING if ticket.terms.edition >= EDITION_4 else _NO_TAKING_AT_FIRST
    acts = command.actor.role in IN_CHARGE and command.kind not in no_taking
    return acts and ticket.stage.is_work and ticket.assignee is None


def noted_worker(ticket: Ticket, actor: Actor) -> Ticket:
    """With who works on it; a later role of theirs undoes nothing of that."""
    if actor.role not in WORKING or actor.id in ticket.workers:
        return ticket
    return replace(ticket, workers=(*ticket.workers, actor.id))


def has_worked(ticket: Ticket) -> frozenset[str]:
    """Whoever was in charge of the ticket, took its report or acted on it; before that was law, who was in charge."""
    handled = handled_by(ticket)
    return handled if ticket.terms.edition < EDITION_3 else handled | worked_by(ticket)


def handled_by(ticket: Ticket) -> frozenset[str]:
    """Whoever is or was in charge."""
    return frozenset({*ticket.handlers, *((ticket.assignee,) if ticket.assignee else ())})


def worked_by(ticket: Ticket) -> frozenset[str]:
    """Whoever took its report or acted on it."""
    opener = ticket.opening.opener
    return frozenset({*ticket.workers, *((opener.id,) if opener.role in WORKING else ())})


def taken_by_acting(before: Ticket, after: Ticket, command: Command) -> Ticket:
    """With whoever acted in charge, where nobody was: the ticket is taken by that act."""
    if not is_taken_by(before, command):
        return after
    return put_in_charge(after, command.actor.id).write(
        Happening.TAKEN,
        at=command.accepted_at,
        recorded_at=command.accepted_at,
        actor=command.actor,
        data={"by_itself": True, "kind": command.kind, "to": command.actor.id},
    )


def is_somebody_elses(ticket: Ticket, command: Command) -> Refusal | None:
    """Nobody takes what is theirs."""
    return ALREADY_YOURS if ticket.assignee == command.actor.id else None


def can_act(_: Ticket, command: Command) -> Refusal | None:
    """Work goes to people who could do it. Asked without data, somebody could."""
    return CANNOT_ACT if command.data and command.known.get(TO_ROLE) not in IN_CHARGE else None


def may_reassign(ticket: Ticket, command: Command) -> Refusal | None:
    """To somebody who could act and is not in charge yet; engineers and experts give theirs, to whoever is there."""
    if refusal := can_act(ticket, command) or _is_not_theirs_to_give(ticket, command):
        return refusal
    if ticket.terms.edition < EDITION_6 or not command.data:
        return None
    if TO.of(command) == ticket.assignee:
        return ALREADY_THEIRS
    gives_their_own = command.actor.role in GIVE_THEIR_OWN
    return OFF_DUTY if gives_their_own and not command.known.get(TO_IS_THERE) else None


def may_unassign(ticket: Ticket, command: Command) -> Refusal | None:
    """Somebody is in charge; engineers and experts leave nobody's work but theirs."""
    return somebody_is_in_charge(ticket, command) or _is_not_theirs_to_give(ticket, command)


def _is_not_theirs_to_give(ticket: Ticket, command: Command) -> Refusal | None:
    if command.known.get(FROM, ticket.assignee) != ticket.assignee:
        return NOT_THEIRS
    theirs = command.actor.role not in GIVE_THEIR_OWN or ticket.assignee in command.actor.accounts
    return None if theirs else NOT_YOURS


def to_somebody(_: Ticket, __: datetime) -> Iterator[Way]:
    """Whoever is named; who there is, is for the registry to say."""
    yield Way({TO.name: "somebody"}, {TO_ROLE: Role.ENGINEER, TO_IS_THERE: True})


def _who_before(before: Ticket, _: Ticket, __: Command) -> dict[str, Any]:
    """Who was in charge until then."""
    return {FROM: before.assignee} if before.assignee else {}


def _who_takes(before: Ticket, after: Ticket, command: Command) -> dict[str, Any]:
    """Who is in charge now, and who was."""
    return {"to": command.actor.id, **_who_before(before, after, command)}


MATTER = Matter(
    rows=(
        Row(
            C.TAKE,
            Happening.TAKEN,
            (MAYBE_TEXT,),
            needs=is_somebody_elses,
            does=take,
            says=_who_takes,
            as_stated=True,
        ),
        Row(
            C.REASSIGN,
            Happening.REASSIGNED,
            (TO, REASON),
            needs=may_reassign,
            does=reassign,
            says=_who_before,
            meets_too=hands_over,
            as_stated=True,
            ways=to_somebody,
        ),
        Row(
            C.UNASSIGN,
            Happening.UNASSIGNED,
            (REASON,),
            needs=may_unassign,
            does=leave_to_nobody,
            says=_who_before,
        ),
    ),
    waits=waits,
    brings={Event.UNOWNED: report_unowned, Event.UNOWNED_HALF: report_unowned},
)
