"""Telephone numbers: whoever calls again is known again, however the number was written down."""

import pytest

from domain.people.phones import Phone, is_same, phone


class TestANumber:
    @pytest.mark.parametrize(
        "said",
        [
            "13800001234",
            "138 0000 1234",
            "138-0000-1234",
            "１３８００００１２３４",
            "+86 138 0000 1234",
            "+8613800001234",
            "0086 13800001234",
            "8613800001234",
            "013800001234",
            "（138）0000－1234",
        ],
    )
    def test_of_a_mobile_is_its_eleven_digits(self, said: str):
        """With or without the country, blanks, full width, or the 0 that a telephone system puts before it."""
        assert phone(said) == Phone("13800001234")

    @pytest.mark.parametrize("said", ["0532-88881234", "(0532) 8888 1234", "+86 532 8888 1234", "+86 0532 88881234"])
    def test_of_a_desk_has_its_city(self, said: str):
        """Whoever says the country leaves out the 0 of the city."""
        assert phone(said) == Phone("053288881234")

    @pytest.mark.parametrize("said", ["0532-88881234转801", "0532 8888 1234 分机 801", "053288881234 ext.801"])
    def test_has_its_extension_aside(self, said: str):
        """A telephone shows the number alone."""
        assert phone(said) == Phone("053288881234", "801")

    @pytest.mark.parametrize("said", ["13800001234/13900005678", "13800001234、1390000", "13800001234或1390000"])
    def test_of_two_is_the_first(self, said: str):
        assert phone(said) == Phone("13800001234")

    @pytest.mark.parametrize(
        ("said", "digits"), [("400-810-1234", "4008101234"), ("+1 415 555 0100", "+14155550100"), ("110", "110")]
    )
    def test_of_another_kind_stays_what_it_is(self, said: str, digits: str):
        """A number from abroad is nobody's mobile."""
        assert phone(said).digits == digits

    def test_that_has_no_digit_is_none(self):
        """Two texts without a number are not the same one."""
        assert is_same(phone("不详"), phone("无")) is False


class TestTwoNumbers:
    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("138 0000 1234", "+86 13800001234", True),
            ("0532-88881234 转 801", "053288881234 分机801", True),
            ("0532-88881234", "053288881234 转 801", None),
            ("88881234", "0532-88881234", None),
            ("0532-88881234", "010-88881234", False),
            ("13800001234", "13900001234", False),
            ("00001234", "13800001234", False),
            ("1234", "0532-88881234", False),
        ],
    )
    def test_are_one_or_perhaps_or_not(self, one: str, other: str, same: bool | None):
        """Perhaps: the city is missing, or the extension; the end of a mobile number is nobody's number."""
        assert is_same(phone(one), phone(other)) is same
        assert is_same(phone(other), phone(one)) is same
