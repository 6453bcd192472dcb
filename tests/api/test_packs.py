"""Contract packs over HTTP, and when promises would be due in a case that nobody has reported."""

import json
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from api.packs.documents import PackLine
from cli.obligations import obligations
from policies import load_pack, pack_ids
from policies.lint import lint
from tests.served import Served

FRIDAY, LATER = "2026-02-13T23:00:00+08:00", "2026-02-14T00:00:00+08:00"


def got(desk: Served, user: str, path: str) -> Any:
    answer = desk.as_user(user).get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def worked_out(desk: Served, user: str = "hotline", **case: Any) -> dict[str, Any]:
    answer = desk.as_user(user).post("/api/promises", json=case)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestPacks:
    def test_are_listed_for_whoever_reads_tickets(self, desk: Served):
        """With levels, gravest first, and the numbers that customers call."""
        for user in ("customer", "vendor", "hotline", "admin"):
            items = got(desk, user, "/api/packs")["items"]
            assert [each["id"] for each in items] == list(pack_ids())
        sitech = next(each for each in items if each["id"] == "sitech")
        assert (sitech["number"], sitech["name"]["zh"]) == ("003", load_pack("sitech").file.name.zh)
        assert [level["id"] for level in sitech["levels"]] == ["A", "B", "C", "D"]
        assert sitech["levels"][0]["zh"] == "A级"
        assert any(each["hotlines"] for each in items)

    def test_are_read_whole_by_ours(self, desk: Served):
        """Each clause quotes its sentence; hours, route and what a contract may set otherwise stand beside."""
        for user in ("auditor", "admin", "engineer"):
            pack = got(desk, user, "/api/packs/sitech")
        clause = next(each for each in pack["clauses"] if each["id"] == "003-18" and each["kind"] == "respond")
        assert (clause["levels"], clause["budget"], clause["counting"]) == (["C"], "PT6H", "service")
        assert (clause["text"], clause["line"]) == ("各事业部需在5*24小时内随时响应,6小时内回复", 49)
        assert next(each for each in pack["clauses"] if each["default"])["note"]["zh"]
        assert {each["id"] for each in pack["hours"]} >= {"5*8", "5*24"}
        assert pack["switches"]["heartbeat_min"] == 30
        assert next(each for each in pack["settings"] if each["name"] == "heartbeat_min")["value"] == "30"
        assert pack["pause_caps"]["customer"] is None or pack["pause_caps"]["customer"] > 0

    @pytest.mark.parametrize("pack", pack_ids())
    def test_that_there_are_can_all_be_read(self, desk: Served, pack: str):
        assert len(got(desk, "pm", f"/api/packs/{pack}")["clauses"]) == len(load_pack(pack).cells)

    def test_have_the_findings_of_lint(self, desk: Served):
        items = got(desk, "auditor", "/api/packs/sitech/findings")["items"]
        expected = [finding.as_json() for finding in lint(load_pack("sitech"))]
        assert [each["message"]["en"] for each in items] == [each["en"] for each in expected]
        assert [each["clauses"] for each in items] == [list(finding.clauses) for finding in lint(load_pack("sitech"))]

    def test_are_nothing_for_people_outside_beyond_their_names(self, desk: Served):
        for user in ("customer", "tech", "vendor"):
            assert desk.as_user(user).get("/api/packs/sitech").status_code == 403
            assert desk.as_user(user).get("/api/packs/sitech/findings").status_code == 403

    def test_that_there_are_not_are_not_found(self, desk: Served):
        for path in ("/api/packs/no", "/api/packs/no/findings", "/api/packs/..%2f..%2fdefaults"):
            assert desk.as_user("pm").get(path).status_code == 404


class TestHotlines:
    def test_are_those_of_the_document_else_the_installations(self):
        """Whoever wants to complain has a number to call; nothing is invented for a document that names none."""
        told = {pack: PackLine.of(load_pack(pack), "400 800 0000").hotlines for pack in ("nuobida", "sitech")}
        assert [each.number for each in told["sitech"]] == ["400 800 0000"]
        assert "400 800 0000" not in {each.number for each in told["nuobida"]}
        assert PackLine.of(load_pack("sitech"), "").hotlines == []


class TestPromises:
    @pytest.mark.parametrize(("pack", "level"), [("sitech", "C"), ("fuao", "urgent"), ("xinhe", "normal")])
    def test_are_those_of_the_command_line(self, desk: Served, pack: str, level: str):
        """One arithmetic: field by field, in the same order."""
        app = typer.Typer(pretty_exceptions_enable=False)
        app.command()(obligations)
        told = CliRunner().invoke(
            app, ["--contract", pack, "--level", level, "--received", FRIDAY, "--fact", "cause=own", "--json"]
        )
        expected = json.loads(told.stdout)
        found = worked_out(desk, contract=pack, level=level, received_at=FRIDAY, facts={"cause": "own"})["items"]
        assert [{name: each[name] for name in row} for each, row in zip(found, expected, strict=True)] == expected
        assert all(each["explanation"]["zh"] and each["explanation"]["en"] for each in found)

    def test_are_those_that_a_ticket_then_has(self, desk: Served):
        """What the hotline is shown while they choose is what the customer is promised."""
        number = desk.open("sitech", level="C", received_at="2026-11-20T23:00:00+08:00")["number"]
        shown = worked_out(desk, contract="sitech", level="C", received_at="2026-11-20T23:00:00+08:00")["items"]
        ticket = desk.as_user("pm").get(f"/api/tickets/{number}/obligations").json()["items"]
        due = {(each["kind"], each["clause"]): each["due_at"] for each in ticket if each["armed"] == "now"}
        assert {(each["kind"], each["clause"]): each["due_at"] for each in shown if each["armed"] == "now"} == due

    def test_are_those_of_a_customers_contract(self, desk: Served):
        """With what it sets otherwise, and whether it was in force."""
        found = worked_out(desk, contract="demo-sitech-2026", level="A", received_at=FRIDAY)
        assert (found["pack"], found["contract"], found["covered"]) == ("sitech", "demo-sitech-2026", True)
        assert worked_out(desk, contract="demo-sitech-2026", level="A", received_at="2020-01-02T10:00:00+08:00")[
            "covered"
        ] is False  # fmt: skip

    def test_record_nothing_and_are_for_those_who_take_reports_or_check_them(self, desk: Served):
        for user in ("auditor", "admin", "engineer"):
            worked_out(desk, user, contract="sitech")
        for user in ("customer", "vendor", "stock"):
            assert desk.as_user(user).post("/api/promises", json={"contract": "sitech"}).status_code == 403

    @pytest.mark.parametrize(
        ("case", "field"),
        [
            ({"contract": "no"}, "contract"),
            ({"contract": "sitech", "level": "I"}, "level"),
            ({"contract": "sitech", "facts": {"cause": "no"}}, "facts.cause"),
            ({"contract": "sitech", "received_at": FRIDAY, "fault_occurred_at": LATER}, "fault_occurred_at"),
        ],
    )
    def test_of_what_there_is_not_name_the_field(self, desk: Served, case: dict[str, Any], field: str):
        answer = desk.as_user("hotline").post("/api/promises", json=case)
        assert (answer.status_code, [each["field"] for each in answer.json()["errors"]]) == (422, [field])
