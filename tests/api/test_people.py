"""People, organisations and colleagues over HTTP."""

from typing import Any

import httpx2
import pytest

from store.registry.people import change_person
from tests.served import Served


def add(desk: Served, **fields: Any) -> httpx2.Response:
    body = {"id": "new", "name": "新人", "role": "engineer"} | fields
    return desk.as_user("admin").post("/api/people", json=body)


def named(answer: httpx2.Response) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


class TestAPerson:
    def test_is_created_at_an_address(self, desk: Served):
        """With all that is known, and nothing of a password."""
        answer = add(desk, id="li", name=" ⽤户 ", phone="138 0000 0000", email="li@example.com", grade="senior")
        assert answer.status_code == 201
        found = desk.as_user("admin").get(answer.headers["location"]).json()
        assert found == answer.json() == {
            "id": "li", "name": "用户", "role": "engineer", "department": None, "customers": [], "organisation": None,
            "phone": "138 0000 0000", "email": "li@example.com", "grade": "senior", "active": True, "also": [],
            "told_apart": [], "version": found["version"],
        }  # fmt: skip

    def test_whose_id_is_taken_is_told_so(self, desk: Served):
        """409, naming the field and the way out, in the caller's language."""
        add(desk, id="twice")
        answer = desk.as_user("admin").post(
            "/api/people", json={"id": "twice", "name": "x", "role": "expert"}, headers={"Accept-Language": "en"}
        )
        assert (answer.status_code, named(answer)) == (409, ["id"])
        assert "choose another" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"id": "Li Ming"}, ["id"]),
            ({"name": "  "}, ["name"]),
            ({"name": "李\n明"}, ["name"]),
            ({"role": "system"}, ["role"]),
            ({"role": "boss"}, ["role"]),
            ({"role": "customer_contact"}, ["customers"]),
            ({"role": "customer_contact", "customers": ["nobody"]}, ["customers"]),
            ({"role": "customer_approver", "customers": ["demo-xinhe"]}, ["department"]),
            ({"role": "vendor"}, ["organisation"]),
            ({"customers": "demo-xinhe"}, ["customers"]),
            ({"grade": "boss"}, ["grade"]),
            ({"phone": "call me", "email": "x"}, ["phone", "email"]),
            ({"password": "x"}, ["password"]),
            ({"password_hash": "x"}, ["password_hash"]),
            ({"active": False}, ["active"]),
        ],
    )
    def test_that_is_wrong_names_the_fields(self, desk: Served, fields: dict[str, Any], wrong: list[str]):
        """And nobody is added. CVE-2021-42086: a password cannot be slipped in."""
        answer = add(desk, **fields)
        assert answer.status_code == 422, answer.text
        assert named(answer) == wrong
        assert desk.as_user("admin").get("/api/people/new").status_code == 404

    def test_is_changed_in_what_is_sent(self, desk: Served):
        """The rest stays; null takes away what may be absent."""
        add(desk, id="zhao", phone="138 0000 0009", grade="junior")
        changed = desk.as_user("admin").patch("/api/people/zhao", json={"grade": "middle", "phone": None} | desk.seen)
        assert changed.status_code == 200
        assert (changed.json()["grade"], changed.json()["phone"], changed.json()["name"]) == ("middle", None, "新人")
        for body in ({"id": "other"}, {"name": None}, {"role": None}, {"active": None}, {"password": "x"}):
            answer = desk.as_user("admin").patch("/api/people/zhao", json=body | desk.seen)
            assert (answer.status_code, named(answer)) == (422, list(body))

    def test_who_is_deactivated_opens_nothing(self, desk: Served):
        """With the tokens that they had, at once."""
        add(desk, id="leaver")
        leaver = desk.as_user("leaver")
        assert leaver.get("/api/tickets").status_code == 200
        assert desk.as_user("admin").patch("/api/people/leaver", json={"active": False} | desk.seen).status_code == 200
        assert leaver.get("/api/tickets").status_code == 401

    @pytest.mark.parametrize("id_", ["nobody", "%00", "%ff", "..%2f..", "a" * 200, "%E6%9D%8E"])
    def test_that_does_not_exist_is_not_found(self, desk: Served, id_: str):
        """Before anything is said about the body."""
        assert desk.as_user("admin").get(f"/api/people/{id_}").status_code == 404
        assert desk.as_user("admin").patch(f"/api/people/{id_}", content=b"{").status_code == 404


class TestAnAdministrator:
    @pytest.mark.parametrize(("change", "field"), [({"role": "expert"}, "role"), ({"active": False}, "active")])
    def test_stays_one(self, desk: Served, change: dict[str, Any], field: str):
        """Their own role is not theirs to change, and the last one cannot leave."""
        answer = desk.as_user("admin").patch("/api/people/admin", json=change | desk.seen)
        assert (answer.status_code, named(answer)) == (409, [field])


