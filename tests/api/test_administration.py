"""Who may administer, cell by cell, and tables that are brought in over HTTP."""

import io
from typing import ClassVar

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.customers import routes as customers
from api.customers.requests import ChangedContract, ChangedCustomer, NewAuthorisation, NewContract, NewCustomer
from api.http.inputs import bodies
from api.people import routes as people
from api.people.requests import ChangedOrganisation, ChangedPerson, NewOrganisation, NewPerson
from api.roster import routes as roster
from api.roster.requests import NewShift
from demo.people import PEOPLE
from domain.people.actors import CUSTOMER_SIDE, Role
from store.imports import Form
from tests.served import Served

USERS = {who.role: user for user, who in PEOPLE.items()}
OUTSIDERS = CUSTOMER_SIDE | {Role.VENDOR}
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
RECORDERS = ADMINISTRATOR | {Role.PROJECT_MANAGER, Role.DUTY_MANAGER}
PLANNERS = ADMINISTRATOR | {Role.DUTY_MANAGER}
#: Whoever takes a report, or answers for it.
LOOKERS_UP = RECORDERS | {Role.HOTLINE, Role.LEADER, Role.COMMERCIAL}
OURS = frozenset(USERS) - OUTSIDERS

#: Method and address, and who may.
TABLE = {
    ("GET", "/api/people"): ADMINISTRATOR,
    ("POST", "/api/people"): ADMINISTRATOR,
    ("POST", "/api/people/import"): ADMINISTRATOR,
    ("GET", "/api/people/pm"): ADMINISTRATOR,
    ("PATCH", "/api/people/pm"): ADMINISTRATOR,
    ("GET", "/api/organisations"): ADMINISTRATOR,
    ("POST", "/api/organisations"): ADMINISTRATOR,
    ("PATCH", "/api/organisations/vendor"): ADMINISTRATOR,
    ("GET", "/api/customers"): LOOKERS_UP,
    ("POST", "/api/customers"): ADMINISTRATOR,
    ("POST", "/api/customers/import"): ADMINISTRATOR,
    ("GET", "/api/customers/demo-fuao"): LOOKERS_UP,
    ("PATCH", "/api/customers/demo-fuao"): ADMINISTRATOR,
    ("GET", "/api/customers/demo-fuao/contracts"): LOOKERS_UP,
    ("POST", "/api/customers/demo-fuao/contracts"): ADMINISTRATOR,
    ("GET", "/api/customers/demo-fuao/contracts/demo-fuao-2026"): LOOKERS_UP,
    ("GET", "/api/customers/demo-fuao/contracts/demo-fuao-2026/levels"): LOOKERS_UP,
    ("PATCH", "/api/customers/demo-fuao/contracts/demo-fuao-2026"): ADMINISTRATOR,
    ("GET", "/api/customers/demo-fuao/authorisations"): RECORDERS,
    ("POST", "/api/customers/demo-fuao/authorisations"): RECORDERS,
    ("GET", "/api/customers/demo-fuao/authorisations/x"): RECORDERS,
    ("DELETE", "/api/customers/demo-fuao/authorisations/x"): RECORDERS,
    ("GET", "/api/roster"): OURS,
    ("GET", "/api/roster/gaps"): OURS,
    ("GET", "/api/roster/candidates"): PLANNERS,
    ("GET", "/api/roster/on-duty"): OURS,
    ("GET", "/api/roster/x"): OURS,
    ("POST", "/api/roster"): PLANNERS,
    ("POST", "/api/roster/import"): PLANNERS,
    ("DELETE", "/api/roster/x"): PLANNERS,
    ("GET", "/api/colleagues"): OURS,
}  # fmt: skip


