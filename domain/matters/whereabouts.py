"""Whereabouts: who is on the way and who is on site, each by themselves, in whatever order it is told.

What a manager records stands for whoever comes: they say it for people who cannot say it themselves.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.contract.calendars import CHINA
from domain.contract.clauses import Arming, Kind
from domain.contract.phrases import moment
from domain.contract.terms import EDITION_4
from domain.people.actors import Role
from domain.ticket import clocks
from domain.ticket.commands import Command, Field, Type
from domain.ticket.records import Visit
from domain.ticket.ticket import Ticket
from domain.words.label import Label
from domain.words.refusals import Refusal

ON_THE_WAY = Refusal(
    "on_the_way_already",
    Label(
        "已记录 {since} 出发：到达后请记录到达（arrive），不去了请结束上门（end_visit）；实际出发更早的，请填写"
        "发生时间（occurred_at）。",
        "On the way since {since}: say when they arrive (arrive), or that they turned back (end_visit); an earlier "
        "departure says when (occurred_at).",
    ),
)
ON_SITE = Refusal(
    "on_site_already",
    Label(
        "已记录 {since} 到达现场：再次上门前，请先结束本次上门（end_visit）；实际到达更早的，请填写发生时间"
        "（occurred_at）。",
        "On site since {since}: end this visit before the next (end_visit); an earlier arrival says when "
        "(occurred_at).",
    ),
)
SET_OUT = Refusal(
    "set_out_already",
    Label(
        "此人 {since} 起已在路上或现场，无需再派：有话请直接联系；要再去一次，请先结束本次上门（end_visit）。",
        "They have been on the way or on site since {since}, and need not be sent: call them, or end this visit before "
        "the next (end_visit).",
    ),
)
NO_VISIT = Refusal(
    "no_visit",
    Label(
        "没有未结束的上门；去过现场的，请先补记到达，并填写发生时间（arrive，occurred_at）；别人的上门由本人或项目经理、"
        "值班经理结束。",
        "No visit of theirs is under way; if there was one, say first that they arrived, and when (arrive, "
        "occurred_at). Somebody else's is ended by themselves or a manager.",
    ),
)


class Unit(StrEnum):
    """Who is sent: the local office, or the division that stands behind it. Stored in histories."""

    LOCAL = "local"
    DIVISION = "division"


UNIT = Field("unit", Type.WORD, required=False, choices=tuple(Unit))
#: Who goes there themselves.
_GO = frozenset({Role.ENGINEER, Role.EXPERT})
_WHOEVER = ""


def are_known(ticket: Ticket) -> bool:
    """Whether it is known person by person; what was decided before stays as it was decided."""
    return ticket.terms.edition >= EDITION_4


def may_depart(ticket: Ticket, command: Command) -> Refusal | None:
    """Nobody sets out twice at once, nor while they are on site; an earlier departure may be told late."""
    at = clocks.takes_effect(ticket, command, Kind.DEPART)
    visit = _meant(ticket, command, at)
    if visit is None or at < visit.since or _is_anothers(visit, command):
        return None
    return _since(ON_SITE, visit.arrived_at) if visit.arrived_at else _since(ON_THE_WAY, visit.since)


def may_arrive(ticket: Ticket, command: Command) -> Refusal | None:
    """Nobody arrives twice at once; an earlier arrival may be told late."""
    at = clocks.takes_effect(ticket, command, Kind.ARRIVE)
    visit = _meant(ticket, command, at)
    if visit is None or visit.arrived_at is None or at < visit.arrived_at or _is_anothers(visit, command):
        return None
    return _since(ON_SITE, visit.arrived_at)


def may_end(ticket: Ticket, command: Command) -> Refusal | None:
    """A visit that nobody has ended yet; also one of which the opening says that somebody was there."""
    there_already = bool(ticket.facts.get("on_site")) and not ticket.visits
    return None if not are_known(ticket) or there_already or _to_end(ticket, command) else NO_VISIT


def may_be_sent(ticket: Ticket, who: str, command: Command) -> Refusal | None:
    """Nobody is sent who was sent and has set out, unless it is told late, or they go for other people now."""
    visit = next((each for each in ticket.visits if each.by == who and each.until is None), None)
    if visit is None or Arming.DISPATCHED not in ticket.armings or _is_anothers(visit, command):
        return None
    return _since(SET_OUT, visit.since) if clocks.takes_effect(ticket, command, None) >= visit.since else None


def departed(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Somebody is on the way, or was."""
    visit = _meant(ticket, command, at)
    if visit is None:
        return _with(ticket, None, replace(_begun(ticket, command, at), departed_at=at))
    earlier = at if visit.departed_at is None else min(at, visit.departed_at)
    return _with(ticket, visit, _told_as(replace(visit, departed_at=earlier), command))


