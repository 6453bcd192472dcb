"""Views: lists of tickets kept under a name; and lists as sheets."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from python_calamine import CalamineWorkbook

from api.tickets import export
from store.owned import MOST
from tests.served import Served

QUERY = {"open": True, "level": ["sitech:A"], "due_within": 30, "sort": "gravity"}


def kept(desk: Served, user: str, **fields: Any) -> dict[str, Any]:
    answer = desk.as_user(user).post("/api/views", json={"name": "即将超时", "query": QUERY} | fields)
    assert answer.status_code == 201, answer.text
    view: dict[str, Any] = answer.json()
    return view


def listed(desk: Served, user: str) -> dict[str, dict[str, Any]]:
    return {view["id"]: view for view in desk.as_user(user).get("/api/views").json()["items"]}


@pytest.fixture(scope="module")
def number(desk: Served) -> str:
    """A ticket whose title a spreadsheet would compute."""
    return str(desk.open(title='=HYPERLINK("http://x","y")', level="A")["number"])


class TestAView:
    def test_is_its_owners_until_they_share_it_with_the_service_company(self, desk: Served):
        """Colleagues use it and change nothing; a customer never gets it."""
        view = kept(desk, "engineer", columns=["number", "title"])
        assert (view["query"], view["own"], view["version"]) == (QUERY, True, 1)
        assert view["id"] not in listed(desk, "duty")
        address = f"/api/views/{view['id']}"
        shared = desk.as_user("engineer").patch(address, json={"version": 1, "shared": True}).json()
        assert (shared["version"], shared["name"]) == (2, "即将超时")
        assert listed(desk, "duty")[view["id"]] == shared | {"own": False}
        assert view["id"] not in listed(desk, "customer")
        assert desk.as_user("duty").patch(address, json={"version": 2, "name": "x"}).status_code == 404
        assert desk.as_user("duty").delete(address).status_code == 404
        assert desk.as_user("engineer").delete(address).status_code == 204
        assert view["id"] not in listed(desk, "duty")

    def test_is_not_changed_by_who_has_not_seen_what_it_is_by_now(self, desk: Served):
        """Of several that change it at once one does, and the others are told."""
        address = f"/api/views/{kept(desk, 'pm')['id']}"

        def rename(name: str) -> httpx2.Response:
            return desk.as_user("pm").patch(address, json={"version": 1, "name": name})

        with ThreadPoolExecutor(4) as people:
            answers = list(people.map(rename, "甲乙丙丁"))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        (won,) = [answer.json() for answer in answers if answer.status_code == 200]
        assert listed(desk, "pm")[won["id"]] == won

    @pytest.mark.parametrize(
        ("user", "fields", "named"),
        [
            ("engineer", {"name": "\u200b"}, "name"),
            ("engineer", {"name": "两\n行"}, "name"),
            ("engineer", {"query": {"level": ["A"], "owner": "me"}}, "query.owner"),
            ("engineer", {"query": {"limit": 5}}, "query.limit"),
            ("engineer", {"columns": ["password"]}, "columns[0]"),
            ("engineer", {"columns": ["title", "title"]}, "columns"),
            ("engineer", {"position": -1}, "position"),
            ("customer", {"query": {"work": ["part"]}}, "query.work"),
            ("customer", {"query": {}, "shared": True}, "shared"),
            ("vendor", {"query": {"contract": "sitech"}}, "query.contract"),
        ],
    )
    def test_that_nobody_could_ask_is_not_kept(self, desk: Served, user: str, fields: dict[str, Any], named: str):
        """By the filters of the list, and by what is theirs to ask."""
        answer = desk.as_user(user).post("/api/views", json={"name": "x", "query": {}} | fields)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [named]

    def test_is_one_of_a_number_that_somebody_can_overlook(self, desk: Served):
        for _ in range(MOST):
            kept(desk, "supervisor")
        answer = desk.as_user("supervisor").post("/api/views", json={"name": "x", "query": {}})
        assert answer.status_code == 409
        assert len(listed(desk, "supervisor")) == MOST


class TestASheet:
    def asked(self, desk: Served, language: str = "zh", **query: Any) -> httpx2.Response:
        answer = desk.as_user("auditor").get("/api/tickets/export", params=query, headers={"Accept-Language": language})
        assert answer.status_code == 200, answer.text
        return answer

    def test_of_text_has_the_mark_of_its_letters_and_no_formula(self, desk: Served, number: str):
        """Headings and words in the reader's language, instants with their offset."""
        answer = self.asked(desk, number=number, columns=["number", "title", "stage", "level", "received_at"])
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-disposition"].startswith('attachment; filename="tickets-')
        assert answer.content.startswith(b"\xef\xbb\xbf")
        headings, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert headings == ["工单号", "标题", "阶段", "级别", "受理时间"]
        assert (row[0], row[1]) == (number, '\'=HYPERLINK("http://x","y")')
        assert row[4].endswith(" +08:00")
        english, *_ = csv.reader(io.StringIO(self.asked(desk, "en", number=number).content.decode("utf-8-sig")))
        assert english[:2] == ["Number", "Title"]

    def test_of_a_workbook_has_texts_as_they_are(self, desk: Served, number: str):
        """A cell of text is no formula, whatever it begins with."""
        answer = self.asked(desk, number=number, columns=["title", "late"], format="xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
        assert rows == [["标题", "超时次数"], ['=HYPERLINK("http://x","y")', 0.0]]

    def test_holds_what_the_list_holds_in_its_order(self, desk: Served, number: str, monkeypatch: pytest.MonkeyPatch):
        """Page by page, up to a bound beyond which nothing is given rather than a part of it."""
        numbers = [number, *(str(desk.open()["number"]) for _ in range(2))]
        query: dict[str, Any] = {"number": numbers, "sort": "received_at"}
        text = self.asked(desk, **query, columns="number").content.decode("utf-8-sig")
        assert text.split()[1:] == numbers
        monkeypatch.setattr(export, "MOST", 2)
        answer = desk.as_user("auditor").get("/api/tickets/export", params=query)
        assert answer.status_code == 422

    @pytest.mark.parametrize(("user", "status"), [("customer", 403), ("vendor", 403), ("admin", 403), ("hotline", 200)])
    def test_is_taken_away_by_people_of_ours_alone(self, desk: Served, user: str, status: int):
        assert desk.as_user(user).get("/api/tickets/export").status_code == status
