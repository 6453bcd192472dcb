"""Whatever stands in a cursor, an instant, a number or a table: it is what it should be, or a clear refusal."""

import base64
import json
from contextlib import suppress
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.finding import number_in
from api.http.fields import Request
from api.http.instants import Given
from api.http.pages import instant_and_name, name, perhaps_instant_and_name, sequence
from api.http.problems import Problem
from api.http.validation import validated
from domain.ticket.numbers import ALPHABET, LENGTH
from store.imports import Form, TableError
from store.imports.reading import read

CURSORS = (instant_and_name, perhaps_instant_and_name, name, sequence)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)
OFFSETS = st.integers(-24 * 60, 24 * 60).map(lambda minutes: f"{minutes // 60:+03d}:{abs(minutes) % 60:02d}")
INSTANTS = st.builds(
    "{}{}{}".format, st.datetimes().map(lambda at: at.isoformat()), OFFSETS, st.sampled_from(["", "Z"])
)


class Stated(Request):
    at: Given


@pytest.mark.parametrize("place", CURSORS)
@given(value=VALUES)
def test_a_cursor_of_any_value_is_a_place_or_refused(place: Any, value: Any):
    cursor = base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
    with suppress(Problem):
        assert isinstance(place(cursor), tuple)


@pytest.mark.parametrize("place", CURSORS)
@given(cursor=st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_a_cursor_of_any_characters_is_a_place_or_refused(place: Any, cursor: str):
    with suppress(Problem):
        assert isinstance(place(cursor), tuple)


@given(text=st.text() | INSTANTS)
def test_an_instant_is_one_of_this_century_in_utc_or_refused(text: str):
    with suppress(Problem):
        at = validated(Stated, {"at": text}).at
        assert at.tzinfo is UTC
        assert 2000 <= at.year < 2100


@given(text=st.text() | st.text(ALPHABET + ALPHABET.lower(), min_size=LENGTH, max_size=LENGTH))
def test_a_number_is_one_or_none(text: str):
    assert number_in(text) is None or set(number_in(text) or "") <= set(ALPHABET)


@given(data=st.binary() | st.lists(st.text()).map("\n".join).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_a_table_of_any_bytes_is_rows_or_refused(data: bytes):
    """Workbooks are read in a process of their own, which has its own test."""
    with suppress(TableError):
        assert isinstance(read(data, Form.CSV), list)
