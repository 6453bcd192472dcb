"""Evidence over HTTP: the auditor takes a ticket's file along, and reads whether it holds."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from api.evidence import routes
from evidence.verifying import verified
from gateway import exporting
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.errors import StoreError
from store.erasing import concerned, erase
from store.models import EntryRow
from tests.served import Served
from tests.uploads import brought


@pytest.fixture
def number(desk: Served) -> str:
    """A ticket that goes on, and an archive in reach."""
    Archive.of(desk.settings)
    return str(desk.open()["number"])


class TestEvidence:
    def test_of_a_ticket_is_a_file_that_anybody_verifies(self, desk: Served, number: str):
        archive = Archive.of(desk.settings)
        answer = desk.as_user("auditor").get(f"/api/tickets/{number}/evidence")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/zip"
        assert number in answer.headers["content-disposition"]
        assert verified(answer.content, archive.keys).number == number

    def test_holds_part_by_part(self, desk: Served, number: str):
        verdict = desk.as_user("auditor").get(f"/api/tickets/{number}/verdict").json()
        assert verdict["holds"] is True, verdict
        assert {each["part"]: each["holds"] for each in verdict["parts"]} == dict.fromkeys(
            ("proof", "decisions", "senders", "alarms", "rows"), True
        )

    def test_names_the_first_thing_that_does_not_hold_and_what_was_not_checked_then(self, desk: Served, number: str):
        where = (EntryRow.ticket == number, EntryRow.seq == 1)
        with desk.engine.begin() as connection:
            connection.execute(update(EntryRow).where(*where).values(actor_id="somebody"))
        verdict = desk.as_user("auditor").get(f"/api/tickets/{number}/verdict").json()
        assert verdict["holds"] is False
        last = verdict["parts"][-1]
        assert (last["part"], last["holds"], last["place"]) == ("rows", False, "rows/timeline.json, 1")
        assert last["detail"]["zh"]
        assert last["detail"]["en"]

    def test_of_which_a_stamp_is_damaged_holds_without_it_and_says_so(self, desk: Served, number: str):
        """One bad file keeps nobody's evidence back."""
        shelf, auditor = Archive.of(desk.settings).shelf, desk.as_user("auditor")
        assert auditor.get(f"/api/tickets/{number}/verdict").json()["damaged_stamps"] == []
        for size in range(1, Archive.of(desk.settings).log.size + 20):  # whatever else comes meanwhile
            shelf.put(f"stamps/0123456789abcdef/2026-11-26.{size}.tsr", b"no stamp")
        verdict = auditor.get(f"/api/tickets/{number}/verdict").json()
        assert verdict["holds"] is True, verdict
        assert verdict["damaged_stamps"]
        assert auditor.get(f"/api/tickets/{number}/evidence").status_code == 200

    def test_is_made_without_another_way_to_temporal(self, desk: Served, number: str, monkeypatch: pytest.MonkeyPatch):
        """The API has one already."""

        async def never(*_: object, **__: object) -> None:
            raise AssertionError

        monkeypatch.setattr(exporting, "connect", never)
        assert desk.as_user("auditor").get(f"/api/tickets/{number}/verdict").json()["holds"] is True

    def test_waits_for_a_store_that_is_away(self, desk: Served, number: str, monkeypatch: pytest.MonkeyPatch):
        """Nothing is said against what lies there."""

        def away(*_: object) -> None:
            raise StoreError("away")

        monkeypatch.setattr(Archive, "record", away)
        for path in ("evidence", "verdict"):
            answer = desk.as_user("auditor").get(f"/api/tickets/{number}/{path}")
            assert (answer.status_code, answer.json()["type"]) == (503, "urn:zhishou:problem:unavailable")

    def test_is_for_the_auditor_alone(self, desk: Served, number: str):
        for path in ("evidence", "verdict"):
            assert desk.as_user("duty").get(f"/api/tickets/{number}/{path}").status_code == 403

    def test_of_an_archive_that_is_elsewhere_is_made_there(
        self, desk: Served, number: str, monkeypatch: pytest.MonkeyPatch
    ):
        """In a cluster the API need not have the keys that sign evidence."""
        monkeypatch.setattr(routes, "is_in_reach", lambda _: False)
        for path in ("evidence", "verdict"):
            answer = desk.as_user("auditor").get(f"/api/tickets/{number}/{path}")
            assert answer.status_code == 409
            assert "zhishou audit" in answer.json()["detail"]

    def test_of_a_file_that_is_lost_there_is_none_and_it_says_which(self, desk: Served, number: str):
        bring_and_lose(desk, number)
        answer = desk.as_user("auditor").get(f"/api/tickets/{number}/evidence")
        assert answer.status_code == 409
        assert "机房.pdf" in answer.json()["detail"]
        verdict = desk.as_user("auditor").get(f"/api/tickets/{number}/verdict").json()
        assert [each["holds"] for each in verdict["parts"]] == [False, None, None, None, None]

    def test_of_which_a_file_was_erased_holds_and_says_so_and_nobody_opens_it(self, desk: Served, number: str):
        id_ = brought(desk, number, user="engineer", name="机房.pdf")
        order = concerned(desk.engine, "", [id_])
        erase(desk.engine, Blobs(desk.settings.uploads_folder), order, "request 35", datetime.now(UTC))
        verdict = desk.as_user("auditor").get(f"/api/tickets/{number}/verdict").json()
        assert verdict["holds"] is True, verdict
        assert [(each["what"], each["about"]) for each in verdict["erased"]] == [("file", id_)]
        answer = desk.as_user("engineer").get(f"/api/tickets/{number}/attachments/{id_}")
        assert (answer.status_code, answer.json()["type"]) == (410, "urn:zhishou:problem:erased")


def bring_and_lose(desk: Served, number: str) -> None:
    """A file that somebody brought, and that nobody has any more."""
    brought(desk, number, user="engineer", name="机房.pdf")
    for file in desk.settings.uploads_folder.rglob("*"):
        if file.is_file():
            file.unlink()
