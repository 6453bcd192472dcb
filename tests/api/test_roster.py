"""The roster over HTTP."""

from typing import Any

import httpx2
import pytest

from tests.served import Served

#: A year in which the demo plans nothing.
YEAR = "2041"


def plan(desk: Served, user: str = "duty", **fields: Any) -> httpx2.Response:
    body = {
        "duty": "engineer", "person": "engineer",
        "begins_at": f"{YEAR}-01-01T08:00:00+08:00", "ends_at": f"{YEAR}-01-01T20:00:00+08:00",
    }  # fmt: skip
    return desk.as_user(user).post("/api/roster", json=body | fields)


def named(answer: httpx2.Response) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


class TestTheRoster:
    def test_is_planned_listed_and_cut(self, desk: Served):
        """Who is on duty follows at once, and so does the gap (001-34)."""
        planned = plan(desk, substitute="engineer2")
        assert planned.status_code == 201, planned.text
        address, reader = planned.headers["location"], desk.as_user("expert")
        within = f"from={YEAR}-01-01T00:00:00+08:00&to={YEAR}-01-02T00:00:00+08:00"
        assert reader.get(address).json() == planned.json()
        assert reader.get(f"/api/roster?{within}").json() == {"items": [planned.json()]}
        there = reader.get(f"/api/roster/on-duty?duty=engineer&at={YEAR}-01-01T08:00:00+08:00").json()["items"]
        assert [one["person"] for one in there] == ["engineer2"]
        gaps = reader.get(f"/api/roster/gaps?duty=engineer&{within}").json()["items"]
        assert gaps == [
            {"begins_at": f"{YEAR}-01-01T00:00:00+08:00", "ends_at": f"{YEAR}-01-01T08:00:00+08:00"},
            {"begins_at": f"{YEAR}-01-01T20:00:00+08:00", "ends_at": f"{YEAR}-01-02T00:00:00+08:00"},
        ]
        assert desk.as_user("duty").delete(address).status_code == 204
        assert desk.as_user("duty").delete(address).status_code == 404
        assert len(reader.get(f"/api/roster/gaps?duty=engineer&{within}").json()["items"]) == 1

    def test_names_whoever_is_on_it(self, desk: Served):
        """Beside their ids, for whoever looks at it."""
        planned = plan(
            desk, substitute="engineer2", begins_at=f"{YEAR}-05-01T08:00:00Z", ends_at=f"{YEAR}-05-01T09:00:00Z"
        )
        shown = planned.json()
        assert (shown["person_name"], shown["substitute_name"]) == ("李建国", "王海涛")

    def test_is_planned_with_whoever_could_be_on_that_duty(self, desk: Served):
        """Stock keepers too, whom no work is given to; told to those who plan, and to nobody else."""
        found = desk.as_user("duty").get("/api/roster/candidates?duty=stock_keeper").json()["items"]
        assert {"id": "stock", "name": "冯春生"} in found
        assert "engineer" not in {one["id"] for one in found}
        assert desk.as_user("hotline").get("/api/roster/candidates?duty=stock_keeper").status_code == 403
        assert desk.as_user("duty").get("/api/roster/candidates?duty=auditor").status_code == 422

    def test_has_nobody_twice_at_the_same_time(self, desk: Served):
        """409 names the person."""
        assert plan(desk, begins_at=f"{YEAR}-02-01T08:00:00Z", ends_at=f"{YEAR}-02-01T20:00:00Z").status_code == 201
        again = plan(desk, begins_at=f"{YEAR}-02-01T19:59:00Z", ends_at=f"{YEAR}-02-01T22:00:00Z")
        assert (again.status_code, named(again)) == (409, ["person"])

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"duty": "administrator"}, ["duty"]),
            ({"person": "nobody"}, ["person"]),
            ({"person": "hotline"}, ["person"]),
            ({"substitute": "engineer"}, ["substitute"]),
            ({"begins_at": "tomorrow"}, ["begins_at"]),
            ({"ends_at": f"{YEAR}-01-01T08:00:00+08:00"}, ["ends_at"]),
            ({"id": "x"}, ["id"]),
        ],
    )
    def test_takes_no_shift_that_is_wrong(self, desk: Served, fields: dict[str, Any], wrong: list[str]):
        """And names the fields."""
        answer = plan(desk, **fields)
        assert (answer.status_code, named(answer)) == (422, wrong), answer.text

    def test_has_the_one_gap_of_the_demo(self, desk: Served):
        """Unless asked otherwise four weeks are looked at: one evening of the hotline nobody has planned."""
        gaps = {
            duty: desk.as_user("auditor").get(f"/api/roster/gaps?duty={duty}").json()["items"]
            for duty in ("hotline", "engineer", "duty_manager")
        }
        assert {duty: len(found) for duty, found in gaps.items()} == {"hotline": 1, "engineer": 0, "duty_manager": 0}
        assert gaps["hotline"][0]["begins_at"].endswith("T16:00:00+08:00")

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ("", "duty"),
            ("?duty=administrator", "duty"),
            ("?duty=hotline&from=x", "from"),
            ("?duty=hotline&from=2041-01-02T00:00:00Z&to=2041-01-01T00:00:00Z", "body"),
        ],
    )
    def test_is_asked_for_gaps_of_one_duty_within_a_stretch(self, desk: Served, query: str, field: str):
        """The parameter that is wrong is named."""
        answer = desk.as_user("duty").get(f"/api/roster/gaps{query}")
        assert (answer.status_code, named(answer)) == (422, [field])

    def test_comes_in_pages(self, desk: Served):
        """Earliest first."""
        page = desk.as_user("hotline").get("/api/roster?limit=3").json()
        rest = desk.as_user("hotline").get(page["next"]).json()["items"]
        begins = [item["begins_at"] for item in page["items"] + rest]
        assert begins == sorted(begins)
        assert len({item["id"] for item in page["items"] + rest}) == len(begins) > 3
