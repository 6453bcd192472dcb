"""Approval by link: from the application to the decision, on a phone, without signing in."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from starlette.requests import Request

from api.approval import page
from demo.people import CUSTOMERS, PEOPLE
from domain.matters.links import NO_LONGER_ASKED
from domain.matters.remote import NO_GRANT
from domain.matters.resolution import ALREADY_CONFIRMED
from domain.words.refusals import Refusal
from runtime.settings import Settings
from store.models import PersonRow
from tests.links import APPLICATION, REPORT, Letter, applied, apply, asked_for, issued, letter, timeline
from tests.patience import PATIENCE_S
from tests.served import Served
from tests.uploads import PDF, brought


@pytest.fixture
def number(desk: Served) -> str:
    """A major incident whose application waits for both departments."""
    return applied(desk)


class TestALink:
    def test_shows_what_is_asked_and_lets_its_holder_decide(self, desk: Served, number: str):
        """The whole way: what, why, at which risk; one tap; the decision is the person's own."""
        phone = asked_for(desk, number)
        page = phone.look()
        assert page.status_code == 200
        for told in (number, *APPLICATION.values(), REPORT, "示范客户·省人民医院", "陈立群", "技术部门", "尚未表态"):
            assert told in page.text, told
        answer = phone.answer(opinion="同意，请控制在 10 分钟内")
        assert answer.status_code == 200
        assert "您已表示同意" in answer.text
        line = timeline(desk, number)[-1]
        assert (line["happening"], line["data"]["opinion"]) == ("approved", "同意，请控制在 10 分钟内")
        assert (line["actor"]["id"], line["actor"]["department"]) == ("tech", "technical")

    def test_names_what_is_attached(self, desk: Served):
        """To the application and to its report; the approver opens them here, or signed in."""
        number = str(desk.open("nuobida", level="I")["number"])
        report = brought(desk, number, "pm", content=PDF, type_="application/pdf", name="正式报告.pdf")
        photo = brought(desk, number, "pm", name="主控板<b>.jpg")
        for kind, data in (
            ("submit_formal_report", {"text": REPORT, "attachments": [report]}),
            ("apply_major", APPLICATION | {"attachments": [photo]}),
        ):
            assert desk.command("pm", number, kind, **data).status_code == 200
        phone = letter(desk, number)
        for id_, name in ((report, "正式报告.pdf"), (photo, "主控板_b_.jpg")):
            assert f'/files/{id_}" dir="auto">{name}</a>' in phone.look().text
        assert desk.stranger.get(f"{phone.path}/files/{report}").content == PDF
        assert desk.as_user("tech").get(f"/api/tickets/{number}/attachments/{report}").content == PDF

    def test_opens_the_gate_together_with_the_other_departments(self, desk: Served, number: str):
        """Two departments, two people, two links."""
        assert desk.command("engineer", number, "restore", text="切换").json()["reason"] == "not_approved"
        for user in ("tech", "business"):
            assert letter(desk, number, user).answer().status_code == 200
        assert desk.command("engineer", number, "restore", text="切换").status_code == 200

    def test_refuses_as_well(self, desk: Served, number: str):
        """With the same one tap and an opinion."""
        answer = letter(desk, number).answer("refuse", "夜间另行安排")
        assert (answer.status_code, "您已表示不同意" in answer.text) == (200, True)
        assert timeline(desk, number)[-1]["happening"] == "refused"

    def test_says_which_departments_have_agreed_and_no_more(self, desk: Served, number: str):
        """Neither who nor with which words."""
        letter(desk, number, "business").answer(opinion="只给服务方看的话")
        page = letter(desk, number).look()
        assert "已同意" in page.text
        assert "只给服务方看的话" not in page.text
        assert "林秋月" not in page.text

    def test_that_has_been_used_tells_its_holder_what_he_said(self, desk: Served, number: str):
        """And does nothing more, whichever button is pressed."""
        phone = letter(desk, number)
        phone.answer("approve")
        before = timeline(desk, number)
        for answer in (phone.look(), phone.answer("refuse", "改主意了"), phone.answer("approve")):
            assert answer.status_code == 200
            assert "您已表示同意" in answer.text
            assert APPLICATION["title"] not in answer.text
        assert timeline(desk, number) == before

    def test_takes_the_place_of_an_older_one(self, desk: Served, number: str):
        """Of the same person for the same decision; the other department's stays."""
        older, others = letter(desk, number), letter(desk, number, "business")
        newer = asked_for(desk, number)
        assert [one.look().status_code for one in (older, newer, others)] == [404, 200, 200]

    def test_speaks_english_to_who_asks_for_it(self, desk: Served, number: str):
        """Chinese to everybody else."""
        page = letter(desk, number).look(**{"Accept-Language": "en-GB"})
        assert '<html lang="en">' in page.text
        assert "Your opinion (required)" in page.text

    @pytest.mark.parametrize(
        ("form", "status", "told"),
        [
            ({"decision": "approve", "opinion": "  "}, 422, "意见：不能为空"),
            ({"decision": "approve", "opinion": "\u2800\u3164"}, 422, "意见：须有可见的文字"),
            ({"decision": "approve", "opinion": "同\u202e意"}, 422, "意见：第 2 个字符（U+202E）看不见或改变文字方向"),
            ({"decision": "approve"}, 422, "意见：必填"),
            ({"decision": "approve", "opinion": "长" * 801}, 422, "意见：最多 800 个字符"),
            ({"decision": "approve", "opinion": "长" * 3000}, 413, "意见太长"),
            ({"decision": "perhaps", "opinion": "同意"}, 422, "按下面的按钮作答"),
            ({"decision": "approve", "opinion": "同意", "version": "2"}, 422, "按下面的按钮作答"),
            ({"decision": ["approve", "refuse"], "opinion": "同意"}, 422, "按下面的按钮作答"),
        ],
    )
    def test_asks_again_for_an_answer_that_is_none(
        self, desk: Served, number: str, form: dict[str, str], status: int, told: str
    ):
        """With the question still there, and what was wrong."""
        phone = letter(desk, number)
        answer = desk.stranger.post(phone.path, data=form)
        assert (answer.status_code, told in answer.text) == (status, True)
        assert APPLICATION["plan"] in answer.text
        assert not {"approved", "refused", "command_refused"} & {line["happening"] for line in timeline(desk, number)}
        assert phone.answer().status_code == 200

    def test_that_the_ticket_refuses_says_why(self, desk: Served, number: str):
        """Here somebody of a department that is not asked; the refusal is on record, and stays the link's answer."""
        with Session(desk.engine) as session, session.begin():
            role, customers = PEOPLE["tech"].role, tuple(CUSTOMERS)
            session.merge(PersonRow(id="finance", name="财务", role=role, department="finance", customers=customers))
        phone = letter(desk, number, "finance")
        for answer, status in ((phone.answer(), 409), (phone.look(), 200), (phone.answer("refuse"), 409)):
            assert (answer.status_code, "审批人必须属于" in answer.text) == (status, True)
        refusals = [line for line in timeline(desk, number) if line["happening"] == "command_refused"]
        assert [line["data"]["reason"] for line in refusals] == ["no_department"]

    @pytest.mark.parametrize("refusal", [ALREADY_CONFIRMED, NO_GRANT, NO_LONGER_ASKED])
    def test_says_so_in_words_for_people_and_whom_to_ask(self, refusal: Refusal):
        """Nobody who reads it on a phone would send a command."""
        request = Request({"type": "http", "headers": [(b"accept-language", b"zh-CN")]})
        told = bytes(page.not_taken(request, refusal.words, 409).body).decode().partition("<main>")[2]
        assert "请联系服务方" in told
        assert not re.search(r"[(（][a-z_]+", told)


