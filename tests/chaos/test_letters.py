"""The account of letters counts what is wrong, each by its counter, and nothing of what is right."""

from dataclasses import replace

import pytest

from chaos.letters.account import COUNTERS, Came, Told, lateness_s, reconciled
from store.models import Delivered, Way

ONE = Told("m1", Way.MAIL, "duty", "T1", 10.0, Delivered.SENT, "l1")
TWO = Told("m2", Way.MAIL, "duty", "T1", 11.0, Delivered.SENT, "l2")
CAME = (Came("l1", 20.0, "a"), Came("l2", 21.0, "b"))
GONE = replace(TWO, state=Delivered.SENT, letter="l3")


def wrong(told: tuple[Told, ...], came: tuple[Came, ...], at_once: int = 0) -> set[str]:
    found = reconciled({"m1", "m2"}, told, {Way.MAIL: came}, at_once)
    assert list(found) == list(COUNTERS)
    return {counter for counter, what in found.items() if what}


def test_what_came_once_and_in_order_is_right():
    assert wrong((ONE, TWO), CAME) == set()
    assert wrong((ONE, replace(TWO, letter="l1")), CAME[:1]) == set(), "two in one letter"


@pytest.mark.parametrize(
    ("told", "came", "counter"),
    [
        ((ONE,), CAME[:1], "lost"),
        ((ONE, GONE), CAME[:1], "lost"),
        ((ONE, replace(TWO, state=Delivered.DEAD, letter=None)), CAME[:1], "lost"),
        ((ONE, TWO), (*CAME, Came("l9", 22.0, "c")), "phantom"),
        ((ONE, TWO), (Came("l2", 19.0, "b"), CAME[0]), "out of order"),
        ((ONE, replace(TWO, state=Delivered.WAITING, letter=None)), CAME[:1], "stuck"),
    ],
)
def test_each_fault_is_counted(told: tuple[Told, ...], came: tuple[Came, ...], counter: str):
    assert wrong(told, came) == {counter}


def test_what_came_twice_is_a_fault_beyond_what_kills_explain_or_where_it_changed():
    again = (*CAME, Came("l2", 30.0, "b"))
    assert wrong((ONE, TWO), again) == {"duplicates beyond kills"}
    assert wrong((ONE, TWO), again, at_once=1) == set()
    assert wrong((ONE, TWO), (*CAME, Came("l2", 30.0, "other")), at_once=1) == {"changed"}


def test_others_that_were_told_beside_them_are_not_counted():
    other = Told("x", Way.MAIL, "pm", None, 1.0, Delivered.WAITING, None)
    assert wrong((ONE, TWO, other), CAME) == set()


def test_lateness_is_of_the_first_time_that_a_letter_came():
    again = (*CAME, Came("l1", 90.0, "a"))
    assert lateness_s([ONE, TWO], again, Way.MAIL, frozenset({"m1"})) == [10.0]
