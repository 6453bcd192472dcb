"""Due times depend only on the facts, in whatever order they became known; a pause takes nothing from a budget."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.contract.clauses import Arming, Kind
from domain.contract.facts import FACTS
from domain.contract.promises import Promise, Stop, promises, rung_at, running_segments
from policies import load_pack, pack_ids
from tests.domain.samples import FIXING, at, case_of, promise_of, random_case, terms_of


class TestDependsOnTheFactsOnly:
    """Not on the order in which they became known."""

    @pytest.mark.parametrize("pack", pack_ids())
    def test_facts_stops_and_calendars_in_any_order_give_the_same_promises(self, pack: str) -> None:
        """Pause, resume, classify, and hours that change, shuffled."""
        draw, terms = random.Random(pack), terms_of(pack)
        for _ in range(60):
            case = random_case(draw, terms.levels)
            expected = promises(terms, case)
            facts, stops, calendars = list(case.facts.items()), list(case.stops), list(terms.calendars)
            for each in (facts, stops, calendars):
                draw.shuffle(each)
            shuffled = replace(case, facts=dict(facts), stops=tuple(stops))
            assert promises(replace(terms, calendars=tuple(calendars)), shuffled) == expected

    @pytest.mark.parametrize("pack", pack_ids())
    def test_a_fact_that_no_clause_uses_changes_no_due_time(self, pack: str) -> None:
        """Every pack accepts every fact."""
        terms = terms_of(pack)
        used = {fact for clause in terms.clauses for fact in clause.when}
        for level in terms.levels:
            case = case_of("2026-02-12T10:00", level)
            for fact in FACTS.keys() - used:
                for value in FACTS[fact]:
                    assert promises(terms, replace(case, facts={fact: value})) == promises(terms, case)

    @pytest.mark.parametrize("pack", pack_ids())
    def test_every_case_has_at_most_one_promise_of_a_key(self, pack: str) -> None:
        """The key is its name on the ticket."""
        draw, terms = random.Random(pack), terms_of(pack)
        for _ in range(200):
            keys = [promise.key for promise in promises(terms, random_case(draw, terms.levels))]
            assert len(keys) == len(set(keys))

    def test_those_that_count_from_the_start_stand_first(self) -> None:
        """The order of screens and of the command line."""
        for pack in pack_ids():
            terms = terms_of(pack)
            made = promises(terms, case_of("2026-02-12T10:00", terms.levels[0]))
            now = [promise.armed == (Arming.NOW,) for promise in made]
            assert now == sorted(now, reverse=True)


class TestStops:
    """A pause takes nothing from the budget."""

    RESOLVE = "resolve"

    def _resolve(self, *stops: Stop) -> Promise:
        case = replace(case_of("2026-02-12T10:00", "II"), stops=stops)
        return promise_of(terms_of("nuobida"), case, self.RESOLVE)

    def test_a_stop_moves_the_due_time_of_its_kinds_only(self) -> None:
        """Pauses stop restore, resolve and substitute."""
        stop = Stop(FIXING, at("2026-02-12T11:00"), at("2026-02-12T12:30"))
        case = replace(case_of("2026-02-12T10:00", "II"), stops=(stop,))
        assert self._resolve(stop).due_at == at("2026-02-12T15:30")
        assert promise_of(terms_of("nuobida"), case, "plan").due_at == at("2026-02-12T12:00")

    def test_stops_that_overlap_count_once(self) -> None:
        """A clock runs when nothing stops it."""
        one = Stop(FIXING, at("2026-02-12T11:00"), at("2026-02-12T12:00"))
        other = Stop(frozenset({Kind.RESOLVE}), at("2026-02-12T11:30"), at("2026-02-12T13:00"))
        assert self._resolve(one, other).due_at == self._resolve(other, one).due_at == at("2026-02-12T16:00")

    def test_while_a_stop_lasts_the_due_time_is_that_of_its_beginning(self) -> None:
        """Nobody knows yet how long it will be."""
        assert self._resolve(Stop(FIXING, at("2026-02-12T11:00"))).due_at == at("2026-02-12T14:00")

    def test_the_segments_are_the_time_from_the_origin_without_the_stops(self) -> None:
        """Up to the instant asked for; a stop that lasts has no end."""
        ended = Stop(FIXING, at("2026-02-12T11:00"), at("2026-02-12T12:00"))
        lasting = Stop(FIXING, at("2026-02-12T13:00"))
        case = replace(case_of("2026-02-12T10:00", "II"), stops=(ended, lasting))
        promise = promise_of(terms_of("nuobida"), case, "resolve")
        assert running_segments(terms_of("nuobida"), case, promise, at("2026-02-12T15:00")) == (
            (at("2026-02-12T10:00"), at("2026-02-12T11:00")),
            (at("2026-02-12T12:00"), at("2026-02-12T13:00")),
        )
        assert running_segments(terms_of("nuobida"), case, promise, at("2026-02-12T10:30")) == (
            (at("2026-02-12T10:00"), at("2026-02-12T10:30")),
        )
        assert running_segments(terms_of("nuobida"), case, promise, at("2026-02-12T10:00")) == ()

    def test_what_has_not_begun_has_no_segments_and_no_rungs(self) -> None:
        """Its origin is unknown."""
        terms, case = terms_of("nuobida"), case_of("2026-02-12T10:00", "II")
        depart = promise_of(terms, case, "depart@dispatched")
        assert running_segments(terms, case, depart, at("2026-02-13T10:00")) == ()
        assert rung_at(terms, case, depart, 50) is None

    @pytest.mark.parametrize("percent", [50, 80, 100, 150])
    def test_rungs_lie_at_a_share_of_the_running_time(self, percent: int) -> None:
        """Four hours on the wall with an hour's stop after the first."""
        stop = Stop(FIXING, at("2026-02-12T11:00"), at("2026-02-12T12:00"))
        case = replace(case_of("2026-02-12T10:00", "II"), stops=(stop,))
        terms = terms_of("nuobida")
        rung = rung_at(terms, case, promise_of(terms, case, "resolve"), percent)
        assert rung == at("2026-02-12T11:00") + percent * timedelta(hours=4) / 100


def test_terms_for_some_years_give_the_same_due_times() -> None:
    """What travels in the history of a ticket is a part of the schedule."""
    for pack in pack_ids():
        whole, part = load_pack(pack).terms(), load_pack(pack).terms(years=(2025, 2099))
        assert len(part.schedule.days_off) < len(whole.schedule.days_off)
        draw = random.Random(pack)
        for _ in range(50):
            case = random_case(draw, whole.levels)
            assert promises(part, case) == promises(whole, case)
