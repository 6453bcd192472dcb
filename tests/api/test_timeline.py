"""A timeline as screens ask for it: from the end, behind what they know, of some happenings alone."""

from typing import Any

import pytest

from tests.served import Served


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    number = str(desk.open(level="B")["number"])
    for nth in range(6):
        assert desk.command("engineer", number, "note", text=f"备注 {nth}").status_code == 200
    assert desk.command("customer", number, "note", text="请尽快").status_code == 200
    return number


def lines(desk: Served, user: str, number: str, query: str = "") -> list[dict[str, Any]]:
    answer = desk.as_user(user).get(f"/api/tickets/{number}/timeline{query}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


class TestATimeline:
    def test_is_read_from_the_end_a_page_at_a_time(self, desk: Served, number: str):
        """The same lines, the other way round."""
        whole, address = lines(desk, "pm", number), f"/api/tickets/{number}/timeline?order=-seq&limit=3"
        paged: list[dict[str, Any]] = []
        while address:
            page = desk.as_user("pm").get(address).json()
            paged += page["items"]
            address = page.get("next", "")
        assert paged == whole[::-1]

    def test_is_read_behind_what_is_known(self, desk: Served, number: str):
        whole = lines(desk, "pm", number)
        assert lines(desk, "pm", number, f"?after={whole[2]['seq']}") == whole[3:]
        assert lines(desk, "pm", number, f"?after={whole[-1]['seq']}") == []

    def test_is_read_of_some_happenings_alone(self, desk: Served, number: str):
        """Of what is hidden from somebody there is still nothing."""
        assert len(lines(desk, "pm", number, "?happening=noted")) == 7
        both = {line["happening"] for line in lines(desk, "pm", number, "?happening=noted&happening=opened")}
        assert both == {"noted", "opened"}
        assert [line["data"]["text"] for line in lines(desk, "customer", number, "?happening=noted")] == ["请尽快"]
        assert lines(desk, "customer", number, "?happening=onsite_applied") == []

    @pytest.mark.parametrize("query", ["?order=up", "?happening=nothing", "?after=-1", "?after=x"])
    def test_takes_no_other_question(self, desk: Served, number: str, query: str):
        assert desk.as_user("pm").get(f"/api/tickets/{number}/timeline{query}").status_code == 422


class TestWhoWasTold:
    def test_is_read_by_whoever_checks_it_a_page_at_a_time(self, desk: Served):
        """Newest first: who, in which words, on which grounds, and whether they have read it."""
        number = str(desk.open(level="B")["number"])
        assert desk.command("pm", number, "reassign", to="engineer2", reason="人在附近").status_code == 200
        inbox = desk.as_user("engineer2").get("/api/inbox").json()["items"]
        (message,) = [one for one in inbox if one["ticket"] == number and one["title"].startswith("请接手")]
        assert desk.as_user("engineer2").post(f"/api/inbox/{message['id']}/read").status_code == 204
        address, found = f"/api/tickets/{number}/told?limit=2", []
        while address:
            page = desk.as_user("auditor").get(address)
            assert page.status_code == 200, page.text
            found += page.json()["items"]
            address = page.json().get("next", "")
        assert found == sorted(found, key=lambda one: (one["created_at"], one["id"]), reverse=True)
        (told,) = [one for one in found if one["id"] == message["id"]]
        assert told["recipient"] == {"id": "engineer2", "name": "王海涛"}
        assert (told["text"], told["action"], told["whom"]) == (message["text"], message["action"], "named")
        assert told["read_at"]
        assert {one["happening"] for one in found} >= {"opened", "reassigned"}

    @pytest.mark.parametrize("user", ["hotline", "engineer", "customer", "tech", "vendor", "admin"])
    def test_is_not_for_others(self, desk: Served, number: str, user: str):
        assert desk.as_user(user).get(f"/api/tickets/{number}/told").status_code == 403
