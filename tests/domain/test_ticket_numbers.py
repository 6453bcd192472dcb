"""A ticket's number is found as people see it, say it and type it."""

import pytest

from domain.ticket.numbers import as_number, numbers_in


@pytest.mark.parametrize(
    "text",
    [
        "M2JZJ89S",
        "m2jz j89s",
        "M2JZ-J89S",
        "工单M2JZ J89S，还是不行",
        "ＲＥ：Ｍ２ＪＺ　Ｊ８９Ｓ",
        "[M2JZ  J89S]",
        "M2JZ\nJ89S",
    ],
)
def test_it_is_found_however_it_is_typed(text: str):
    assert numbers_in(text) == ["M2JZJ89S"]


def test_words_before_and_behind_hide_none():
    assert "M2JZJ89S" in numbers_in("RE: TEST M2JZ J89S CASE")


@pytest.mark.parametrize(
    "text", ["", "M2JZJ89", "M2JZJ89SA", "AM2JZJ89S", "M2JZ0J89S", "1M2JZ J89S", "M2JZ_J89S", "M2 JZ J8 9S"]
)
def test_what_is_none_is_none(text: str):
    assert numbers_in(text) == []


def test_what_was_typed_for_one_is_read_as_it_is_written():
    assert [as_number(typed) for typed in (" m2jz j89s", "Ｍ２ＪＺ-Ｊ８９Ｓ", "x")] == ["M2JZJ89S", "M2JZJ89S", "X"]
