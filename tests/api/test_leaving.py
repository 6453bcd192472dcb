"""Somebody leaves: what rests on them is named, and goes to a successor or openly to nobody, who are told."""

import asyncio
from typing import Any

import httpx2
from sqlalchemy import update

from api.backend import Backend
from api.people.leaving import Leaving
from domain.people.actors import Role
from store.models import PersonRow
from tests.patience import eventually
from tests.served import Served


def put(desk: Served, id_: str, **changes: Any) -> None:
    """As a change that came to nothing else."""
    with desk.engine.begin() as connection:
        connection.execute(update(PersonRow).where(PersonRow.id == id_).values(**changes))


def looked_at_again(desk: Served) -> None:
    """By another process, that does not know what the first has sent."""

    async def look() -> None:
        behind = Backend.of(desk.settings)
        async with behind.running():
            while not await behind.tickets.answers():
                await asyncio.sleep(0.05)
            await Leaving(behind).look()

    asyncio.run(look())


def person(desk: Served, id_: str) -> None:
    answer = desk.as_user("admin").post("/api/people", json={"id": id_, "name": id_, "role": "engineer"})
    assert answer.status_code == 201, answer.text


def goes(desk: Served, id_: str, **fields: Any) -> httpx2.Response:
    return desk.as_user("admin").patch(f"/api/people/{id_}", json={"active": False} | fields | desk.seen)


def ticket_of(desk: Served, id_: str) -> str:
    number = str(desk.open(level="C")["number"])
    answer = desk.command("pm", number, "reassign", to=id_, reason="值班")
    assert answer.status_code == 200, answer.text
    return number


def shift_of(desk: Served, id_: str) -> str:
    hours = {"begins_at": "2042-01-01T08:00:00+08:00", "ends_at": "2042-01-01T20:00:00+08:00"}
    answer = desk.as_user("duty").post("/api/roster", json={"duty": "engineer", "person": id_} | hours)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def owner(desk: Served, number: str) -> str | None:
    found: str | None = desk.as_user("duty").get(f"/api/tickets/{number}").json()["assignee"]
    return found


def another(desk: Served, id_: str, vendor: str) -> None:
    fields = {"id": id_, "name": id_, "role": "vendor", "organisation": vendor}
    assert desk.as_user("admin").post("/api/people", json=fields).status_code == 201


def with_a_case(desk: Served, id_: str) -> tuple[str, str]:
    """The vendor of a new person of theirs, and a ticket on which that person has a case."""
    vendor = str(desk.as_user("admin").get("/api/people/vendor").json()["organisation"])
    another(desk, id_, vendor)
    number = str(desk.open(level="C")["number"])
    opened = desk.command("pm", number, "open_vendor_case", vendor=id_, text="请支援")
    assert opened.status_code == 200, opened.text
    return vendor, number


def sees(desk: Served, user: str, number: str) -> bool:
    return desk.as_user(user).get(f"/api/tickets/{number}").status_code == 200


def texts(desk: Served, user: str, number: str) -> str:
    items = desk.as_user(user).get("/api/inbox", params={"limit": 100}).json()["items"]
    return " ".join(item["text"] for item in items if item["ticket"] == number)


