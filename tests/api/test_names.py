"""Names of people, beside their ids, for whoever may know who it was; and what a refused command's document has."""

from typing import Any

from demo.people import PEOPLE
from tests.served import Served
from tests.uploads import bring


def lines(desk: Served, user: str, number: str, happening: str) -> list[dict[str, Any]]:
    items = desk.as_user(user).get(f"/api/tickets/{number}/timeline").json()["items"]
    return [line for line in items if line["happening"] == happening]


class TestNames:
    def test_of_who_is_in_charge_stand_on_the_line_and_the_document(self, desk: Served):
        number = desk.open(level="B", title="看名字")["number"]
        assert desk.as_user("pm").get(f"/api/tickets/{number}").json()["assignee_name"] is None
        assert desk.command("hotline", number, "reassign", to="engineer2", reason="换人").status_code == 200
        for user in ("pm", "customer"):
            assert desk.as_user(user).get(f"/api/tickets/{number}").json()["assignee_name"] == PEOPLE["engineer2"].name
            (line,) = desk.as_user(user).get(f"/api/tickets?text={number}").json()["items"]
            assert line["assignee_name"] == PEOPLE["engineer2"].name

    def test_of_who_did_it_and_to_whom_stand_in_the_timeline(self, desk: Served):
        """The customer knows the one who is in charge, and nobody else of ours."""
        number = desk.open(level="B")["number"]
        desk.command("hotline", number, "reassign", to="engineer", reason="换人")
        desk.command("hotline", number, "reassign", to="engineer2", reason="再换人")
        first, second = lines(desk, "pm", number, "reassigned")
        assert first["actor"]["name"] == PEOPLE["hotline"].name
        assert (second["data"]["to_name"], second["data"]["from_name"]) == (
            PEOPLE["engineer2"].name,
            PEOPLE["engineer"].name,
        )
        first, second = lines(desk, "customer", number, "reassigned")
        assert "name" not in first["actor"]
        assert "to_name" not in first["data"]
        assert second["data"]["to_name"] == PEOPLE["engineer2"].name
        assert "from_name" not in second["data"]

    def test_of_who_brought_a_file_stand_beside_it(self, desk: Served):
        number = desk.open(level="B")["number"]
        assert bring(desk, number, "engineer").json()["uploaded_by_name"] == PEOPLE["engineer"].name
        (ours,) = desk.as_user("pm").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert ours["uploaded_by_name"] == PEOPLE["engineer"].name
        theirs = desk.as_user("customer").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert all("uploaded_by_name" not in each for each in theirs)


class TestTheProblemOfARefusedCommand:
    def test_has_no_field_that_the_interface_does_not_name(self, desk: Served):
        """A client that is made from the document knows which decision it was."""
        number = desk.open(level="B")["number"]
        problem = desk.command("pm", number, "close").json()
        named = desk.stranger.get("/openapi.json").json()["components"]["schemas"]["ProblemShown"]["properties"]
        assert set(problem) <= set(named)
        assert {"number", "command_id", "seq", "happening", "at", "reason"} <= set(problem)
