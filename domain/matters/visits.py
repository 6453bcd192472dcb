"""Visits: the application after remote work, the dispatch, the way, signs of life, the end (000-24, 002-07, 003-08)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.contract.clauses import Arming, Kind, Origin
from domain.contract.terms import EDITION_7
from domain.matters import whereabouts
from domain.matters.assignment import TO, can_act, hands_over, to_somebody
from domain.matters.ladder import STAGE
from domain.matters.matter import MAYBE_TEXT, NOT_APPLICABLE, TEXT, UNTIL_CLOSED, WITH_THE_TICKET, Gate, Matter, Row
from domain.matters.whereabouts import UNIT, Unit
from domain.ticket import clocks
from domain.ticket.commands import Command
from domain.ticket.commands import CommandKind as C
from domain.ticket.deadlines import Deadline, Event, lateness_ms, raise_alarm
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NO_APPLICATION = Refusal(
    "no_onsite_application",
    Label(
        "远程之后上门，须先提出内部申请（apply_onsite）。",
        "After remote work, going on site needs the internal application first (apply_onsite).",
    ),
)


def apply_onsite(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The internal application for a visit after remote work (000-24)."""
    return replace(ticket, onsite_applied=True)


def dispatch(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Somebody is sent, whoever is in charge. Sending the division declares that necessary."""
    ticket = clocks.arm(ticket, Arming.DISPATCHED, at, Origin.DISPATCHED)
    if UNIT.of(command) == Unit.DIVISION:
        ticket = clocks.arm(ticket, Arming.DECLARED, at)
    return ticket


def may_dispatch(ticket: Ticket, command: Command) -> Refusal | None:
    """Work goes to people who could do it and have not set out for it yet. Asked without data, somebody could."""
    refusal = can_act(ticket, command)
    if refusal or not command.data or ticket.terms.edition < EDITION_7:
        return refusal
    return whereabouts.may_be_sent(ticket, TO.of(command), command)


def depart(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Somebody is on the way. Of a resolved ticket it is told late."""
    if whereabouts.are_known(ticket):
        return whereabouts.departed(ticket, command, at)
    return replace(ticket, on_way_since=at) if ticket.stage.is_work else ticket


def arrive(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Somebody is there. Of a resolved ticket it is told late, and the visit is over."""
    if whereabouts.are_known(ticket):
        ticket = whereabouts.arrived(ticket, command, at)
        return ticket if ticket.stage.is_work else _left(ticket, at)
    ticket = replace(ticket, on_way_since=None)
    return replace(ticket, on_site_since=at) if ticket.stage.is_work else _left(ticket, at)


def end_visit(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """The visit is over; once the fault is resolved, a report on it may be owed (002-07)."""
    if whereabouts.are_known(ticket):
        ticket, was_there = whereabouts.left(ticket, command, at)
        return _left(ticket, at) if was_there else ticket
    return _left(replace(ticket, on_way_since=None, on_site_since=None), at)


def _left(ticket: Ticket, at: datetime) -> Ticket:
    """With the end of a visit, with the resolution at the latest; of several visits the last counts."""
    known, resolution = ticket.moments.get(Origin.VISIT_END), ticket.resolution
    if resolution is not None:
        ticket, at = clocks.arm(ticket, Arming.VISIT_END, at), min(at, resolution.at)
    return replace(ticket, moments=ticket.moments | {Origin.VISIT_END: max(at, known or at)})


def applied_before_on_site(ticket: Ticket, command: Command) -> Refusal | None:
    """After remote work, however long ago, a visit needs the internal application (000-24); other stages need none."""
    leads_elsewhere = command.kind is C.ADVANCE and STAGE.of(command) != Stage.ONSITE
    asked = Stage.REMOTE in ticket.entered and not ticket.onsite_applied
    return NO_APPLICATION if asked and not leads_elsewhere else None


def waits(ticket: Ticket) -> Iterator[Deadline]:
    """The next sign of life from the site, from the arrival to the end of the visit, once a silence."""
    every, heard = ticket.terms.heartbeat_min, ticket.heard_at
    if every and heard and ticket.on_site_since and heard != ticket.heartbeat_missed_since:
        yield Deadline("heartbeat", heard + timedelta(minutes=every), Event.HEARTBEAT)


def miss_heartbeat(ticket: Ticket, deadline: Deadline, now: datetime) -> Ticket:
    """Nothing has been heard from the site for too long (003-08)."""
    return raise_alarm(
        replace(ticket, heartbeat_missed_since=ticket.heard_at),
        deadline,
        now,
        clause="003-08",
        lateness_ms=lateness_ms(now, deadline.at),
    )


MATTER = Matter(
    rows=(
        Row(C.APPLY_ONSITE, Happening.ONSITE_APPLIED, (TEXT,), does=apply_onsite, as_stated=True),
        Row(
            C.DISPATCH,
            Happening.DISPATCHED,
            (TO, UNIT),
            needs=may_dispatch,
            does=dispatch,
            meets_too=hands_over,
            as_stated=True,
            ways=to_somebody,
        ),
        Row(
            C.DEPART,
            Happening.DEPARTED,
            (MAYBE_TEXT, UNIT),
            needs=whereabouts.may_depart,
            does=depart,
            meets=frozenset({Kind.DEPART}),
        ),
        Row(
            C.ARRIVE,
            Happening.ARRIVED,
            (MAYBE_TEXT, UNIT),
            needs=whereabouts.may_arrive,
            does=arrive,
            meets=frozenset({Kind.RESPOND, Kind.DEPART, Kind.ARRIVE}),
        ),
        Row(
            C.END_VISIT,
            Happening.VISIT_ENDED,
            (MAYBE_TEXT,),
            needs=whereabouts.may_end,
            does=end_visit,
            during=UNTIL_CLOSED,
            as_stated=True,
        ),
    ),
    gates=(
        Gate(
            id="onsite_application",
            clauses=("000-24",),
            name=Label("上门内部申请", "internal application for a visit"),
            asked=Label("远程处理之后上门", "a visit after remote work"),
            of=Label("工程师自己记录", "recorded by the engineer"),
            evidence=Label("申请内容", "the text of the application"),
            ends=WITH_THE_TICKET,
            refusal=NOT_APPLICABLE,
            given_by=(C.APPLY_ONSITE,),
            blocks=frozenset({C.DISPATCH, C.DEPART, C.ARRIVE, C.ADVANCE}),
            before=applied_before_on_site,
        ),
    ),
    waits=waits,
    brings={Event.HEARTBEAT: miss_heartbeat},
)
