"""Which clauses rule a case, and when each promise falls due. A pure function of the terms and the facts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.contract.calendars import DAY, Calendar, Hours, hours, instant_at, ticks
from domain.contract.clauses import Arming, Clause, Counting, FactValue, Kind, Origin
from domain.contract.counting import Stops, due, length, merged, share, start
from domain.contract.terms import Terms

#: Kinds that are promised before anybody has classified the report.
UNCLASSIFIED = frozenset({Kind.RESPOND, Kind.CONTACT, Kind.HANDOVER})


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch of time in which clocks of some kinds stand still: a pause, or the wait for a confirmation.

    ``until`` is None while it lasts. Half-open. While it lasts it takes nothing from a due time: shown is the
    instant that would hold if it ended where it began.

    Stored in histories.
    """

    kinds: frozenset[Kind]
    since: datetime
    until: datetime | None = None
    reason: str = ""  # for the explanation only


@dataclass(frozen=True, slots=True)
class Extension:
    """The customer's agreement in writing to wait for a kind, by a clause, until an instant. Stored in histories."""

    clause: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """All that due times depend on. Nothing else does, neither the order nor the moment of a command.

    Attributes:
        level: None while nobody has classified the report.
        moments: the origins that have happened, as they did; ``received`` always has.
        extensions: kind by kind, until when the customer agreed in writing to wait (001-05).
    """

    moments: dict[Origin, datetime]
    level: str | None = None
    facts: dict[str, FactValue] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()
    stops: tuple[Stop, ...] = ()
    extensions: dict[Kind, Extension] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promise:
    """A kind of obligation as it stands for a case: the clause that rules and the instant it is due.

    Clauses of one kind that arm on different events make a promise each.

    Attributes:
        superseded: ids of the clauses that lost, in the order of the document.
        origin: received, where the clause counts from an appointment and there is none.
        counting: as the clause says, or in the hours of remote service that the contract sets (000-25).
        due_at: None while the origin has not happened.
        provisional: it reaches into a year whose schedule is not published.

    Stored in histories.
    """

    kind: Kind
    clause: Clause
    superseded: tuple[str, ...]
    origin: Origin
    counting: Counting
    calendar: str
    due_at: datetime | None
    provisional: bool
    default: bool

    @property
    def armed(self) -> tuple[Arming, ...]:
        """What arms it; any one of them does."""
        return self.clause.armed

    @property
    def key(self) -> str:
        """Its name on the ticket: the kind, and what arms it where that is not the opening."""
        return self.kind if self.armed == (Arming.NOW,) else f"{self.kind}@{'|'.join(self.armed)}"


def promises(terms: Terms, case: Case) -> tuple[Promise, ...]:
    """Every promise that the terms make in this case, those armed from the start first; in document order.

    OverflowError where a due time lies outside the years 1 to 9999; LookupError for a calendar that the terms
    do not have.
    """
    groups: dict[tuple[Kind, tuple[Arming, ...]], list[Promise]] = {}
    for clause in applicable(terms, case):
        groups.setdefault((clause.kind, clause.armed), []).append(_counted(terms, case, clause))
    free = [_strictest(rivals) for (kind, _), rivals in groups.items() if kind not in case.extensions]
    ruling = [*free, *_extended(groups, case)]
    return tuple(sorted(ruling, key=lambda promise: promise.armed != (Arming.NOW,)))


def applicable(terms: Terms, case: Case) -> list[Clause]:
    """The clauses that hold in this case, in document order, without those that a special one silences."""
    facts = terms.fact_defaults | case.facts
    level = case.level or terms.levels[0]
    matching = [
        clause
        for clause in terms.clauses
        if (terms.covered or clause.kind is Kind.RESPOND)
        and (not clause.levels or level in clause.levels)
        and (case.level or clause.kind in UNCLASSIFIED)
        and (clause.consent is None or clause.consent in case.consents)
        and all(facts.get(name) in values for name, values in clause.when.items())
    ]
    special = {clause.kind for clause in matching if clause.instead}
    return [clause for clause in matching if clause.instead or clause.kind not in special]


def rung_at(terms: Terms, case: Case, promise: Promise, percent: int) -> datetime | None:
    """The instant at which that share of the budget is spent; None while the origin has not happened."""
    origin = moment_of(case, promise.origin)
    if origin is None:
        return None
    clause = promise.clause
    calendar = hours_of(terms, promise.calendar)
    stops = stops_of(case, clause.kind)

    def spent(so_much: int) -> datetime:
        return instant_at(share(promise.counting, calendar, ticks(origin), clause.budget, so_much, stops))

    if clause.kind not in case.extensions or promise.due_at is None:
        return spent(percent)
    # An extension moves every rung by what it moves the due time.
    return spent(percent) + (promise.due_at - spent(100))


def counted_after(terms: Terms, promise: Promise, since: datetime, length_: timedelta) -> datetime:
    """The instant so much later, counted as the promise is: what sleeps at night for it sleeps for this, too."""
    counting = promise.counting if isinstance(promise.clause.budget, timedelta) else Counting.SERVICE
    return instant_at(due(counting, hours_of(terms, promise.calendar), ticks(since), length_)[0])