class TestWhoeverLeaves:
    def test_leaves_nothing_behind_in_silence(self, desk: Served):
        """409 names what rests on them, and both ways out; nothing has changed."""
        person(desk, "goer-a")
        number, shift = ticket_of(desk, "goer-a"), shift_of(desk, "goer-a")
        answer = goes(desk, "goer-a")
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:zhishou:problem:rests_on")
        assert answer.json()["rests_on"] == {
            "tickets": [number], "shifts": [shift], "vendor_cases": [], "approvals": [],
        }  # fmt: skip
        assert desk.as_user("admin").get("/api/people/goer-a").json()["active"] is True

    def test_leaves_it_to_a_successor_who_is_told(self, desk: Served):
        """Tickets and shifts; on record as a command of the system that says who asked for it."""
        person(desk, "goer-b")
        person(desk, "heir-b")
        number, shift = ticket_of(desk, "goer-b"), shift_of(desk, "goer-b")
        answer = goes(desk, "goer-b", successor="heir-b")
        assert answer.status_code == 200, answer.text
        assert answer.json()["rests_on"]["tickets"] == [number]
        eventually(lambda: owner(desk, number) == "heir-b", "the successor is in charge")
        assert desk.as_user("duty").get(f"/api/roster/{shift}").json()["substitute"] == "heir-b"
        said = [message["title"] for message in desk.as_user("heir-b").get("/api/inbox").json()["items"]]
        assert "goer-b的 1 个班次由您代班" in said
        (told,) = [one for one in desk.as_user("heir-b").get("/api/inbox").json()["items"] if one["ticket"] == number]
        assert told["title"].startswith("请接手：")
        assert told["action"]
        assert told["link"] == f"/api/tickets/{number}"
        lines = desk.as_user("duty").get(f"/api/tickets/{number}/timeline").json()["items"]
        (handed,) = [line for line in lines if line["actor"]["role"] == "system" and line["happening"] == "reassigned"]
        assert handed["data"]["reason"] == "许志远 停用或调整了 goer-b 的账号"

    def test_leaves_it_openly_to_nobody(self, desk: Served):
        """The hotline learns of it at once."""
        person(desk, "goer-c")
        number = ticket_of(desk, "goer-c")
        assert goes(desk, "goer-c", unassigned=True).status_code == 200
        eventually(lambda: owner(desk, number) is None, "nobody is in charge")
        titles = [one["title"] for one in desk.as_user("hotline").get("/api/inbox").json()["items"]]
        assert any(title.startswith("现在无人负责：") for title in titles)

    def test_leaves_vendors_cases_to_another_of_the_vendor(self, desk: Served):
        """Who sees the ticket from then on, is told, and ends the case."""
        vendor, number = with_a_case(desk, "maker-a")
        another(desk, "maker-b", vendor)
        assert goes(desk, "maker-a").json()["rests_on"]["vendor_cases"] == [number]
        other = desk.as_user("admin").post("/api/organisations", json={"id": "rival", "name": "别家", "kind": "vendor"})
        assert other.status_code == 201
        another(desk, "rival-a", "rival")
        assert goes(desk, "maker-a", successor="rival-a").status_code == 422
        assert goes(desk, "maker-a", successor="maker-b").status_code == 200
        eventually(lambda: sees(desk, "maker-b", number), "the successor sees the ticket")
        assert not sees(desk, "rival-a", number)
        inbox = desk.as_user("maker-b").get("/api/inbox").json()["items"]
        assert [(one["happening"], bool(one["action"])) for one in inbox] == [("vendor_case_handed", True)]
        answer = goes(desk, "maker-b")
        assert answer.json()["rests_on"]["vendor_cases"] == [number]
        assert desk.command("maker-b", number, "close_vendor_case", text="已更换").status_code == 200
        assert goes(desk, "maker-b").status_code == 200

    def test_leaves_vendors_cases_openly_to_nobody(self, desk: Served):
        """A vendor is to be named again before the case ends."""
        _, number = with_a_case(desk, "maker-c")
        assert goes(desk, "maker-c", unassigned=True).status_code == 200
        said = desk.as_user("auditor")

        def handed() -> bool:
            lines = said.get(f"/api/tickets/{number}/timeline").json()["items"]
            return "vendor_case_handed" in {line["happening"] for line in lines}

        eventually(handed, "the case is nobody's")
        closing = desk.command("pm", number, "close_vendor_case", text="已更换")
        assert closing.json()["reason"] == "vendor_not_named"
        assert desk.command("pm", number, "open_vendor_case", vendor="vendor", text="请支援").status_code == 200
        assert desk.command("vendor", number, "close_vendor_case", text="已更换").status_code == 200

    def test_leaves_a_call_to_the_next_at_once(self, desk: Served):
        """They have it and are not in charge: nothing else takes them off the ticket."""
        person(desk, "goer-k")
        number = str(desk.open(level="A")["number"])
        assert desk.command("hotline", number, "reassign", to="engineer", reason="值班").status_code == 200
        assert desk.command("goer-k", number, "contact", text="已联系").status_code == 200
        reader = desk.as_user("duty")
        eventually(
            lambda: reader.get(f"/api/tickets/{number}").json()["call"]["answered_by"] == "goer-k", "they have the call"
        )
        assert goes(desk, "goer-k").status_code == 200
        eventually(lambda: reader.get(f"/api/tickets/{number}").json()["call"]["answered_by"] is None, "nobody has it")
        lines = reader.get(f"/api/tickets/{number}/timeline").json()["items"]
        (left,) = [line for line in lines if line["happening"] == "call_left"]
        assert left["data"]["from"] == "goer-k"
        assert [line["data"]["from"] for line in lines if line["data"].get("alarm") == "off_duty"] == ["goer-k"]
        assert owner(desk, number) == "engineer"

    def test_works_remotely_on_nothing_any_more(self, desk: Served):
        """Who is responsible learns that somebody may still be on the device, the customer that it is over."""
        person(desk, "goer-f")
        number = str(desk.open(level="C")["number"])
        assert desk.command("customer", number, "grant_remote", scope="db").status_code == 200
        assert desk.command("goer-f", number, "take").status_code == 200
        assert desk.command("pm", number, "take").status_code == 200
        assert desk.command("goer-f", number, "start_remote", text="开始").status_code == 200
        answer = goes(desk, "goer-f")
        assert answer.status_code == 200, answer.text
        said = "goer-f的账号已停用或调整，其远程会话随之终止。"
        eventually(lambda: said in texts(desk, "pm", number), "who is in charge is told")
        assert "您的授权不变" in texts(desk, "customer", number)
        assert "goer-f的账号" not in texts(desk, "customer", number)
        assert desk.command("engineer", number, "start_remote", text="接着处理").status_code == 200

    def test_works_on_nothing_that_they_began_while_they_left(self, desk: Served):
        """What was under way then comes into sight later: somebody looks again, and says it once."""
        number = str(desk.open(level="C")["number"])
        person(desk, "goer-g")
        assert desk.command("customer", number, "grant_remote", scope="db").status_code == 200
        assert desk.command("pm", number, "take").status_code == 200
        assert desk.command("goer-g", number, "start_remote", text="开始").status_code == 200
        put(desk, "goer-g", active=False)
        eventually(lambda: "其远程会话随之终止" in texts(desk, "pm", number), "the session is ended")
        looked_at_again(desk)
        lines = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
        assert [each["happening"] for each in lines if each["actor"]["role"] == "system"].count("remote_ended") == 1
        assert "command_refused" not in {each["happening"] for each in lines}

    def test_is_in_charge_of_nothing_that_nobody_handed_on(self, desk: Served):
        """Where Temporal was away just then, the change stands, and a retry of it changes nothing any more."""
        person(desk, "goer-h")
        number = ticket_of(desk, "goer-h")
        put(desk, "goer-h", role=Role.SUPERVISOR)
        eventually(lambda: owner(desk, number) is None, "nobody is in charge")

    def test_is_followed_by_somebody_who_could(self, desk: Served):
        """Of the same role, active, somebody else."""
        person(desk, "goer-d")
        ticket_of(desk, "goer-d")
        for wrong in ("goer-d", "pm", "nobody-at-all"):
            answer = goes(desk, "goer-d", successor=wrong)
            assert answer.status_code == 422
            assert [error["field"] for error in answer.json()["errors"]] == ["successor"]

    def test_who_has_nothing_just_leaves(self, desk: Served):
        person(desk, "goer-e")
        answer = goes(desk, "goer-e")
        assert answer.status_code == 200
        assert answer.json()["rests_on"] == {"tickets": [], "shifts": [], "vendor_cases": [], "approvals": []}
