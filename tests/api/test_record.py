"""The record of the registry over HTTP: for the auditor, a page at a time."""

import uuid

import pytest

from tests.served import Served

CHANGES = "/api/registry/changes"


class TestTheRecord:
    def test_tells_the_auditor_who_made_somebody_an_administrator(self, desk: Served):
        """Who, when, what, before and after, and under which request."""
        who = f"c-{uuid.uuid4().hex[:12]}"
        admin = desk.as_user("admin")
        assert admin.post("/api/people", json={"id": who, "name": "某人", "role": "engineer"}).status_code == 201
        made = admin.patch(f"/api/people/{who}", json={"role": "administrator"} | desk.seen)
        assert made.status_code == 200
        changed, added = desk.as_user("auditor").get(CHANGES, params={"whom": who}).json()["items"]
        assert added["action"] == "added"
        assert (changed["person"], changed["way"], changed["kind"]) == ("admin", "token", "person")
        assert (changed["before"], changed["after"]) == ({"role": "engineer"}, {"role": "administrator"})
        assert (changed["person_name"], changed["whom_name"]) == ("许志远", "某人")
        assert changed["request"] == made.headers["x-request-id"]

    def test_goes_on_page_by_page(self, desk: Served):
        """Latest first, each once."""
        auditor, seen, following = desk.as_user("auditor"), [], f"{CHANGES}?limit=7&kind=person"
        while following:
            page = auditor.get(following).json()
            seen += [one["id"] for one in page["items"]]
            following = page.get("next")
        assert len(seen) > 7
        assert seen == sorted(set(seen), reverse=True)

    def test_is_found_by_when_and_by_whom(self, desk: Served):
        """Half-open, as all stretches are."""
        auditor = desk.as_user("auditor")
        desk.as_user("admin").post("/api/customers", json={"id": f"c-{uuid.uuid4().hex[:12]}", "name": "某公司"})
        latest = auditor.get(CHANGES, params={"person": "admin"}).json()["items"][0]
        at = latest["at"]
        assert latest in auditor.get(CHANGES, params={"from": at}).json()["items"]
        assert latest not in auditor.get(CHANGES, params={"to": at}).json()["items"]
        assert auditor.get(CHANGES, params={"kind": "ticket"}).status_code == 422

    @pytest.mark.parametrize("user", ["pm", "duty", "engineer", "customer", "vendor"])
    def test_is_for_nobody_who_does_not_watch(self, desk: Served, user: str):
        """403."""
        assert desk.as_user(user).get(CHANGES).status_code == 403
