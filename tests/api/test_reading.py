"""Reading: lists, one ticket, its timeline, its obligations."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.contract.calendars import CHINA
from tests.served import Served

OBLIGATION_FIELDS = {
    "kind", "clause", "superseded", "due_at", "budget", "counting", "calendar", "origin", "armed", "provisional",
    "default", "state", "met_at", "reported_late", "segments", "alarms", "explanation",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(desk: Served) -> list[str]:
    """Five tickets of two customers."""
    packs = ("sitech", "sitech", "xinhe", "sitech", "xinhe")
    return [str(desk.open(pack, title=f"第 {place} 张")["number"]) for place, pack in enumerate(packs)]


def walked(desk: Served, address: str | None) -> list[dict[str, Any]]:
    """All items, from page to page."""
    items: list[dict[str, Any]] = []
    while address is not None:
        page = desk.as_user("duty").get(address).json()
        assert "items" in page, page
        items += page["items"]
        address = page.get("next")
    return items


class TestAList:
    def test_leads_from_page_to_page(self, desk: Served, opened: list[str]):
        """The last page has no next."""
        for sort in ("-received_at", "received_at", "next_due_at", "-updated_at", "gravity"):
            numbers = [item["number"] for item in walked(desk, f"/api/tickets?limit=2&sort={sort}")]
            assert sorted(numbers) == sorted(opened)

    def test_keeps_its_filters_on_the_next_page(self, desk: Served, opened: list[str]):
        """The address of the next page is complete."""
        address = "/api/tickets?limit=1&contract=xinhe&stage=triage&stage=phone&text=%E7%AC%AC"
        assert [item["contract"] for item in walked(desk, address)] == ["xinhe", "xinhe"]

    def test_has_everything_on_one_page_when_that_is_enough(self, desk: Served, opened: list[str]):
        """Two hundred, unless asked."""
        page = desk.as_user("duty").get("/api/tickets").json()
        assert len(page["items"]) == len(opened)
        assert "next" not in page

    def test_takes_an_instant_whose_plus_sign_nobody_escaped(self, desk: Served, opened: list[str]):
        """It arrives as a space, which in an instant can be nothing else."""
        address = "/api/tickets?due_before=2099-01-01T00:00:00+08:00"
        assert len(desk.as_user("duty").get(address).json()["items"]) == len(opened)

    def test_takes_an_instant_of_any_offset(self, desk: Served, opened: list[str]):
        """Also of one that Postgres does not know."""
        for offset in ("%2B16:00", "%2B2359", "-18", "z"):
            answer = desk.as_user("duty").get(f"/api/tickets?due_before=2099-01-01t00:00:00{offset}")
            assert (answer.status_code, len(answer.json()["items"])) == (200, len(opened))

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("limit=0", "limit"),
            ("limit=1001", "limit"),
            ("limit=x", "limit"),
            ("limit=1&limit=2", "limit"),
            ("stage=nowhere", "stage[0]"),
            ("state=lost", "state[0]"),
            ("due_before=tomorrow", "due_before"),
            ("sort=title", "sort"),
            ("sort=received_at;drop", "sort"),
            ("owner=me", "owner"),
            ("text=%00", "text"),
            ("text=", "text"),
            ("level=", "level[0]"),
            ("phone=12", "phone"),
            ("open=perhaps", "open"),
            ("work=play", "work[0]"),
            ("waits_for=godot", "waits_for[0]"),
            ("due_within=0", "due_within"),
            ("closed_from=2026-02-01T00:00:00Z&closed_to=2026-02-01T00:00:00Z", "closed_to"),
            ("sort=gravity&cursor=WyIyMDI2LTAxLTAxVDAwOjAwOjAwWiIsIngiXQ", "cursor"),
            ("sort=gravity&cursor=Wy0xLG51bGwsIngiXQ", "cursor"),
            ("number=" + "&number=".join(["22222222"] * 201), "number"),
            ("text=%E2%80%8B", "text"),
            ("cursor=x", "cursor"),
            ("cursor=WyJ4IiwieSJd", "cursor"),
            ("cursor=bnVsbA", "cursor"),
            ("cursor=" + "W" * 400, "cursor"),
        ],
    )
    def test_that_is_asked_for_wrongly_names_the_parameter(self, desk: Served, query: str, named: str):
        """As a body does its field."""
        answer = desk.as_user("duty").get(f"/api/tickets?{query}")
        assert answer.status_code == 422, answer.text
        assert [error["field"] for error in answer.json()["errors"]] == [named]

    @pytest.mark.parametrize("query", ["text=%ff", "text=%ed%a0%80", "%ff=x"])
    def test_that_is_asked_for_in_no_text_at_all_is_refused(self, desk: Served, query: str):
        """Invalid UTF-8 is no question."""
        assert desk.as_user("duty").get(f"/api/tickets?{query}").status_code == 422

    def test_says_on_its_first_page_how_many_there_are(self, desk: Served, opened: list[str]):
        """And no more behind it, for the number is the same."""
        first = desk.as_user("duty").get("/api/tickets?limit=2").json()
        assert (first["total"], first["exact"]) == (len(opened), True)
        assert not {"total", "exact"} & set(desk.as_user("duty").get(first["next"]).json())

    def test_gives_two_hundred_tickets_by_their_numbers_however_they_are_typed(self, desk: Served, opened: list[str]):
        """What a console reads anew when they have changed; what is no number is nobody's."""
        asked = [opened[0].lower(), f"{opened[1][:4]} {opened[1][4:]}", *["22222222"] * 197, "x"]
        page = desk.as_user("duty").get("/api/tickets", params={"number": asked}).json()
        assert {item["number"] for item in page["items"]} == {opened[0], opened[1]}

    def test_of_what_is_theirs_is_the_same_address_for_everybody(self, desk: Served, opened: list[str]):
        """So that a view can be shared."""
        assert desk.command("duty", opened[2], "reassign", to="engineer", reason="接手").status_code == 200
        for user, there in (("engineer", [opened[2]]), ("duty", [])):
            page = desk.as_user(user).get("/api/tickets?mine=true").json()
            assert [item["number"] for item in page["items"]] == there


