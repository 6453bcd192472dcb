"""What anybody may send without being known costs the event loop little, and is not told back whole."""

from collections.abc import Callable

import pytest
from starlette.requests import Request

from api.http.body import LIMIT, faultless
from api.http.problems import Problem
from api.http.validation import validated
from api.sign_in.requests import SignIn
from tests.costs import MOST_STEPS, steps


def filled(one: Callable[[int], str], *, before: str = "{", after: str = "}", most: int | None = None) -> bytes:
    """As many of these as a body holds, or as one may hold."""
    room, made = LIMIT - len(before) - len(after), list[str]()
    while (most is None or len(made) < most) and (room := room - len(one(len(made))) - 1) >= 0:
        made.append(one(len(made)))
    return (before + ",".join(made) + after).encode()


def listed(one: Callable[[int], str], most: int | None = None) -> bytes:
    """In a list."""
    return filled(one, before='{"user":[', after="]}", most=most)


def far_down(one: Callable[[int], str], most: int | None = None) -> bytes:
    """In many objects with long names."""
    return filled(one, before=('{"%s":' % ("x" * 100)) * 30 + "{", after="}" * 31, most=most)


BODIES = {
    "fields that nobody knows": filled('"{:x}":1'.format),
    "as many as are looked at": filled('"{:x}":1'.format, most=999),
    "the last name twice": filled(lambda place: f'"{min(place, 7000):x}":1'),
    "the last of a few twice": filled(lambda place: f'"{min(place, 997):x}":1', most=999),
    "numbers": listed(lambda _: "1"),
    "a few numbers": listed(lambda _: "1", 990),
    "long numbers": listed(lambda _: "9" * 60, 990),
    "objects": listed(lambda _: "{}"),
    "texts of nothing": listed(lambda _: '""'),
    "texts with NUL": listed(lambda _: '"\\u0000"'),
    "a few texts with NUL": listed(lambda _: '"\\u0000"', 990),
    "names with NUL, far down": far_down('"\\u0000{:x}":1'.format),
    "a few names with NUL, far down": far_down('"\\u0000{:x}":1'.format, 900),
    "lists in lists": b"[" * LIMIT,
    "objects in objects": b'{"a":' * (LIMIT // 5),
    "a text of what nobody sees": b'{"user":"' + "ㅤ".encode() * (LIMIT // 3 - 9) + b'"}',
    "the same, escaped": b'{"user":"' + b"\\u3164" * (LIMIT // 6 - 9) + b'"}',
    "a text of quotes": b'{"user":"' + b'\\"' * (LIMIT // 2 - 9) + b'"}',
    "a text that never ends": b'{"user":"' + b"\\" * (LIMIT - 20),
    "half texts": b'"' * LIMIT,
}


def answered(body: bytes) -> int:
    """How long the answer to a body of a sign-in is."""
    try:
        validated(SignIn, faultless(body))
    except Problem as problem:
        return len(problem.response(Request({"type": "http", "headers": []})).body)
    return 0


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_64_kib_cost_little_and_answer_less_than_64_kib(body: bytes):
    assert len(body) <= LIMIT
    assert 0 < answered(body) < LIMIT
    assert steps(lambda: answered(body)) < MOST_STEPS
