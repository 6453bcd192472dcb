"""Links that are handed over: whoever holds one answers one question of one ticket, once, and nobody else does."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.people.actors import Role
from store.models import ApprovalLinkRow, PersonRow
from store.registry.people import change_person
from tests.handed import ask, asked, fetched, handed, link
from tests.links import Letter, timeline
from tests.patience import PATIENCE_S
from tests.security.newcomers import newcomer, token_of, tokens_of
from tests.security.test_link_page import Elements
from tests.security.xss import XSS
from tests.served import Served, served
from tests.uploads import brought

#: Whose report it is found out to be.
THEIRS: dict[str, Any] = {
    "customer": "demo-xinhe",
    "contract": "xinhe",
    "contact": {"name": "李工", "phone": "13900000000"},
    "level": "normal",
    "reason": "核实",
}


def happened(desk: Served, number: str) -> list[str]:
    return [line["happening"] for line in timeline(desk, number)]


class TestAttackers:
    def test_look_as_often_as_they_like(self, desk: Served):
        number = asked(desk)
        phone, before = link(desk, number), len(timeline(desk, number))
        for _ in range(5):
            assert phone.look().status_code == phone.look("HEAD").status_code == 200
        assert len(timeline(desk, number)) == before

    def test_use_it_twice(self, desk: Served):
        number = asked(desk)
        phone = link(desk, number)
        phone.answer()
        before = timeline(desk, number)
        assert "您已授权远程登录" in phone.answer("refuse", "改主意").text
        assert timeline(desk, number) == before

    def test_use_it_after_the_question_was_answered_otherwise(self, desk: Served):
        number = asked(desk, "part_agreement")
        phone = link(desk, number, "part_agreement")
        desk.command("customer", number, "refuse_part", reason="不换")
        for answer in (phone.look(), phone.answer()):
            assert answer.status_code == 410
        assert timeline(desk, number)[-1]["happening"] == "part_refused"

    def test_use_it_for_what_is_asked_later(self, desk: Served):
        number = asked(desk)
        phone = link(desk, number)
        ask(desk, number, "remote_grant")
        assert (phone.look().status_code, phone.answer().status_code) == (410, 410)
        assert timeline(desk, number)[-1]["happening"] == "remote_requested"

    def test_fetch_what_opens_a_link_for_what_is_not_asked_any_more(self, desk: Served):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        desk.command("customer", number, "refuse_remote", reason="不必")
        answer = desk.as_user("hotline").post(f"/api/tickets/{number}/links", json={"command_id": id_})
        assert (answer.status_code, answer.json()["reason"]) == (409, "no_longer_asked")

    def test_use_it_for_another_ticket(self, desk: Served):
        """The command is of one ticket, and so is the link."""
        number, other = asked(desk), asked(desk)
        id_ = handed(desk, number, "remote_grant")
        answer = desk.as_user("hotline").post(f"/api/tickets/{other}/links", json={"command_id": id_})
        assert answer.status_code == 404
        fetched(desk, number, id_).answer()
        assert "remote_granted" not in [line["happening"] for line in timeline(desk, other)]

    @pytest.mark.parametrize("values", [{"active": False}, {"customers": ()}])
    def test_use_it_for_somebody_who_has_left(self, desk: Served, values: dict[str, object]):
        number = asked(desk)
        with Session(desk.engine) as session, session.begin():
            row = session.get_one(PersonRow, "customer")
            leaver = f"leaver-{number}".lower()
            session.add(PersonRow(id=leaver, name="离任者", role=row.role, customers=row.customers))
        phone = link(desk, number, to=leaver)
        assert phone.look().status_code == 200
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == leaver).values(**values))
        assert (phone.look().status_code, phone.answer().status_code) == (404, 404)
        assert "remote_granted" not in [line["happening"] for line in timeline(desk, number)]

    def test_use_it_after_it_was_revoked(self, desk: Served):
        """By whoever handed it over, or by whoever holds it; by nobody else."""
        for revoker in ("hotline", "customer"):
            number = asked(desk)
            phone = link(desk, number)
            with Session(desk.engine) as session:
                id_ = session.scalars(select(ApprovalLinkRow.id).filter_by(ticket=number)).one()
            path = f"/api/tickets/{number}/approval-links/{id_}"
            assert desk.as_user("engineer").delete(path).status_code == 404
            assert desk.as_user(revoker).delete(path).status_code == 204
            assert (phone.look().status_code, phone.answer().status_code) == (404, 404)

    def test_use_it_when_its_time_is_over(self, desk: Served):
        number = asked(desk)
        phone = link(desk, number)
        with desk.engine.begin() as connection:
            over = update(ApprovalLinkRow).filter_by(ticket=number)
            connection.execute(over.values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        assert (phone.look().status_code, phone.answer().status_code) == (404, 404)

    def test_read_the_tables(self, desk: Served):
        """Neither a link nor a code stands there, nor in anything that people read."""
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        for spoken in (False, True):
            token = fetched(desk, number, id_, spoken=spoken).path.removeprefix("/a/")
            with Session(desk.engine) as session:
                rows = session.scalars(select(ApprovalLinkRow).filter_by(ticket=number)).all()
            assert not [row for row in rows if token in (row.hash, row.id)]
            assert token not in str(timeline(desk, number))

    @pytest.mark.parametrize("ends", ["confirm", "merge"])
    def test_use_it_when_the_ticket_is_over(self, desk: Served, ends: str):
        """Closed by the customer's word, or merged into another."""
        first = asked(desk, "confirmation" if ends == "confirm" else "remote_grant")
        number = first if ends == "confirm" else asked(desk)
        phone = link(desk, number, "confirmation" if ends == "confirm" else "remote_grant")
        if ends == "confirm":
            assert desk.command("customer", number, "confirm").status_code == 200
        else:
            assert desk.command("hotline", number, "merge", into=first).status_code == 200
        before = timeline(desk, number)
        for answer in (phone.look(), phone.answer()):
            assert answer.status_code == 410
        assert timeline(desk, number) == before

    def test_use_it_for_a_ticket_that_is_anothers_by_now(self, desk: Served):
        """Whose report it is was found out: what was asked of the customer before is asked of nobody any more."""
        number = asked(desk)
        phone = link(desk, number)
        answer = desk.command("hotline", number, "identify", **THEIRS)
        assert answer.status_code == 200, answer.text
        for answer in (phone.look(), phone.answer()):
            assert answer.status_code == 410

    def test_answer_from_two_browsers_at_once_through_two_processes(self, desk: Served):
        """One yes or one no, and both are told the same."""
        number = asked(desk)
        phone, start = link(desk, number), Barrier(8)
        with served(desk.settings) as another, ThreadPoolExecutor(8) as people:

            def tap(turn: int) -> str:
                with httpx2.Client(base_url=(desk.url, another.url)[turn % 2], timeout=PATIENCE_S) as client:
                    start.wait()
                    form = {"decision": ("approve", "refuse")[turn // 2 % 2], "opinion": f"第 {turn} 次"}
                    answer = client.post(phone.path, data=form)
                    while answer.status_code == 202:  # the machine is busy
                        answer = client.get(phone.path)
                    return answer.text

            told = set(people.map(tap, range(8)))
        assert len(told) == 1
        assert len([each for each in happened(desk, number) if each in {"remote_granted", "remote_refused"}]) == 1


class Hander:
    """Somebody new of ours who hands links over, with a token."""

    def __init__(self, desk: Served, role: Role = Role.HOTLINE) -> None:
        self.desk, self.id = desk, newcomer(desk, role)
        self.number = asked(desk)
        self.command = handed(desk, self.number, "remote_grant", self.id)

    def fetches(self) -> httpx2.Response:
        body = {"command_id": self.command}
        return self.desk.as_user(self.id).post(f"/api/tickets/{self.number}/links", json=body)


class TestWhoHandedItOver:
    @pytest.mark.parametrize("change", [{"active": False}, {"role": Role.EXPERT}, {"role": Role.ENGINEER}])
    def test_takes_it_along_when_they_leave_or_are_something_else(self, desk: Served, change: dict[str, Any]):
        """It opens nothing from then on; what was answered before stands, with their name beside it."""
        hander = Hander(desk)
        phone = fetched(desk, hander.number, hander.command, hander.id)
        assert phone.look().status_code == 200
        change_person(desk.engine, hander.id, change)
        assert (phone.look().status_code, phone.answer().status_code) == (404, 404)
        assert "remote_granted" not in happened(desk, hander.number)

    @pytest.mark.parametrize(("role", "status"), [(Role.EXPERT, 403), (Role.SUPERVISOR, 403), (Role.ENGINEER, 201)])
    def test_fetches_it_again_only_with_a_role_that_hands_links_over(self, desk: Served, role: Role, status: int):
        hander = Hander(desk)
        change_person(desk.engine, hander.id, {"role": role})
        answer = hander.fetches()
        assert (answer.status_code, "/a/" in answer.text) == (status, status == 201)

    def test_who_lost_the_token_that_it_was_fetched_with_has_lost_the_link(self, desk: Served):
        hander = Hander(desk)
        others, headers = tokens_of(desk, hander.id), {"Authorization": f"Bearer {token_of(desk, hander.id)}"}
        (stolen,) = set(tokens_of(desk, hander.id)) - set(others)
        path = f"/api/tickets/{hander.number}/links"
        answer = desk.stranger.post(path, json={"command_id": hander.command}, headers=headers)
        phone = Letter(desk, "/a/" + answer.json()["url"].partition("/a/")[2])
        assert phone.look().status_code == 200
        assert desk.as_user(hander.id).delete(f"/api/tokens/{stolen}").status_code == 204
        assert (phone.look().status_code, phone.answer().status_code) == (404, 404)


class TestTheQuestion:
    def test_that_was_told_again_with_another_time_is_answered_all_the_same(self, desk: Served):
        """A resolution that was earlier than was said at first: the link to what was said before is over."""
        number = asked(desk, "confirmation")
        first = link(desk, number, "confirmation")
        opened, resolved = (
            next(datetime.fromisoformat(line["at"]) for line in timeline(desk, number) if line["happening"] == each)
            for each in ("opened", "resolved")
        )
        earlier = (opened + (resolved - opened) / 2).isoformat()
        again = desk.command("engineer", number, "resolve", summary="更换主控板后恢复", occurred_at=earlier)
        assert again.status_code == 200, again.text
        assert first.answer().status_code == 410
        phone = link(desk, number, "confirmation")
        assert (phone.look().status_code, phone.answer().status_code) == (200, 200)
        assert "confirmed" in happened(desk, number)

    def test_is_asked_once_more_where_the_end_of_the_grant_has_passed(self, desk: Served):
        """A page that lay open for hours does not use its link up."""
        number = asked(desk)
        phone = link(desk, number)
        form = {"decision": "approve", "until": (datetime.now(UTC) - timedelta(minutes=1)).isoformat()}
        answer = desk.stranger.post(phone.path, data=form)
        assert (answer.status_code, "所选时间已过" in answer.text) == (422, True)
        form["until"] = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
        assert desk.stranger.post(phone.path, data=form).status_code == 200
        granted = next(line for line in timeline(desk, number) if line["happening"] == "remote_granted")
        assert datetime.fromisoformat(granted["data"]["expires_at"]) == datetime.fromisoformat(form["until"])

    @pytest.mark.parametrize("script", XSS[::9])
    def test_is_shown_as_text_whatever_somebody_wrote(self, desk: Served, script: str):
        """As is the name of a file."""
        pages = []
        for written in ("平常", script):
            number = str(desk.open("sitech", level="B", title=f"标题{written}")["number"])
            brought(desk, number, "customer", name=f"{written}.jpg")
            words = {"scope": f"范围{written}", "text": f"说明{written}"}
            assert desk.command("engineer", number, "request_remote", **words).status_code == 200
            pages.append(Elements(link(desk, number).look().text))
        plain, page = pages
        assert (page.names, page.attributes) == (plain.names, plain.attributes)
        for text in ("标题", "范围", "说明"):
            assert f"{text}{script}" in page.texts
