"""Evidence: files that people bring to a ticket, and who gets them back."""

import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import pytest

from api.attachments import routes
from runtime.settings import Settings
from store import attachments
from store.attachments import Room
from tests.patience import eventually
from tests.served import Served
from tests.uploads import DOCX, JPEG, SAMPLES, bring, brought


@pytest.fixture
def number(desk: Served) -> str:
    """A ticket of its own."""
    return str(desk.open(level="A")["number"])


def files(settings: Settings) -> list[Path]:
    """All that uploads left on the disk."""
    folder = settings.uploads_folder
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def closed(desk: Served, number: str) -> None:
    """Its steps are done, its customer is content."""
    for user, kind, data in (
        ("engineer", "respond", {"text": "已联系"}),
        ("engineer", "resolve", {"summary": "更换电源后恢复"}),
        ("customer", "confirm", {}),
    ):
        assert desk.command(user, number, kind, **data).status_code == 200
    assert desk.as_user("pm").get(f"/api/tickets/{number}").json()["stage"] == "closed"


class TestAFile:
    @pytest.mark.parametrize("type_", SAMPLES)
    def test_comes_back_as_it_was_brought(self, desk: Served, number: str, type_: str):
        """Byte by byte, under its name, to be saved and not to be shown."""
        name, content = SAMPLES[type_]
        answer = bring(desk, number, content=content, type_=type_, name=name)
        assert answer.status_code == 201, answer.text
        document = answer.json()
        sha256 = hashlib.sha256(content).hexdigest()
        told = (document["name"], document["size"], document["media_type"], document["sha256"])
        assert told == (name, len(content), type_, sha256)
        back = desk.as_user("pm").get(answer.headers["location"])
        assert (back.status_code, back.content) == (200, content)
        assert back.headers["content-type"].partition(";")[0] == type_
        assert back.headers["etag"] == f'"{sha256}"'
        assert back.headers["content-disposition"].startswith("attachment; filename")
        assert quote(name) in back.headers["content-disposition"]
        assert back.headers["x-content-type-options"] == "nosniff"
        assert back.headers["content-security-policy"].startswith("sandbox")

    def test_may_be_called_as_browsers_do(self, desk: Served, number: str):
        """By a disposition, and by other names of its type."""
        headers = {"X-File-Name": "", "Content-Disposition": f"attachment; filename*=UTF-8''{quote('签 字.jpg')}"}
        answer = bring(desk, number, type_="image/jpg", **headers)
        assert (answer.json()["name"], answer.json()["media_type"]) == ("签 字.jpg", "image/jpeg")

    def test_that_is_brought_twice_is_one_file_with_two_lines(self, desk: Served, settings: Settings, number: str):
        """Also on another ticket: the same bytes are kept once, private."""
        content = JPEG + number.encode()
        other = str(desk.open()["number"])
        before = set(files(settings))
        first, second = (brought(desk, number, content=content) for _ in range(2))
        brought(desk, other, content=content)
        assert first != second
        (kept,) = set(files(settings)) - before
        assert kept.name == hashlib.sha256(content).hexdigest()
        assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        listed = desk.as_user("pm").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert [item["id"] for item in listed] == [first, second]

    def test_under_the_same_key_is_the_same_line(self, desk: Served, settings: Settings, number: str):
        """An answer that was lost is asked for again; a key is of one file on one ticket, and its bringer's own."""
        key, content = {"Idempotency-Key": uuid.uuid4().hex}, anew()
        first = bring(desk, number, content=content, **key)
        again = bring(desk, number, content=content, **key)
        assert (first.status_code, again.status_code) == (201, 200)
        assert (again.json(), again.headers["location"]) == (first.json(), first.headers["location"])
        assert bring(desk, number, "engineer2", content=content, **key).status_code == 201
        kept, other = files(settings), str(desk.open()["number"])
        for wrong in (
            bring(desk, number, content=anew(), **key),
            bring(desk, number, content=content, name="b.jpg", **key),
            bring(desk, other, content=content, **key),
        ):
            assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
        assert files(settings) == kept
        assert bring(desk, number, **{"Idempotency-Key": "a b"}).status_code == 422
        closed(desk, number)
        assert bring(desk, number, content=content, **key).json() == first.json()

    def test_that_is_sent_at_once_by_several_is_one_line(self, desk: Served, number: str):
        """However fast somebody repeats it."""
        key, content = {"Idempotency-Key": uuid.uuid4().hex}, anew()
        with ThreadPoolExecutor(4) as several:
            answers = list(several.map(lambda _: bring(desk, number, content=content, **key), range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
        assert len({answer.json()["id"] for answer in answers}) == 1

    def test_may_be_kept_by_whoever_was_let_in(self, desk: Served, number: str):
        """Its bytes never change; the next person at the same browser has another session."""
        path = f"/api/tickets/{number}/attachments/{brought(desk, number)}"
        answer = desk.as_user("pm").get(path)
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert {"Cookie", "Authorization"} <= set(answer.headers["vary"].replace(" ", "").split(","))
        known = {"If-None-Match": f'"x", {answer.headers["etag"]}'}
        unchanged = desk.as_user("pm").get(path, headers=known)
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert unchanged.headers["etag"] == answer.headers["etag"]
        assert desk.as_user("customer").get(path, headers=known).status_code == 404
        assert desk.as_user("customer").get(path).headers["cache-control"] == "no-store"

    @pytest.mark.parametrize(("type_", "how"), [("image/png", "inline"), ("application/pdf", "attachment")])
    def test_is_shown_where_it_is_a_picture(self, desk: Served, number: str, type_: str, how: str):
        """Without anything that runs; all others are saved."""
        name, content = SAMPLES[type_]
        path = f"/api/tickets/{number}/attachments/{brought(desk, number, content=content, type_=type_, name=name)}"
        shown = desk.as_user("pm").get(path, params={"show": "true"})
        assert shown.headers["content-disposition"].startswith(how)
        assert shown.headers["content-security-policy"].startswith("sandbox; default-src 'none'")

    def test_can_be_brought_to_a_ticket_that_is_resolved(self, desk: Served, number: str):
        """Evidence comes when it comes."""
        assert desk.command("engineer", number, "resolve", summary="更换电源后恢复").status_code == 200
        assert bring(desk, number, "customer").status_code == 201

    def test_is_not_brought_to_a_ticket_that_is_over(self, desk: Served, number: str):
        """Nothing more comes of it; the answer says what to do."""
        closed(desk, number)
        for user in ("supervisor", "customer"):
            answer = bring(desk, number, user)
            assert (answer.status_code, answer.json()["type"]) == (409, "urn:zhishou:problem:closed")

    def test_of_ours_is_brought_to_a_closed_ticket_while_something_is_owed(self, desk: Served):
        """Here the survey; the customer says it to those who ask, or in a ticket that follows."""
        number = str(desk.open("standard", level="medium")["number"])
        closed(desk, number)
        assert bring(desk, number, "supervisor").status_code == 201
        assert bring(desk, number, "customer").status_code == 409
        survey = desk.command("supervisor", number, "record_survey", text="满意", satisfaction="very_satisfied")
        assert survey.status_code == 200
        eventually(lambda: bring(desk, number, "supervisor").status_code == 409, "the end of the aftercare")


class TestAList:
    def test_goes_page_by_page_oldest_first(self, desk: Served, number: str):
        """Like every list."""
        ids = [brought(desk, number, name=f"{turn}.jpg") for turn in range(5)]
        client, path, seen = desk.as_user("auditor"), f"/api/tickets/{number}/attachments?limit=2", []
        while path:
            page = client.get(path).json()
            seen += [item["id"] for item in page["items"]]
            path = page.get("next")
        assert seen == ids

    def test_names_who_brought_a_file_to_those_who_may_know(self, desk: Served, number: str):
        """The customer knows their own people, and of ours the one in charge."""
        brought(desk, number, "engineer2")
        brought(desk, number, "customer")
        desk.command("engineer", number, "respond", text="见附件")
        ours = desk.as_user("pm").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert [item["uploaded_by"] for item in ours] == ["engineer2", "customer"]
        theirs = desk.as_user("customer").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert [item["uploaded_by"] for item in theirs] == ["customer"]


class TestATicket:
    def test_takes_so_many_files_and_half_of_them_from_outside(self, desk: Served, settings: Settings, number: str):
        """Whoever fills it leaves room for ours; nothing of what is refused stays."""
        with patch.object(routes, "_room", lambda _: Room(4, 10**6)):
            took = [bring(desk, number, user, content=anew()) for user in ("customer", "customer")]
            kept = files(settings)
            refused = bring(desk, number, "customer", content=anew())
            assert (refused.status_code, refused.json()["type"]) == (409, "urn:zhishou:problem:attachments_full")
            assert files(settings) == kept
            took += [bring(desk, number, content=anew()) for _ in range(2)]
            assert bring(desk, number, content=anew()).status_code == 409
        assert [answer.status_code for answer in took] == [201] * 4

    def test_takes_so_many_bytes(self, desk: Served, number: str):
        with patch.object(routes, "_room", lambda _: Room(400, 2 * len(anew()))):
            assert bring(desk, number, content=anew()).status_code == 201
            assert bring(desk, number, content=anew() + b"x").status_code == 409
            assert bring(desk, number, content=anew()).status_code == 201

    def test_that_was_filled_while_a_file_came_keeps_nothing_of_it(self, desk: Served, settings: Settings, number: str):
        """Unless somebody else has brought the same."""
        shared = anew()
        assert bring(desk, number, content=shared).status_code == 201
        kept = files(settings)
        with (
            patch.object(routes, "_room", lambda _: Room(1, 10**6)),
            patch.object(attachments, "require_room", lambda *_: None),
        ):
            assert [bring(desk, number, content=one).status_code for one in (shared, anew())] == [409, 409]
        assert files(settings) == kept


def anew() -> bytes:
    """A photo that nobody has brought."""
    return JPEG + uuid.uuid4().bytes


class TestACommand:
    def test_refers_to_files_of_its_ticket(self, desk: Served, number: str):
        """The timeline shows the ids."""
        photo = brought(desk, number)
        answer = desk.command("engineer", number, "respond", text="见附件", attachments=[photo])
        assert answer.status_code == 200
        lines = desk.as_user("pm").get(f"/api/tickets/{number}/timeline").json()["items"]
        (line,) = [one for one in lines if one["seq"] == answer.json()["seq"]]
        assert line["data"]["attachments"] == [photo]

    def test_that_refers_to_others_is_refused_by_their_place(self, desk: Served, number: str):
        """Of another ticket, of nobody, or hidden from the sender: all the same."""
        photo, other = brought(desk, number), brought(desk, str(desk.open()["number"]))
        for user, ids, place in (
            ("engineer", [photo, other], 1),
            ("engineer", ["0" * 32, photo], 0),
            ("customer", [photo], 0),
        ):
            answer = desk.command(user, number, "note", text="见附件", attachments=ids)
            assert answer.status_code == 422
            (error,) = answer.json()["errors"]
            assert (error["field"], error["message"]) == (f"data.attachments[{place}]", "本工单没有此附件")

    def test_shows_a_file_to_those_who_read_it(self, desk: Served, number: str):
        """What the engineer brings the customer sees once an entry of their timeline refers to it, and not before."""
        shown, kept, noted = (brought(desk, number, name=name) for name in ("a.jpg", "b.jpg", "c.jpg"))
        desk.command("engineer", number, "diagnose", text="主控板故障", attachments=[shown])
        desk.command("engineer", number, "note", text="只给自己人", attachments=[noted])
        path = f"/api/tickets/{number}/attachments"
        assert [item["id"] for item in desk.as_user("customer").get(path).json()["items"]] == [shown]
        ours = desk.as_user("engineer").get(path).json()["items"]
        assert [item["seen_by_customer"] for item in ours] == [True, False, False]
        assert desk.as_user("customer").get(f"{path}/{shown}").content == JPEG
        for hidden in (kept, noted):
            assert desk.as_user("customer").get(f"{path}/{hidden}").status_code == 404

    def test_of_the_customers_side_shows_all_of_them(self, desk: Served, number: str):
        """What one of them brings the others see, and the service company too."""
        brought(desk, number, "customer")
        path = f"/api/tickets/{number}/attachments"
        for user in ("tech", "business", "customer", "engineer", "auditor"):
            assert len(desk.as_user(user).get(path).json()["items"]) == 1

    def test_of_a_vendor_shows_him_his_own(self, desk: Served, number: str):
        """And what their case's entry refers to."""
        own_case = brought(desk, number, name="case.jpg")
        brought(desk, number, "customer", name="customer.jpg")
        opened = desk.command(
            "engineer", number, "open_vendor_case", vendor="vendor", text="请支持", attachments=[own_case]
        )
        assert opened.status_code == 200, opened.text
        mine = brought(desk, number, "vendor", name="mine.jpg")
        seen = desk.as_user("vendor").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert {item["id"] for item in seen} == {own_case, mine}


class TestAnUpload:
    @pytest.mark.parametrize(
        ("headers", "field"),
        [
            ({"Content-Type": ""}, "Content-Type"),
            ({"Content-Type": "image/svg+xml"}, "Content-Type"),
            ({"Content-Type": "text/html"}, "Content-Type"),
            ({"Content-Type": "application/octet-stream"}, "Content-Type"),
            ({"Content-Type": "multipart/form-data; boundary=x"}, "Content-Type"),
            ({"Content-Type": DOCX}, "Content-Type"),
            ({"X-File-Name": ""}, "X-File-Name"),
            ({"X-File-Name": "%ff.jpg"}, "X-File-Name"),
            ({"X-File-Name": "a%00.jpg"}, "X-File-Name"),
        ],
    )
    def test_that_is_not_what_it_says_is_refused_by_its_header(
        self, desk: Served, settings: Settings, number: str, headers: dict[str, str], field: str
    ):
        """422, and nothing of it stays."""
        before = files(settings)
        answer = bring(desk, number, **headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == field
        assert files(settings) == before

    def test_of_nothing_is_refused(self, desk: Served, number: str):
        """An empty body is no file."""
        assert bring(desk, number, content=b"").status_code == 422
