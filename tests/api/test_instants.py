"""Instants that come in: every form of RFC 3339, in UTC from then on; of any other exactly what is wrong."""

import base64
import json
from datetime import UTC, datetime

import pytest

from api.http.fields import Request
from api.http.instants import Given
from api.http.pages import instant_and_name
from api.http.problems import Problem
from api.http.validation import validated


class Stated(Request):
    at: Given


def taken(text: str) -> datetime:
    return validated(Stated, {"at": text}).at


def told(value: object) -> str:
    """What the caller is told of an instant that is none."""
    with pytest.raises(Problem) as refused:
        validated(Stated, {"at": value})
    (error,) = refused.value.errors
    assert error.field == "at"
    return error.message.en


def cursor(*place: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


class TestAnInstant:
    @pytest.mark.parametrize(
        "text",
        [
            "2026-02-13T23:00:00+08:00",
            "2026-02-13T15:00:00Z",
            "2026-02-13t15:00:00z",
            "2026-02-13T23:00:00+0800",
            "2026-02-13T23:00:00+08",
            "2026-02-13T23:00+08:00",
            "2026-02-13T10:00:00.000-05:00",
            "2026-02-14T07:00:00+16:00",
            "2026-02-14T14:59:00+23:59",
        ],
    )
    def test_is_the_same_in_whatever_form_it_comes(self, text: str):
        """And is in UTC from then on: Postgres knows no offset of 16 hours and more."""
        assert taken(text) == datetime(2026, 2, 13, 15, tzinfo=UTC)
        assert taken(text).tzinfo is UTC

    @pytest.mark.parametrize("digits", ["123456", "1234567", "123456789", "1234569999999"])
    def test_finer_than_a_microsecond_is_cut(self, digits: str):
        """Rounded, the present would lie in the future."""
        assert taken(f"2026-02-13T15:00:00.{digits}Z").microsecond == 123456

    def test_is_told_in_the_time_of_china(self):
        """Where a command carries it as text, as everywhere."""
        (text,) = validated(Stated, {"at": "2026-11-27T22:30:00+16:00"}).model_dump(mode="json").values()
        assert text == "2026-11-27T14:30:00+08:00"

    @pytest.mark.parametrize(
        ("value", "wrong"),
        [
            ("2026-02-13T23:00:00", "no offset"),
            ("2026-02-13T23:00:00.1234567", "no offset"),
            ("2026-02-13T23:00:00+24:00", "an offset that does not exist"),
            ("2026-02-13T23:00:00+08:60", "an offset that does not exist"),
            ("2026-02-30T23:00:00+08:00", "no date or time that exists"),
            ("2026-13-01T23:00:00Z", "no date or time that exists"),
            ("2026-02-13T25:00:00Z", "no date or time that exists"),
            ("2026-02-13T23:59:60Z", "no date or time that exists"),
            ("1999-12-31T23:59:59Z", "between the years 2000 and 2099"),
            ("2100-01-01T00:00:00Z", "between the years 2000 and 2099"),
            ("0001-01-01T00:00:00+23:59", "between the years 2000 and 2099"),
            ("9999-12-31T23:59:59-23:59", "between the years 2000 and 2099"),
            ("2026-02-13", "an instant with its offset"),
            ("2026-02-13 23:00:00+08:00", "an instant with its offset"),
            ("2026-02-13T23:00:00.+08:00", "an instant with its offset"),
            ("2026-02-13T23:00.5+08:00", "an instant with its offset"),
            ("２０２６-02-13T23:00:00+08:00", "an instant with its offset"),
            ("2026-02-13T23:00:00+08:00\n", "an instant with its offset"),
            ("tomorrow", "an instant with its offset"),
            ("", "an instant with its offset"),
            (1771000000, "an instant with its offset"),
        ],
    )
    def test_that_is_none_is_told_what_is_wrong(self, value: object, wrong: str):
        """Who reads it knows what to change."""
        assert wrong in told(value)


class TestACursor:
    def test_is_in_utc_like_every_instant(self):
        """However it was made: Postgres would stumble over the offset."""
        at, name = instant_and_name(cursor("2026-11-27T22:30:00+16:00", "x"))
        assert isinstance(at, datetime)
        assert (at, at.tzinfo, name) == (datetime(2026, 11, 27, 6, 30, tzinfo=UTC), UTC, "x")

    @pytest.mark.parametrize(
        "instant", ["2026-11-27T22:30:00", "2026-11-27", "0001-01-01T00:00:00+16:00", "9999-12-31T23:59:59-16:00", "x"]
    )
    def test_of_no_instant_is_none(self, instant: str):
        """No list gave it."""
        with pytest.raises(Problem):
            instant_and_name(cursor(instant, "x"))