def arrived(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """Somebody is on site, or was."""
    visit = _meant(ticket, command, at)
    if visit is None:
        return _with(ticket, None, replace(_begun(ticket, command, at), arrived_at=at))
    earlier = at if visit.arrived_at is None else min(at, visit.arrived_at)
    return _with(ticket, visit, _told_as(replace(visit, arrived_at=earlier), command))


def left(ticket: Ticket, command: Command, at: datetime) -> tuple[Ticket, bool]:
    """With the visit over, and whether anybody had been on site."""
    ended = _to_end(ticket, command)
    for visit in ended:
        until = max(at, visit.since)
        over = replace(visit, until=until if visit.until is None else min(until, visit.until), over=True)
        ticket = _with(ticket, visit, over)
    return ticket, any(visit.arrived_at for visit in ended) or not ended


def resolved(ticket: Ticket, at: datetime) -> tuple[Visit, ...]:
    """All visits, none of which lasts longer than until the resolution."""
    return tuple(each if each.until else replace(each, until=max(at, each.since)) for each in ticket.visits)


def _meant(ticket: Ticket, command: Command, at: datetime) -> Visit | None:
    """The visit of theirs that lasted then; else the next, which may have begun earlier than it was told."""
    for visit in _own(ticket, command) if are_known(ticket) else ():
        if visit.since > at:
            return None if visit.over and visit.departed_at else visit
        if _lasted(ticket, visit, at):
            return visit
    return None


def _lasted(ticket: Ticket, visit: Visit, at: datetime) -> bool:
    until_resolved = not visit.over and ticket.resolution is not None
    return visit.until is None or at < visit.until or (until_resolved and at == visit.until)


def _own(ticket: Ticket, command: Command) -> list[Visit]:
    """The sender's, and those that were recorded for whoever comes, in the order in which they began."""
    return sorted((each for each in ticket.visits if each.by in {_who(command), _WHOEVER}), key=lambda each: each.since)


def _who(command: Command) -> str:
    return command.actor.id if command.actor.role in _GO else _WHOEVER


def _is_anothers(visit: Visit, command: Command) -> bool:
    """Whether it counts for other people than was told at first; asked for the best of its data, it could."""
    if not command.is_sent and not command.data:
        return not set(Unit) <= set(visit.units)
    return UNIT.of(command) not in {None, *visit.units}


def _begun(ticket: Ticket, command: Command, at: datetime) -> Visit:
    """A visit that is new; one that is told late lasts no longer than until the next, or until the resolution."""
    later = [each.since for each in _own(ticket, command) if each.since > at]
    if not later and ticket.resolution is not None:
        later = [ticket.resolution.at]
    return _told_as(Visit(_who(command), until=min(later, default=None)), command)


def _told_as(visit: Visit, command: Command) -> Visit:
    unit = UNIT.of(command)
    return visit if unit in {None, *visit.units} else replace(visit, units=(*visit.units, unit))


def _to_end(ticket: Ticket, command: Command) -> list[Visit]:
    """The sender's visit that lasts, or their last that nobody ended; a manager without one ends everybody's."""
    own = [each for each in _own(ticket, command) if not each.over]
    if own or _who(command) != _WHOEVER:
        return [each for each in own if each.until is None] or own[-1:]
    return [each for each in ticket.visits if not each.over and (each.until is None or ticket.resolution is not None)]


def _with(ticket: Ticket, known: Visit | None, visit: Visit) -> Ticket:
    """With a visit as it is known now; who is on the way and who is on site follows."""
    kept = [each for each in ticket.visits if each is not known]
    visits = (*kept, visit)
    last = [each for each in visits if each.until is None]
    on_way = [each.since for each in last if each.arrived_at is None]
    on_site = [each.arrived_at for each in last if each.arrived_at is not None]
    on_way_since, on_site_since = min(on_way, default=None), min(on_site, default=None)
    return replace(ticket, visits=visits, on_way_since=on_way_since, on_site_since=on_site_since)


def _since(refusal: Refusal, at: datetime) -> Refusal:
    return refusal.filled(since=moment(at.astimezone(CHINA)))