class TestAList:
    def test_of_people_leads_from_page_to_page(self, desk: Served):
        """By id, with its filters kept."""
        address: str | None = "/api/people?limit=2&active=true"
        found: list[str] = []
        while address:
            page = desk.as_user("admin").get(address).json()
            found += [item["id"] for item in page["items"]]
            address = page.get("next")
        assert found == sorted(found)
        assert {"admin", "hotline", "vendor", "tech"} <= set(found)

    @pytest.mark.parametrize(
        ("query", "field"),
        [("role=boss", "role"), ("limit=0", "limit"), ("cursor=x", "cursor"), ("text=%00", "text"), ("who=me", "who")],
    )
    def test_that_is_asked_for_wrongly_names_the_parameter(self, desk: Served, query: str, field: str):
        """As everywhere."""
        answer = desk.as_user("admin").get(f"/api/people?{query}")
        assert (answer.status_code, named(answer)) == (422, [field])

    def test_of_colleagues_says_who_is_on_duty(self, desk: Served):
        """Nothing but what is needed to choose whom to call."""
        found = {item["id"]: item for item in desk.as_user("hotline").get("/api/colleagues").json()["items"]}
        assert found["duty"] == {
            "id": "duty", "name": "赵敏", "role": "duty_manager", "grade": None, "on_duty": True,
        }  # fmt: skip
        # Their turns follow one another: at any hour one of the two is there.
        assert sorted(found[id_]["on_duty"] for id_ in ("engineer", "engineer2")) == [False, True]
        assert not {"customer", "vendor", "auditor", "admin"} & set(found)


class TestAnOrganisation:
    def test_is_added_before_its_people(self, desk: Served):
        """A vendor's person needs the vendor."""
        admin = desk.as_user("admin")
        created = admin.post("/api/organisations", json={"id": "maker", "name": "厂家", "kind": "vendor"})
        assert (created.status_code, created.headers["location"]) == (201, "/api/organisations/maker")
        assert add(desk, id="wu", role="vendor", organisation="maker").status_code == 201
        assert admin.patch("/api/organisations/maker", json={"name": "新名"} | desk.seen).json()["name"] == "新名"
        assert admin.patch("/api/organisations/nobody", json={"name": "新名"} | desk.seen).status_code == 404
        again = admin.post("/api/organisations", json={"id": "maker", "name": "厂家", "kind": "service"})
        assert (again.status_code, named(again)) == (409, ["id"])
        listed = {one["id"]: one for one in admin.get("/api/organisations").json()["items"]}
        assert (listed["maker"]["name"], listed["maker"]["kind"]) == ("新名", "vendor")


class TestTwoAccountsOfOnePerson:
    """A law about two people compares persons, not accounts."""

    def change(self, desk: Served, person: str, **fields: Any) -> httpx2.Response:
        return desk.as_user("admin").patch(f"/api/people/{person}", json=fields | desk.seen)

    def test_are_linked_and_told_of_each_other(self, desk: Served):
        for person in ("wang", "wang.customer", "wang.stock"):
            add(desk, id=person)
        assert self.change(desk, "wang", same_as="wang.customer").json()["also"] == ["wang.customer"]
        linked = self.change(desk, "wang.stock", same_as="wang").json()
        assert linked["also"] == ["wang", "wang.customer"]
        parted = self.change(desk, "wang", same_as=None).json()
        assert (len(parted["also"]), parted["awaits_parting"]) == (2, True), "until a second administrator confirms"
        change_person(desk.engine, "wang", {"same_as": None})
        assert desk.as_user("admin").get("/api/people/wang").json()["also"] == []
        assert desk.as_user("admin").get("/api/people/wang.stock").json()["also"] == ["wang.customer"]

    @pytest.mark.parametrize("other", ["nobody-there", "alone"])
    def test_exist_both(self, desk: Served, other: str):
        add(desk, id="alone")
        answer = self.change(desk, "alone", same_as=other)
        assert (answer.status_code, named(answer)) == (422, ["same_as"])

    @pytest.mark.parametrize(
        ("field", "known", "again"),
        [("phone", "138 1111 2222", "+86 13811112222"), ("email", "one@example.com", "One@Example.com")],
    )
    def test_are_asked_about_where_they_share_a_phone_or_a_mail(self, desk: Served, field: str, known: str, again: str):
        first, second, third = (f"{field}.{nth}" for nth in "abc")
        add(desk, id=first, **{field: known})
        asked = add(desk, id=second, **{field: again})
        assert (asked.status_code, named(asked)) == (409, [field])
        assert first in asked.json()["detail"]
        assert add(desk, id=second, same_as=first, **{field: again}).status_code == 201
        assert add(desk, id=third, told_apart=[first, second], **{field: again}).status_code == 201
        assert self.change(desk, first, name="改名").status_code == 200

    def test_are_one_for_every_rule_of_separation(self, desk: Served):
        """The engineer resolves; their account on the customer's side does not confirm."""
        add(desk, id="both.engineer")
        add(desk, id="both.customer", role="customer_contact", customers=["demo-sitech"], same_as="both.engineer")
        number = desk.open(level="B")["number"]
        assert desk.command("both.engineer", number, "resolve", summary="已修复电源").status_code == 200
        refused = desk.command("both.customer", number, "confirm")
        assert (refused.status_code, refused.json()["reason"]) == (409, "own_request")
        assert desk.command("customer", number, "confirm").status_code == 200
