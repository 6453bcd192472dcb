"""What stands in an address costs the event loop little, whoever sends it."""

import time
from urllib.parse import quote

import h11
import pytest
from starlette.datastructures import QueryParams

from api.http.bounds import HEAD, PARAMETERS, QUERY
from tests.served import Served

TRIES, LONGEST_S = 20, 0.010

QUERIES = {
    "signs of parts": "&a" * (QUERY // 2),
    "parts of nothing": "&" * (QUERY - 1),
    "signs of escapes": "%" * QUERY,
    "escapes": quote("　") * (QUERY // 9),
}
LINES = {"lines of nothing": b"a:\r\n", "lines": b"a:b\r\n", "lines that go on": b" a\r\n"}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_query_costs_less_than_10_ms(query: str):
    """It is taken apart twice."""
    costs = []
    for _ in range(TRIES):
        began = time.thread_time()
        QueryParams(query), QueryParams(query)
        costs.append(time.thread_time() - began)
    assert min(costs) < LONGEST_S


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_head_costs_less_than_10_ms(line: bytes):
    first = b"GET / HTTP/1.1\r\nHost: a\r\nb: b\r\n"
    head, costs = first + line * ((HEAD - len(first) - 2) // len(line)) + b"\r\n", []
    for _ in range(TRIES):
        began = time.thread_time()
        connection = h11.Connection(h11.SERVER)
        connection.receive_data(head)
        assert isinstance(connection.next_event(), h11.Request)
        costs.append(time.thread_time() - began)
    assert min(costs) < LONGEST_S


@pytest.mark.parametrize("path", ["/healthz", "/api/tickets", "/api/session", "/nothing"])
def test_a_longer_query_is_refused_before_it_is_taken_apart(desk: Served, path: str):
    """On every route, also on those that take none."""
    for query in ("&a" * PARAMETERS, "a=" + "x" * QUERY):
        answer = desk.stranger.get(f"{path}?{query}")
        assert answer.status_code == 422
        assert str(PARAMETERS) in answer.json()["detail"]