def recounted(terms: Terms, case: Case, promise: Promise) -> Promise:
    """What the promise's clause alone promises in another case."""
    alone, extension = _counted(terms, case, promise.clause), case.extensions.get(promise.kind)
    if extension is None or alone.due_at is None:
        return alone
    return replace(alone, due_at=max(alone.due_at, extension.until))


def running_segments(
    terms: Terms, case: Case, promise: Promise, until: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """Stretches up to ``until`` in which the promise's clock ran: from its start, outside the stops."""
    origin = moment_of(case, promise.origin)
    if origin is None:
        return ()
    begun = start(promise.counting, hours_of(terms, promise.calendar), ticks(origin))
    segments, end = [], ticks(until)
    for since, resumed in merged(_stretch(stop, end) for stop in case.stops if promise.kind in stop.kinds):
        if begun < min(since, end):
            segments.append((begun, min(since, end)))
        begun = max(begun, resumed)
    if begun < end:
        segments.append((begun, end))
    return tuple((instant_at(begin), instant_at(finish)) for begin, finish in segments)


def moment_of(case: Case, origin: Origin) -> datetime | None:
    """When the origin happened, if it has.

    Nobody knowing when a fault occurred, it is taken as received; an appointment later than the dispatch takes its
    place.
    """
    moment = case.moments.get(origin)
    if moment is None:
        return case.moments[Origin.RECEIVED] if origin is Origin.FAULT else None
    return max(moment, case.moments.get(Origin.BOOKED, moment)) if origin is Origin.DISPATCHED else moment


def calendar_of(terms: Terms, calendar: str) -> Calendar:
    """The calendar of that id. LookupError when the terms do not have it."""
    for known in terms.calendars:
        if known.id == calendar:
            return known
    raise LookupError(f"the terms of {terms.contract} have no calendar {calendar}")


def hours_of(terms: Terms, calendar: str) -> Hours:
    """The calendar of that id, ready for arithmetic. LookupError when the terms do not have it."""
    return hours(calendar_of(terms, calendar), terms.schedule)


def stops_of(case: Case, kind: Kind) -> Stops:
    """The stops of a kind that have ended, merged."""
    return merged(_stretch(stop, None) for stop in case.stops if kind in stop.kinds) if case.stops else ()


def _stretch(stop: Stop, now: int | None) -> tuple[int, int]:
    """A stop in ticks; one that lasts reaches to now, or is empty where there is none."""
    since = ticks(stop.since)
    if stop.until is None:
        return since, since if now is None else max(now, since)
    return since, ticks(stop.until)


def _counted(terms: Terms, case: Case, clause: Clause) -> Promise:
    """What the clause alone promises."""
    counting, calendar = _hours_counted(terms, clause)
    unbooked = clause.origin is Origin.BOOKED and Origin.BOOKED not in case.moments
    origin = Origin.RECEIVED if unbooked else clause.origin
    due_at, known = None, True
    if (begun := moment_of(case, origin)) is not None:
        counted_in = hours_of(terms, calendar)
        tick, known = due(counting, counted_in, ticks(begun), clause.budget, stops_of(case, clause.kind))
        due_at = instant_at(tick)
    default = clause.default or not terms.covered
    return Promise(clause.kind, clause, (), origin, counting, calendar, due_at, not known, default)


def _extended(groups: dict[tuple[Kind, tuple[Arming, ...]], list[Promise]], case: Case) -> Iterator[Promise]:
    """The one promise of a kind for which the customer agreed to wait: no other clause of the kind competes.

    It is armed as its clause is, but never later than what the kind promises from the start.
    """
    for kind, extension in case.extensions.items():
        rivals = [promise for (of, _), each in groups.items() if of is kind for promise in each]
        ruling = [each for each in rivals if each.armed == (Arming.NOW,)] or rivals
        if not ruling:
            continue
        own = [each for each in ruling if each.clause.id == extension.clause]
        chosen = min(own or ruling, key=_rank)
        strictest = min((each for each in ruling if each.armed == chosen.armed), key=_rank).due_at
        yield replace(chosen, due_at=max(strictest or extension.until, extension.until))


def _hours_counted(terms: Terms, clause: Clause) -> tuple[Counting, str]:
    """How it is counted, and in which hours: those of remote service where the contract sets any (000-25)."""
    if clause.remote and terms.remote_calendar is not None:
        return Counting.SERVICE, terms.remote_calendar
    return clause.counting, clause.calendar


def _strictest(rivals: list[Promise]) -> Promise:
    """The promise due first rules, the first in the document on a tie; of those not begun the shortest."""
    if len(rivals) == 1:
        return rivals[0]
    winner = min(rivals, key=_rank)
    lost = tuple(dict.fromkeys(rival.clause.id for rival in rivals if rival is not winner))
    return replace(winner, superseded=lost)


def _rank(promise: Promise) -> tuple[int, int]:
    if promise.due_at is not None:
        return 0, ticks(promise.due_at)
    budget = promise.clause.budget
    return 1, budget * DAY if isinstance(budget, int) else length(budget)


def working_days_later(terms: Terms, since: datetime, days: int) -> datetime:
    """Closing time, in office hours (5*8), of the so-manieth working day after the day of ``since``."""
    tick, _ = due(Counting.WORKDAY_END, hours_of(terms, "5*8"), ticks(since), days)
    return instant_at(tick)
