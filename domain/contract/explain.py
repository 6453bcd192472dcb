"""Explanations: why a promise is due when it is, in sentences that a service manager can check by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.contract.calendars import CHINA, instant_at, ticks
from domain.contract.clauses import Arming, Counting, Origin
from domain.contract.counting import due, start, stopped
from domain.contract.labels import ARMINGS, KINDS, ORIGINS, PAUSES
from domain.contract.phrases import Phrases, clock, in_both, moment
from domain.contract.promises import Case, Promise, calendar_of, hours_of, moment_of, stops_of
from domain.contract.terms import Terms
from domain.words.label import Label

_STEPS = 6  # more of them are summarised: the first ones, how many there are, the last
Stretch = tuple[int, int]


def explain(terms: Terms, case: Case, promise: Promise) -> Label:
    """Why the promise is due when it is."""
    return in_both(lambda words: _sentences(_Telling(terms, case, promise, words)))


@dataclass(frozen=True, slots=True)
class _Telling:
    """What is explained, and in which language."""

    terms: Terms
    case: Case
    promise: Promise
    words: Phrases

    def called(self, label: Label) -> str:
        """What it is called in the language."""
        return label.to(self.words.language)


def _sentences(telling: _Telling) -> str:
    sentences = [_promised(telling), *_armed(telling), *_counted(telling), *_remarks(telling)]
    end = telling.words.sentence_end
    return "".join(f"{sentence[:1].upper()}{sentence[1:]}{end}" for sentence in sentences).strip()


def _promised(telling: _Telling) -> str:
    """What is promised, by which clause."""
    clause, words = telling.promise.clause, telling.words
    kind = telling.called(telling.terms.kind_names.get(clause.kind, KINDS[clause.kind]))
    named = (words.clause_line if clause.line else words.clause).format(kind=kind, clause=clause.id, line=clause.line)
    form = {Counting.WORKDAY_END: words.within_workdays, Counting.DAY_END: words.within_days}
    budget = clause.budget if isinstance(clause.budget, int) else words.duration(clause.budget)
    origin = telling.called(ORIGINS[telling.promise.origin])
    within = form.get(telling.promise.counting, words.within).format(origin=origin, budget=budget)
    return words.promised.format(clause=named, within=within)


def _armed(telling: _Telling) -> Iterator[str]:
    armed, words = telling.promise.armed, telling.words
    if armed != (Arming.NOW,):
        yield words.armed.format(events=words.either.join(telling.called(ARMINGS[event]) for event in armed))


def _counted(telling: _Telling) -> Iterator[str]:
    """From the origin to the due time."""
    promise, words = telling.promise, telling.words
    begun, origin = moment_of(telling.case, promise.origin), telling.called(ORIGINS[promise.origin])
    extension = telling.case.extensions.get(promise.kind)
    if begun is None or promise.due_at is None:
        yield words.waiting.format(origin=origin)
        if extension is not None:
            yield words.extended.format(moment=moment(extension.until.astimezone(CHINA)))
        return
    yield words.began.format(origin=origin, moment=moment(begun.astimezone(CHINA)))
    if promise.origin is Origin.FAULT and Origin.FAULT not in telling.case.moments:
        yield words.assumed_fault
    if extension is not None and promise.due_at == extension.until:
        yield words.extended.format(moment=moment(promise.due_at.astimezone(CHINA)))
    else:
        yield _COUNTED[promise.counting](telling, ticks(begun), promise.due_at)
        yield from _stops(telling, begun, promise.due_at)
    yield words.due.format(moment=moment(promise.due_at.astimezone(CHINA)))


def _wall(telling: _Telling, _origin: int, _due_at: datetime) -> str:
    return telling.words.wall


def _service(telling: _Telling, origin: int, due_at: datetime) -> str:
    stretches = list(_stretches(telling, origin, ticks(due_at)))
    shown = [_step(telling.words, stretch) for stretch in stretches]
    if len(shown) > _STEPS:
        shown[3:-2] = [telling.words.more.format(count=len(stretches))]
    return telling.words.service.format(hours=_hours(telling), steps=telling.words.separator.join(shown))


def _stretches(telling: _Telling, origin: int, end: int) -> Iterator[Stretch]:
    """The service time that was counted."""
    hours = hours_of(telling.terms, telling.promise.calendar)
    begin = origin
    for since, until in (*stops_of(telling.case, telling.promise.kind), (end, end)):
        yield from hours.stretches(begin, min(since, end))
        begin = max(begin, until)


def _step(words: Phrases, stretch: Stretch) -> str:
    begin, end = map(instant_at, stretch)
    closes = clock(end) if begin.date() == end.date() else "24:00"
    length = words.duration(timedelta(microseconds=stretch[1] - stretch[0]))
    return words.step.format(
        year=begin.year, month=begin.month, day=begin.day, begin=clock(begin), end=closes, length=length
    )


def _opening(telling: _Telling, origin: int, _due_at: datetime) -> str:
    """Where the clock started, and whether it waited for that."""
    begin = start(Counting.OPENING, hours_of(telling.terms, telling.promise.calendar), origin)
    form = telling.words.opening_inside if begin == origin else telling.words.opening
    return form.format(moment=moment(instant_at(begin)), hours=_hours(telling))


def _deferred(telling: _Telling, origin: int, due_at: datetime) -> str:
    """Where the wall time ended, and whether that moved the due time on."""
    promise, stops = telling.promise, stops_of(telling.case, telling.promise.kind)
    hours = hours_of(telling.terms, promise.calendar)
    elapsed, _ = due(Counting.WALL, hours, origin, promise.clause.budget, stops)
    form = telling.words.deferred_inside if elapsed == ticks(due_at) else telling.words.deferred
    return form.format(moment=moment(instant_at(elapsed)), hours=_hours(telling))


def _workday_end(telling: _Telling, origin: int, due_at: datetime) -> str:
    hours, words = hours_of(telling.terms, telling.promise.calendar), telling.words
    begin = origin + stopped(origin, ticks(due_at), stops_of(telling.case, telling.promise.kind))
    budget = telling.promise.clause.budget
    numbers = range(1, budget + 1) if isinstance(budget, int) else ()
    # A day that closes at midnight ends where the next begins.
    days = [instant_at(hours.closing(begin, number) - 1) for number in numbers]
    named = [words.workday.format(year=day.year, month=day.month, day=day.day) for day in days]
    return words.workdays.format(hours=_hours(telling), days=words.enumeration.join(named))


def _day_end(telling: _Telling, _origin: int, _due_at: datetime) -> str:
    return telling.words.days


_COUNTED = {
    Counting.WALL: _wall,
    Counting.SERVICE: _service,
    Counting.OPENING: _opening,
    Counting.DEFERRED: _deferred,
    Counting.WORKDAY_END: _workday_end,
    Counting.DAY_END: _day_end,
}


def _hours(telling: _Telling) -> str:
    return telling.words.hours(calendar_of(telling.terms, telling.promise.calendar))


def _stops(telling: _Telling, begun: datetime, due_at: datetime) -> Iterator[str]:
    """The stops that moved the due time, or may yet move it."""
    words = telling.words
    for stop in sorted(telling.case.stops, key=lambda stop: stop.since):
        if telling.promise.kind not in stop.kinds or stop.since >= due_at:
            continue
        known = PAUSES.get(stop.reason)
        reason = telling.called(known) if known else stop.reason
        told = words.reason.format(reason=reason) if reason else ""
        since = moment(stop.since.astimezone(CHINA))
        if stop.until is None:
            yield words.open_stop.format(since=since, reason=told)
        elif stop.until > begun:
            until = moment(stop.until.astimezone(CHINA))
            yield words.stop.format(since=since, until=until, reason=told)


def _remarks(telling: _Telling) -> Iterator[str]:
    promise, words = telling.promise, telling.words
    if telling.case.level is None:
        yield words.unclassified
    if not telling.terms.covered:
        yield words.uncovered
    if promise.superseded:
        yield words.superseded.format(clauses=words.enumeration.join(promise.superseded))
    if promise.provisional:
        yield words.provisional
    if promise.default:
        yield words.default
