"""Phrases: texts that are written again and again."""

from typing import Any

import pytest

from tests.served import Served

PHRASE = {
    "title": "远程前说明",
    "text": "{contact}，您好！我们在 {due.respond} 前与您联系。",
    "kinds": ["respond", "note"],
}


class TestAPhrase:
    def test_is_its_owners_until_they_share_it_with_the_service_company(self, desk: Served):
        """Colleagues write it too and change nothing; whoever has not seen a change does not overwrite it."""
        engineer, duty = desk.as_user("engineer"), desk.as_user("duty")
        kept = engineer.post("/api/phrases", json=PHRASE)
        assert kept.status_code == 201
        phrase, address = kept.json(), kept.headers["location"]
        assert phrase == PHRASE | {
            "id": phrase["id"],
            "shared": False,
            "version": 1,
            "own": True,
            "owner_name": "李建国",
        }
        assert duty.get("/api/phrases").json()["items"] == []
        shared = engineer.patch(address, json={"version": 1, "shared": True, "kinds": []}).json()
        assert (shared["kinds"], shared["text"], shared["version"]) == ([], PHRASE["text"], 2)
        assert duty.get("/api/phrases").json()["items"] == [shared | {"own": False}]
        assert engineer.patch(address, json={"version": 1, "title": "x"}).status_code == 409
        assert duty.patch(address, json={"version": 2, "title": "x"}).status_code == 404
        assert duty.delete(address).status_code == 404
        assert engineer.delete(address).status_code == 204
        assert engineer.get("/api/phrases").json()["items"] == []

    @pytest.mark.parametrize(
        ("fields", "named"),
        [
            ({"title": "两\n行"}, "title"),
            ({"text": "\u200b"}, "text"),
            ({"kinds": ["take_contract"]}, "kinds[0]"),
            ({"kinds": ["note", "note"]}, "kinds"),
        ],
    )
    def test_that_nobody_could_write_is_not_kept(self, desk: Served, fields: dict[str, Any], named: str):
        """What the API itself tells tickets has no form."""
        answer = desk.as_user("engineer").post("/api/phrases", json=PHRASE | fields)
        assert answer.status_code == 422
        assert [error["field"] for error in answer.json()["errors"]] == [named]

    @pytest.mark.parametrize("user", ["customer", "vendor", "admin"])
    def test_is_for_people_of_ours_who_write_on_tickets(self, desk: Served, user: str):
        assert desk.as_user(user).get("/api/phrases").status_code == 403
