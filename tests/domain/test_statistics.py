"""What is counted of tickets, and lengths of time that add up."""

from collections import Counter
from datetime import timedelta
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.statistics import MOVES, OUTCOMES, Line, Outcome, bucket, percentile, spent, stages
from domain.ticket.obligations import State
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from tests.domain.samples import at
from tests.domain.test_any_life import Step, lives, take, told

TEN = at("2026-02-13T10:00:00")
MINUTE = timedelta(minutes=1)


class TestLengths:
    @given(st.lists(st.floats(0, 1e9), min_size=1, max_size=300), st.floats(0.01, 1))
    def test_a_percentile_is_within_a_hundredth_of_the_nearest_rank_and_of_one_unit(
        self, lengths: list[float], share: float
    ):
        exact = sorted(lengths)[ceil(share * len(lengths)) - 1]
        found = percentile(Counter(bucket(length) for length in lengths), share)
        assert found == (pytest.approx(exact, abs=0.0102 * (exact + 1)) if bucket(exact) else 0)
        assert bucket(exact) or exact <= 0.02, "none at all is less than a fiftieth of a unit"

    @given(st.lists(st.integers(0, 500)), st.lists(st.integers(0, 500)))
    def test_those_of_two_months_are_those_of_both_together(self, one: list[int], other: list[int]):
        counts = Counter(map(bucket, one)) + Counter(map(bucket, other))
        assert percentile(counts, 0.9) == percentile(Counter(map(bucket, one + other)), 0.9)

    def test_of_nothing_there_is_none(self):
        assert percentile({}, 0.5) is None

    def test_none_at_all_is_none_at_all(self):
        assert percentile({bucket(0): 3, bucket(-5): 2}, 0.9) == 0


class TestPromises:
    def test_each_state_that_is_owed_or_decided_counts_as_something(self):
        """What is superseded, cancelled or not begun is nobody's promise."""
        assert set(State) - set(OUTCOMES) == {State.PENDING, State.SUPERSEDED, State.CANCELLED}
        assert set(OUTCOMES.values()) == set(Outcome) - {Outcome.LATE}  # that is a broken one, kept afterwards


class TestStages:
    @settings(max_examples=50)
    @given(lives)
    def test_the_timeline_tells_where_any_ticket_stands(self, life: tuple[str, str | None, bool, list[Step]]):
        """The ticket's own stage after every step, and the timeline's entries alone."""
        pack, level, major, taken = life
        ticket = told(pack, level, major=major)
        for step in taken:
            take(ticket, step)
            lines = [Line(e.happening, e.at, e.data) for e in ticket.ticket.fresh if e.happening in MOVES]
            assert next(reversed([Stage.TRIAGE, *stages(lines)])) is ticket.ticket.stage

    def test_all_times_that_it_was_in_a_stage_count_together(self):
        moves = [
            (5, Happening.RESPONDED, {}),
            (15, Happening.ADVANCED, {"stage": "onsite"}),
            (35, Happening.RESOLVED, {}),
            (45, Happening.REJECTED, {}),
            (50, Happening.RESOLVED, {}),
            (90, Happening.CLOSED, {}),
        ]
        lengths = spent(TEN, [Line(what, TEN + minute * MINUTE, data) for minute, what, data in moves])
        assert lengths == {
            Stage.TRIAGE: 5 * MINUTE,
            Stage.PHONE: 10 * MINUTE,
            Stage.ONSITE: 25 * MINUTE,
            Stage.RESOLVED: 50 * MINUTE,
        }

    def test_what_was_told_late_takes_no_time_away(self):
        """An act is counted when it happened, perhaps before the one that was told first."""
        late = [Line(Happening.DISPATCHED, TEN + 9 * MINUTE, {}), Line(Happening.RESPONDED, TEN + 2 * MINUTE, {})]
        done = Line(Happening.RESOLVED, TEN + 12 * MINUTE, {})
        assert spent(TEN, [*late, done]) == {Stage.TRIAGE: 9 * MINUTE, Stage.ONSITE: 3 * MINUTE}
