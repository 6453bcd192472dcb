"""Signing in: how often it may be tried, and what its answers and their times tell to somebody who only knows names."""

import math
import statistics
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from sqlalchemy import Engine, delete, update

from store.access.passwords import reset_password, signs_in
from store.models import SignInFailureRow
from tests.patience import PATIENCE_S
from tests.served import Served

#: Pairs of attempts. 2,000 would show smaller differences; each costs a hash of tens of ms, so that
#: here are fewer, and a bound on the difference of the medians beside it.
PAIRS = 40
#: Two that take the same time look different in one of a hundred samples, or when the machine has hiccups; what is
#: told by the time is told in every sample.
TRIES = 4


@pytest.fixture
def attacker(desk: Served) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=desk.url, timeout=PATIENCE_S) as client:
        yield client


def guess(client: httpx2.Client, user: str, password: str = "guess") -> httpx2.Response:
    return client.post("/api/session", json={"user": user, "password": password})


def until_told_to_wait(client: httpx2.Client, user: str) -> tuple[int, httpx2.Response]:
    """How many guesses were looked at, and the answer to the next. A slow machine may sleep through the first waits."""
    for looked_at in range(12):
        answer = guess(client, user)
        if answer.status_code == 429:
            return looked_at, answer
        assert answer.status_code == 401
    raise AssertionError("nobody had to wait")


class TestGuessing:
    def test_has_to_wait_after_five_failures(self, desk: Served, attacker: httpx2.Client):
        """In the same words for a user who exists and for one who does not."""
        told = []
        for user in ("engineer2", f"nobody-{uuid.uuid4().hex[:8]}"):
            looked_at, refused = until_told_to_wait(attacker, user)
            assert looked_at >= 5
            assert int(refused.headers["retry-after"]) >= 1
            told.append(refused.json() | {"request_id": ""})
        assert told[0] == told[1]

    def test_has_to_wait_however_the_name_is_typed(self, desk: Served, attacker: httpx2.Client):
        """Otherwise every spelling would give five more guesses."""
        user = f"nobody-{uuid.uuid4().hex[:8]}"
        spellings = [user, user.upper(), user.capitalize(), f"{user} ", user.replace("n", "ｎ")]
        told = [guess(attacker, spelling).status_code for spelling in (*spellings, *spellings, user)]
        assert told[:5] == [401] * 5
        assert 429 in told

    def test_does_not_lock_the_real_person_out(self, desk: Served, attacker: httpx2.Client):
        """Whose browser has signed them in before; elsewhere they wait like everybody."""
        password = reset_password(desk.engine, "auditor")
        with httpx2.Client(base_url=desk.url) as own:
            assert guess(own, "auditor", password).status_code == 200
            until_told_to_wait(attacker, "auditor")
            with desk.engine.begin() as connection:
                later = datetime.now(UTC) + timedelta(minutes=15)
                connection.execute(update(SignInFailureRow).values(blocked_until=later))
            assert guess(attacker, "auditor", password).status_code == 429
            assert guess(own, "auditor", password).status_code == 200
            with desk.engine.begin() as connection:
                connection.execute(delete(SignInFailureRow))

    def test_from_a_known_browser_has_to_wait_too(self, desk: Served):
        """Whoever stole the device has as many tries as any stranger."""
        with httpx2.Client(base_url=desk.url) as own:
            assert guess(own, "expert", reset_password(desk.engine, "expert")).status_code == 200
            assert until_told_to_wait(own, "expert")[0] >= 5

    def test_does_not_tell_by_its_time_whether_the_user_exists(self, desk: Served):
        """CVE-2021-38562, CVE-2021-31866: the same work is done for both."""
        measured = []
        for _ in range(TRIES):
            known, unknown = times(desk.engine)
            p = mann_whitney(known, unknown)
            apart = abs(statistics.median(known) - statistics.median(unknown)) / statistics.median(known)
            if p > 0.01 or apart < 0.05:
                return
            measured.append(f"p = {p:.4f}, medians {apart:.1%} apart")
        pytest.fail("; ".join(measured))

    def test_takes_the_time_of_a_hash_even_for_nobody(self, desk: Served):
        """The test above can fail: without that work the two are worlds apart."""
        known, _ = times(desk.engine, pairs=10)
        instant = [0.0001] * 10
        assert mann_whitney(known, instant) < 0.01


def times(engine: Engine, pairs: int = PAIRS) -> tuple[list[float], list[float]]:
    """Seconds that wrong passwords take, taken turn by turn so that the machine's load falls on both."""
    found: dict[str, list[float]] = {"engineer": [], "nobody": []}
    for number in range(pairs):
        for user in sorted(found, reverse=bool(number % 2)):
            began = time.perf_counter()
            assert signs_in(engine, user, "guess") is None
            found[user].append(time.perf_counter() - began)
    return found["engineer"], found["nobody"]


def mann_whitney(left: list[float], right: list[float]) -> float:
    """The two-sided p of the rank-sum test, by its normal approximation; 1: the samples cannot be told apart."""
    u = sum((a > b) + (a == b) / 2 for a in left for b in right)
    n, m = len(left), len(right)
    z = (u - n * m / 2) / math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))