class TestCounts:
    def test_of_views_are_those_of_their_lists(self, desk: Served, opened: list[str]):
        """And open tickets by pack and level."""
        views = {"xinhe": {"contract": "xinhe"}, "nothing": {"text": "没有这样的"}, "all": {"sort": "next_due_at"}}
        body = {"views": [{"id": id_, "query": query} for id_, query in views.items()]}
        told = desk.as_user("duty").post("/api/counts", json=body).json()
        counted = {id_: view["count"] for id_, view in told["views"].items()}
        assert counted == {"xinhe": 2, "nothing": 0, "all": len(opened)}
        assert sum(each["tickets"] for each in told["open"]) == len(opened)
        assert {each["pack"] for each in told["open"]} == {"sitech", "xinhe"}

    @pytest.mark.parametrize(
        ("views", "named"),
        [
            ([{"id": "a", "query": {"level": [7]}}], "views[0].query.level[0]"),
            ([{"id": "a", "query": {}}, {"id": "b", "query": {"owner": "me"}}], "views[1].query.owner"),
            ([{"id": "a", "query": {"limit": 7}}], "views[0].query.limit"),
            ([{"id": "a", "query": {}}, {"id": "a", "query": {}}], "views"),
            ([{"id": str(place), "query": {}} for place in range(31)], "views"),
        ],
    )
    def test_asked_for_wrongly_name_the_field_of_the_view(self, desk: Served, views: list[Any], named: str):
        """By the same filters as the list."""
        answer = desk.as_user("duty").post("/api/counts", json={"views": views})
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [named]


