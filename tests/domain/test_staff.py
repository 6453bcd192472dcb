"""Duty: where a roster leaves nobody."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.people.duty import Stretch, uncovered

START = datetime(2026, 2, 13, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minute: int) -> datetime:
    return START + minute * MINUTE


def stretch(bounds: tuple[int, int]) -> Stretch:
    return Stretch(at(bounds[0]), at(bounds[1]))


BOUNDS = st.tuples(st.integers(0, 90), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def minute_by_minute(whole: Stretch, covered: list[Stretch]) -> list[datetime]:
    """The slow answer: every minute of the whole in which nobody is there."""
    minutes = (at(minute) for minute in range(200))
    return [
        minute
        for minute in minutes
        if whole.begins_at <= minute < whole.ends_at
        and not any(one.begins_at <= minute < one.ends_at for one in covered)
    ]


class TestUncovered:
    @given(BOUNDS, st.lists(BOUNDS, max_size=12))
    def test_is_exactly_every_minute_without_anybody(self, whole: tuple[int, int], covered: list[tuple[int, int]]):
        """001-34: however the shifts overlap and in whatever order they come."""
        stretches = [stretch(bounds) for bounds in covered]
        gaps = uncovered(stretch(whole), stretches)
        found = [minute for gap in gaps for minute in minute_by_minute(gap, [])]
        assert found == minute_by_minute(stretch(whole), stretches)
        assert all(gap.begins_at < gap.ends_at for gap in gaps)
        assert all(one.ends_at < other.begins_at for one, other in pairwise(gaps))

    def test_is_the_whole_where_nobody_is_planned(self):
        """And nothing where one shift hands over to the next at the very instant."""
        whole = stretch((0, 60))
        assert uncovered(whole, []) == (whole,)
        assert uncovered(whole, [stretch((30, 60)), stretch((0, 30))]) == ()


class TestAStretch:
    def test_does_not_hold_its_end(self):
        """Two that touch have no instant in common."""
        assert not stretch((0, 30)).overlaps(stretch((30, 60)))
        assert stretch((0, 31)).overlaps(stretch((30, 60)))
