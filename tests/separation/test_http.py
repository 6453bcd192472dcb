"""S1 to S17 through the whole stack: 500 commands over HTTP, by people of every role and some who claim to be."""

from functools import partial

import pytest

from domain.people.actors import Actor
from tests.people import PEOPLE
from tests.separation.in_http import InHttp
from tests.separation.machine import ALL_LAWS, AT_ONCE, machine, runs
from tests.separation.registry import becomes, prepare
from tests.separation.starts import STARTS
from tests.served import Served


@pytest.fixture(scope="module")
def claimed(desk: Served) -> dict[str, Actor]:
    """What people are now."""
    prepare(desk.engine)
    return dict(PEOPLE)


class TestWhateverPeopleTry:
    """Nothing that anybody does, in whatever order, breaks a law; and there was something to break."""

    @pytest.mark.parametrize("contracts", [("nuobida", "strict"), ("fuao", "standard", "sitech", "xinhe")])
    def test_no_law_is_broken(self, contracts: tuple[str, ...], desk: Served, claimed: dict[str, Actor]):
        starts = [start for contract in contracts for start in STARTS[contract]]
        begin = partial(InHttp, desk, claimed=claimed)
        behind_the_api = machine(starts, begin, ALL_LAWS, width=2, patience=10)
        tally = runs(behind_the_api, examples=5, steps=60, wanted=250, phases=AT_ONCE)
        assert {"S12", "S5"} <= tally.kept.keys(), "what never happened proves nothing"
        assert {"S3"} <= tally.tempted.keys(), "nobody tried what is forbidden"


class TestTheTimeline:
    """S12: what is on record cannot be edited, for there is no way to."""

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    @pytest.mark.parametrize("below", ["/timeline", "/timeline/1", "/obligations", ""])
    def test_has_no_way_to_be_edited(self, method: str, below: str, desk: Served, claimed: dict[str, Actor]):
        for who in ("auditor", "admin", "pm"):
            becomes(desk.engine, PEOPLE[who])
        number = desk.open("sitech", level="A")["number"]
        before = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
        for who in ("auditor", "admin", "pm"):
            answer = desk.as_user(who).request(method, f"/api/tickets/{number}{below}", json={"happening": "noted"})
            assert answer.status_code in {404, 405}
        after = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
        assert after[: len(before)] == before