class TestATicket:
    def test_counts_for_everybody_what_exists_for_him(self, desk: Served, opened: list[str]):
        """Also in figures."""
        assert desk.as_user("duty").get("/api/counts").json()["stages"]["triage"] == len(opened)
        assert desk.as_user("vendor").get("/api/counts").json()["stages"]["triage"] == 0

    @pytest.mark.parametrize("number", ["22222222", "ABC", "lowercase", "OOOOOOOO", "%00", "%ff", "..%2f..", "2" * 9])
    @pytest.mark.parametrize("part", ["", "/timeline", "/obligations", f"/commands/{UUID(int=7)}"])
    def test_that_does_not_exist_is_not_found(self, desk: Served, number: str, part: str):
        """Whatever is asked of it."""
        answer = desk.as_user("duty").get(f"/api/tickets/{number}{part}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"

    @pytest.mark.parametrize("part", ["", "/timeline", "/obligations", "/attachments"])
    def test_is_found_by_its_number_however_that_is_typed(self, desk: Served, opened: list[str], part: str):
        """In small letters, in the full width of a Chinese keyboard, in two halves; the answer has it as it is."""
        as_it_is = desk.as_user("duty").get(f"/api/tickets/{opened[0]}{part}")
        full_width = "".join(chr(ord(character) + 0xFEE0) for character in opened[0])
        halves = f"{opened[0][:4]} {opened[0][4:]}"
        for typed in (opened[0].lower(), full_width, full_width.lower(), halves, halves.replace(" ", "-")):
            answer = desk.as_user("duty").get(f"/api/tickets/{typed}{part}")
            assert (answer.status_code, answer.json()) == (200, as_it_is.json())

    def test_is_found_by_its_number_as_pages_show_it(self, desk: Served, opened: list[str]):
        """In two halves, whatever the second begins with."""
        for typed in (f"{opened[0][:4]} {opened[0][4:]}", f"工单 {opened[0][:4].lower()}-{opened[0][4:].lower()}"):
            found = desk.as_user("duty").get("/api/tickets", params={"text": typed}).json()
            assert [line["number"] for line in found["items"]] == [opened[0]]

    def test_names_where_to_go(self, desk: Served):
        """004-03: whoever is sent has to know where to; and people remember a ticket by its place."""
        site = f"海港路 18 号 B 座 {uuid4().hex[:6]} 机房"
        number = desk.open(site=f" {site} ")["number"]
        assert desk.as_user("engineer").get(f"/api/tickets/{number}").json()["site"] == site
        found = desk.as_user("customer").get("/api/tickets", params={"text": site.upper()}).json()
        assert [line["number"] for line in found["items"]] == [number]
        assert desk.open()["site"] is None

    def test_shows_its_obligations_with_all_their_fields(self, desk: Served):
        """In the words of the interface, in the time of China."""
        day = f"{datetime.now(CHINA) - timedelta(days=3):%Y-%m-%d}"
        number = desk.open("sitech", level="A", received_at=f"{day}T23:00:00+08:00")["number"]
        answer = desk.as_user("customer").get(f"/api/tickets/{number}/obligations").json()
        by_kind = {item["kind"]: item for item in answer["items"] if item["armed"] == "now"}
        respond = by_kind["respond"]
        assert set(respond) >= OBLIGATION_FIELDS
        assert respond["due_at"] == f"{day}T23:10:00+08:00"
        assert (respond["budget"], respond["counting"], respond["origin"]) == ("PT10M", "wall", "received")
        assert set(respond["explanation"]) == {"zh", "en"}
        departs = next(item for item in answer["items"] if item["kind"] == "depart")
        assert departs["armed"] == "breach:restore or declared"

    def test_shows_its_timeline_in_order_a_page_at_a_time(self, desk: Served, opened: list[str]):
        """From the first entry on."""
        lines = walked(desk, f"/api/tickets/{opened[0]}/timeline?limit=1")
        assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
        assert lines[0]["happening"] == "opened"