def workbook(*rows: list[str]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return out.getvalue()


class TestAdministration:
    @pytest.mark.parametrize("role", sorted(USERS))
    def test_is_open_to_exactly_the_roles_of_the_table(self, desk: Served, role: Role):
        """403 for all others, before anything is said about the body; 401 for strangers."""
        for (method, path), allowed in TABLE.items():
            body = b"{" if method in {"POST", "PATCH"} else None
            answer = desk.as_user(USERS[role]).request(method, path, content=body)
            assert (answer.status_code == 403) is (role not in allowed), (method, path, answer.text)
            assert answer.status_code in {200, 403, 404, 422}, (method, path)
            assert desk.stranger.request(method, path, content=body).status_code == 401

    def test_has_no_route_beside_the_table(self):
        """A new one has to be thought about."""
        assert sum(len(module.router.routes) for module in (customers, people, roster)) == len(TABLE)


class TestAWriteModel:
    MODELS: ClassVar[dict[tuple[str, str], type[BaseModel]]] = {
        ("POST", "/api/people"): NewPerson,
        ("PATCH", "/api/people/pm"): ChangedPerson,
        ("POST", "/api/organisations"): NewOrganisation,
        ("PATCH", "/api/organisations/vendor"): ChangedOrganisation,
        ("POST", "/api/customers"): NewCustomer,
        ("PATCH", "/api/customers/demo-fuao"): ChangedCustomer,
        ("POST", "/api/customers/demo-fuao/contracts"): NewContract,
        ("PATCH", "/api/customers/demo-fuao/contracts/demo-fuao-2026"): ChangedContract,
        ("POST", "/api/customers/demo-fuao/authorisations"): NewAuthorisation,
        ("POST", "/api/roster"): NewShift,
    }
    SECRETS = frozenset({"password", "password_hash", "created_at", "recorded_by", "revoked_at", "__class__"})

    @pytest.mark.parametrize(("method", "path"), MODELS)
    def test_takes_no_field_of_another(self, desk: Served, method: str, path: str):
        """CVE-2021-42086: nobody becomes anything by sending more than was asked for."""
        own = set(self.MODELS[method, path].model_fields)
        others = self.SECRETS.union(*(model.model_fields for model in self.MODELS.values())) - own
        answer = desk.as_user("admin").request(method, path, json=dict.fromkeys(others, "x"))
        assert answer.status_code == 422
        assert {error["field"] for error in answer.json()["errors"]} >= others

    def test_is_one_of_those_that_the_interface_describes(self):
        """All of them are asked."""
        routes = [route for feature in (people, customers, roster) for route in feature.router.routes]
        described = [bodies(route.dependant) for route in routes if isinstance(route, APIRoute)]
        assert set(self.MODELS.values()) == {model for models in described for model in models}


class TestAnImport:
    def send(
        self, desk: Served, what: str, data: bytes, form: str = Form.CSV, **asked: str
    ) -> tuple[int, dict[str, object]]:
        headers = {"Content-Type": form}
        answer = desk.as_user("admin").post(f"/api/{what}/import", content=data, headers=headers, params=asked)
        return answer.status_code, answer.json()

    def test_brings_in_customers_then_people_then_shifts(self, desk: Served):
        """From CSV in China's encoding and from Excel."""
        banks = "客户编号,客户名称,技术部门,合同号,服务合同包\nbank,银行,科技部,bank-1,sitech".encode("gb18030")
        staff = workbook(
            ["登录名", "姓名", "角色", "客户", "部门"],
            ["liu", "刘", "客户审批人", "bank", "technical"],
            ["he", "何", "专家"],
        )
        shifts = b"duty,person,begins_at,ends_at\nexpert,he,2042-01-01 08:00,2042-01-01 20:00"
        assert self.send(desk, "customers", banks, "text/csv; charset=gb18030") == (200, {"checked": 1, "imported": 1})
        assert self.send(desk, "people", staff, Form.XLSX) == (200, {"checked": 2, "imported": 2})
        assert self.send(desk, "roster", shifts) == (200, {"checked": 1, "imported": 1})
        admin = desk.as_user("admin")
        assert admin.get("/api/people/liu").json()["customers"] == ["bank"]
        assert admin.get("/api/customers/bank/contracts/bank-1").json()["pack"] == "sitech"
        assert desk.open("bank-1", customer={"id": "bank"})["stage"] == "triage"

    def test_brings_in_nothing_where_a_row_is_wrong(self, desk: Served):
        """422 names every cell."""
        data = b"id,name,role\nok-1,x,hotline\nok-2,x,boss\nhotline,x,hotline"
        status, problem = self.send(desk, "people", data)
        assert status == 422
        errors = problem["errors"]
        assert isinstance(errors, list)
        assert [error["field"] for error in errors] == ["rows[3].role", "rows[4].id"]
        assert desk.as_user("admin").get("/api/people/ok-1").status_code == 404

    def test_that_only_looks_says_the_same_and_brings_in_nothing(self, desk: Served):
        """What is wrong is told as it would be; what is right is counted, and can be brought in afterwards."""
        right = {
            "people": b"id,name,role\nlook-1,x,hotline",
            "customers": "客户编号,客户名称\nlook-bank,银行".encode(),
            "roster": b"duty,person,begins_at,ends_at\nhotline,hotline,2043-01-01 08:00,2043-01-01 20:00",
        }
        admin = desk.as_user("admin")
        for what, data in right.items():
            assert self.send(desk, what, data, check="true") == (200, {"checked": 1, "imported": 0})
        assert admin.get("/api/people/look-1").status_code == 404
        assert admin.get("/api/customers/look-bank").status_code == 404
        assert self.send(desk, "people", b"id,name,role\nlook-2,x,boss", check="true")[0] == 422
        for what, data in right.items():
            assert self.send(desk, what, data, check="false") == (200, {"checked": 1, "imported": 1})
        assert self.send(desk, "people", right["people"], check="perhaps")[0] == 422

    @pytest.mark.parametrize("form", ["", "application/json", "text/html"])
    def test_takes_two_forms_and_no_other(self, desk: Served, form: str):
        """By what the caller says that it is."""
        status, problem = self.send(desk, "people", b"id,name,role", form)
        assert (status, problem["errors"][0]["field"]) == (422, "Content-Type")  # type: ignore[index]

    def test_takes_either_under_the_name_that_windows_has_for_both(self, desk: Served):
        """A browser there sends a CSV file as Excel's; its beginning tells what it is."""
        excel = "application/vnd.ms-excel"
        csv = "登录名,姓名,角色\nwin-1,王敏,专家".encode("gb18030")
        assert self.send(desk, "people", csv, excel) == (200, {"checked": 1, "imported": 1})
        assert desk.as_user("admin").get("/api/people/win-1").json()["name"] == "王敏"
        book = workbook(["登录名", "姓名", "角色"], ["win-2", "李明", "专家"])
        assert self.send(desk, "people", book, f"{excel}; charset=x") == (200, {"checked": 1, "imported": 1})
        status, problem = self.send(desk, "people", b"\xd0\xcf\x11\xe0" * 99, excel)
        assert status == 422
        assert problem["errors"] == [
            {"field": "body", "message": "是旧版 Excel（.xls）或加密的文件；请另存为 .xlsx，不设密码"}
        ]

    def test_names_the_row_that_is_in_another_encoding(self, desk: Served):
        """In the caller's language, and nothing is brought in."""
        data = "id,name,role\nmix-1,王敏,hotline\n".encode() + "mix-2,李明,hotline".encode("gb18030")
        status, problem = self.send(desk, "people", data)
        errors = problem["errors"]
        assert isinstance(errors, list)
        assert (status, [error["field"] for error in errors]) == (422, ["rows[3].name"])
        assert errors[0]["message"].endswith("请在 Excel 中另存为“CSV UTF-8（逗号分隔）”")
        assert desk.as_user("admin").get("/api/people/mix-1").status_code == 404

    def test_is_of_one_mebibyte_at_most(self, desk: Served):
        """413 beyond."""
        assert self.send(desk, "people", b"x" * (2**20 + 1))[0] == 413
        assert self.send(desk, "people", b"x" * 2**20)[0] == 422
