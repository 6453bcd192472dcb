"""Which alarms were due, and which were not: reckoned again beside a replay, instant by instant."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from domain.contract.clauses import Clause, Counting, Origin
from domain.contract.labels import KINDS
from domain.contract.promises import Promise, applicable, calendar_of, moment_of
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.obligations import BREACH, Obligation
from domain.ticket.ticket import Ticket
from domain.timekeeping import catch_up
from domain.words.label import Label
from gateway.verdict.reckoning import Clock
from store.watch.reading import GRACE_S
from workflows.keeper import Keeper

_GRACE = timedelta(seconds=GRACE_S)
_NOT_DUE = Label("{kind} {rung}% 的告警本不应发出", "the alarm of {kind} at {rung} % was not due")
_AT_ANOTHER_TIME = Label(
    "{kind} {rung}% 的告警应在 {due} 发出", "the alarm of {kind} at {rung} % was due at another instant: {due}"
)
_MISSING = Label(
    "{kind} {rung}% 的告警应在 {due} 发出，却没有", "the alarm of {kind} at {rung} %, due at {due}, is missing"
)


@dataclass
class Alarms:
    """Looks on while a run is replayed; nothing that it finds keeps the replay from going on.

    Attributes:
        event: of the history, up to which the replay has come.
        wrong: what was found first, and at which event; nothing, where all is as it should be.
    """

    event: int = 0
    wrong: list[tuple[int, Label]] = field(default_factory=list)
    _keeper: Keeper[Ticket] | None = None

    def watch(self, keeper: Keeper[Ticket]) -> None:
        """Look on whenever this keeper lets time do its part."""
        keeper.law = replace(keeper.law, catch_up=self.caught_up)
        self._keeper = keeper

    def ends(self, event: int, at: datetime) -> None:
        """The history goes no further; where its ticket is not over, what was due a minute before was raised."""
        self.event = event
        if self._keeper and (ticket := self._keeper.kept.ticket) and not self._keeper.is_over:
            self._none_is_missing(ticket, at - _GRACE)

    def caught_up(self, ticket: Ticket, *, upto: datetime, now: datetime) -> Ticket:
        """As ``catch_up``: what is raised was due then, and what was due is raised."""
        after = catch_up(ticket, upto=upto, now=now, seen=self._is_due)
        self._none_is_missing(after, upto)
        return after

    def _is_due(self, ticket: Ticket, deadline: Deadline) -> None:
        """A rung that is raised now is due at that instant, and still open."""
        if deadline.event is not Event.RUNG:
            return
        obligation = next(each for each in ticket.obligations if each.key == deadline.key)
        due = dict(open_rungs(ticket, obligation)).get(deadline.rung)
        if due is None:
            self._wrong(_NOT_DUE, obligation, deadline.rung)
        elif due != deadline.at:
            self._wrong(_AT_ANOTHER_TIME, obligation, deadline.rung, due)

    def _none_is_missing(self, ticket: Ticket, upto: datetime) -> None:
        for obligation in ticket.obligations:
            for rung, due in open_rungs(ticket, obligation):
                if due <= upto:
                    self._wrong(_MISSING, obligation, rung, due)

    def _wrong(self, label: Label, obligation: Obligation, rung: int, due: datetime | None = None) -> None:
        said = label.filled(kind=KINDS[obligation.kind], rung=rung, due=due.isoformat() if due else "")
        self.wrong.append((self.event, said))


def open_rungs(ticket: Ticket, obligation: Obligation) -> Iterator[tuple[int, datetime]]:
    """The rungs that may still be raised, and when they are due."""
    if obligation.armed_at is None or obligation.met_at is not None or obligation.let_go is not None:
        return
    if any(stop.until is None and obligation.kind in stop.kinds for stop in ticket.stops):
        return
    for rung in ticket.terms.rungs:
        if obligation.breached if rung == BREACH else any(alarm.rung == rung for alarm in obligation.alarms):
            continue
        due = _due(ticket, obligation, rung)
        ahead = due is not None and (obligation.set_at is None or due > obligation.set_at)
        if due is not None and (rung >= BREACH or (ahead and not obligation.breached)):
            yield rung, due


def _due(ticket: Ticket, obligation: Obligation, rung: int) -> datetime | None:
    """When a rung is due, by the case and the clause alone; what is breached keeps the due time that it had."""
    promise, extension = obligation.promise, ticket.case.extensions.get(obligation.kind)
    clock = _clock(ticket, promise.clause)
    if clock is None:
        return None
    if extension is None:
        return _reached(clock, rung)
    # Agreed to wait: never earlier than the strictest clause has it, and every rung moves by as much.
    due = promise.due_at if obligation.breached else max(_strictest(ticket, promise), extension.until)
    return due and due + (_reached(clock, rung) - _reached(clock, BREACH))


def _strictest(ticket: Ticket, promise: Promise) -> datetime:
    """The earliest due time of the clauses that promise the same."""
    rivals = [each for each in applicable(ticket.terms, ticket.case) if each.kind is promise.kind]
    clocks = [_clock(ticket, each) for each in rivals if each.armed == promise.armed]
    return min(_reached(clock, BREACH) for clock in clocks if clock)


def _clock(ticket: Ticket, clause: Clause) -> Clock | None:
    """How the clause's time runs in this case; None while that has not begun."""
    terms, case = ticket.terms, ticket.case
    unbooked = clause.origin is Origin.BOOKED and Origin.BOOKED not in case.moments
    origin = moment_of(case, Origin.RECEIVED if unbooked else clause.origin)
    if origin is None:
        return None
    remote = terms.remote_calendar if clause.remote else None
    counting, hours = (Counting.SERVICE, remote) if remote else (clause.counting, clause.calendar)
    stops = tuple((s.since, s.until) for s in case.stops if s.until is not None and clause.kind in s.kinds)
    return Clock(counting, calendar_of(terms, hours), terms.schedule, origin, clause.budget, stops)


@lru_cache(maxsize=4096)
def _reached(clock: Clock, rung: int) -> datetime:
    return clock.reaches(rung)
