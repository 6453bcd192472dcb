"""Letters: how many messages leave together."""

from hypothesis import given
from hypothesis import strategies as st

from domain.audience.letters import MOST, letters

IDS = st.lists(st.text("abc", min_size=1), unique=True)


def test_a_few_messages_leave_one_by_one():
    assert letters(["a", "b"], 0) == [("a",), ("b",)]


def test_a_hundred_in_a_minute_are_one_letter_that_lists_them():
    hundred = [str(each) for each in range(100)]
    assert letters(hundred, 0) == [tuple(hundred)]


def test_who_has_had_as_many_as_anybody_reads_gets_the_next_together_when_the_minute_is_over():
    assert letters(["a", "b"], MOST) == []
    assert letters(["a", "b"], MOST - 1) == [("a", "b")]


@given(IDS, st.integers(0, 2 * MOST))
def test_nothing_leaves_twice_or_out_of_order_and_nobody_gets_more_than_they_read(ids: list[str], lately: int):
    made = letters(ids, lately)
    assert [id_ for letter in made for id_ in letter] in ([], ids)
    assert len(made) + lately <= max(MOST, lately)
    assert made or not ids or lately >= MOST, "what could leave waits for nothing"
