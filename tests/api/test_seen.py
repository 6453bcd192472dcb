"""Who changes a record of the registry has seen what it is: two administrators do not overwrite each other."""

from typing import Any

import pytest

from domain.people.actors import Role
from store.registry.people import add_person, change_person
from store.registry.records import Person
from tests.served import Served

RECORDS: list[tuple[str, dict[str, Any], str]] = [
    ("/api/customers/demo-fuao", {"name": "甲公司"}, "名称由 示范客户·港城物流集团 改为 甲公司"),
    (
        "/api/customers/demo-fuao/contracts/demo-fuao-2026",
        {"star": 3, "switches": {"heartbeat_min": 20}},
        "星级由 空 改为 3",
    ),
    ("/api/people/stock", {"phone": "13000000001", "active": True}, "电话由"),
    ("/api/organisations/vendor", {"name": "厂家甲"}, "改为 厂家甲"),
]


def read(desk: Served, address: str) -> dict[str, Any]:
    """As a list has it, or by itself where there is such an address."""
    folder, _, id_ = address.rpartition("/")
    answer = desk.as_user("admin").get(folder).json()["items"]
    return next(one for one in answer if one["id"] == id_)


class TestARecord:
    @pytest.mark.parametrize(("address", "change", "said"), RECORDS)
    def test_is_not_overwritten_by_who_has_not_seen_what_it_is_by_now(
        self, desk: Served, address: str, change: dict[str, Any], said: str
    ):
        """They are told what was changed, when and by whom, and send it again by the version that is there now."""
        admin = desk.as_user("admin")
        before = read(desk, address)["version"]
        changed = admin.patch(address, json=change | {"version": before})
        assert changed.status_code == 200, changed.text
        refused = admin.patch(address, json=change | {"version": before})
        assert refused.status_code == 409
        (error,) = refused.json()["errors"]
        assert error["field"] == "version"
        assert said in error["message"]
        assert "您自己" in error["message"]
        assert admin.patch(address, json=change | {"version": changed.json()["version"]}).status_code == 200
        unsaid = admin.patch(address, json=change)
        assert (unsaid.status_code, [one["field"] for one in unsaid.json()["errors"]]) == (422, ["version"])

    def test_is_not_changed_by_who_has_seen_what_never_was(self, desk: Served):
        """A version above all that there are, such as of a page from before a restore, would overwrite everything."""
        admin = desk.as_user("admin")
        never = {"version": desk.seen["version"] + 1}
        for address, change, _ in RECORDS:
            refused = admin.patch(address, json=change | never)
            assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, "version"), address

    def test_says_whose_change_it_is_and_nothing_of_other_records(self, desk: Served):
        """Departments are the customer's; what the command line did is told too; a password is nobody's business."""
        add_person(desk.engine, Person("other-admin", "钱立", Role.ADMINISTRATOR))
        address = "/api/customers/demo-nuobida"
        before = read(desk, address)
        departments = [one | {"name": "信息中心"} for one in before["departments"] if one["id"] == "technical"]
        departments += [one for one in before["departments"] if one["id"] != "technical"]
        other = desk.as_user("other-admin")
        assert other.patch(address, json={"departments": departments} | desk.seen).status_code == 200
        change_person(desk.engine, "stock", {"phone": "13000000002"})
        refused = desk.as_user("admin").patch(address, json={"name": "乙", "version": before["version"]})
        (error,) = refused.json()["errors"]
        assert "钱立把技术部门由 信息科 改为 信息中心" in error["message"]
        assert "电话" not in error["message"]
        english = {"Accept-Language": "en"}
        stale = {"phone": "13000000003", "version": 0}
        told = desk.as_user("admin").patch("/api/people/stock", json=stale, headers=english).json()["errors"]
        assert "the command line changed the phone" in told[0]["message"]
        assert "password" not in told[0]["message"]

    def test_is_neither_ended_nor_begun_again_by_who_has_not_seen_what_became_of_it(self, desk: Served):
        """An account that a colleague has just given another role does not come back unseen."""
        admin = desk.as_user("admin")
        admin.post("/api/people", json={"id": "away", "name": "某人", "role": "engineer"})
        before = admin.get("/api/people/away").json()["version"]
        assert admin.patch("/api/people/away", json={"role": "expert"} | desk.seen).status_code == 200
        for active in (False, True):
            refused = admin.patch("/api/people/away", json={"active": active, "version": before})
            assert refused.status_code == 409
            assert "角色由 工程师 改为 技术专家" in refused.json()["errors"][0]["message"]
        assert admin.get("/api/people/away").json()["active"]