class TestAskingForALink:
    def test_gives_it_to_the_approver_alone(self, desk: Served, number: str):
        """With its end; the address stands nowhere but in the answer."""
        answer = desk.as_user("tech").post(f"/api/tickets/{number}/approval-link", json={})
        assert answer.status_code == 201
        assert set(answer.json()) == {"url", "expires_at"}
        assert answer.json()["url"].startswith(f"{desk.settings.address}/a/")
        assert "location" not in answer.headers

    def test_without_anything_to_decide_is_refused_with_the_reason(self, desk: Served):
        """No application yet; then one that the department has spoken on."""
        number = str(desk.open("nuobida", level="I")["number"])

        def reason() -> str:
            answer = desk.as_user("tech").post(f"/api/tickets/{number}/approval-link", json={})
            assert answer.status_code == 409
            return str(answer.json()["reason"])

        assert reason() == "no_application"
        apply(desk, number)
        assert letter(desk, number).answer().status_code == 200
        assert reason() == "already_decided"

    def test_refuses_fields_that_it_does_not_know(self, desk: Served, number: str):
        """Nobody asks for a link in another's name."""
        for body in ({"person": "business"}, {"action": "grant_remote"}):
            answer = desk.as_user("tech").post(f"/api/tickets/{number}/approval-link", json=body)
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["field"] in {"person", "action"}


class TestTheCommandLine:
    def run(self, settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", "link", *arguments]
        environment = os.environ | settings.as_environment()
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)

    def test_prints_a_link_and_nothing_else(self, desk: Served, settings: Settings, number: str):
        """For the operator's machine, as bearer tokens are."""
        printed = self.run(settings, number, "tech", "--address", desk.url)
        assert printed.returncode == 0, printed.stderr
        path = printed.stdout.strip().removeprefix(desk.url)
        assert Letter(desk, path).look().status_code == 200

    @pytest.mark.parametrize(
        ("person", "told"), [("pm", "Your role may not"), ("customer", "Your role may not"), ("nobody", "no user")]
    )
    def test_says_why_there_is_none(self, desk: Served, settings: Settings, number: str, person: str, told: str):
        """Only approvers of that customer have one."""
        printed = self.run(settings, number, person)
        assert (printed.returncode, printed.stdout) == (1, "")
        assert told in printed.stderr


def test_a_link_ends_when_its_time_is_over(desk: Served, number: str):
    """Half-open, like every period."""
    assert issued(desk, number).expires_at is not None
    assert letter(desk, number, ago=timedelta(hours=1), lasts=timedelta(hours=1)).look().status_code == 404
    assert letter(desk, number, ago=timedelta(hours=1), lasts=timedelta(hours=2)).look().status_code == 200
