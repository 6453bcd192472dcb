"""A yes on the telephone, given by the person themselves: a link that is handed over, for every question but one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.matters.links import ANSWERS
from domain.people.actors import Role
from runtime.blobs import Blobs
from store.erasing import concerned, erase
from store.models import ApprovalLinkRow, NotificationRow
from store.registry.people import add_person, change_person
from store.registry.records import Person
from tests.handed import ask, asked, fetched, handed, link, nobody_has_guessed
from tests.links import Letter, timeline
from tests.patience import eventually
from tests.served import Served
from tests.uploads import PDF, brought

_SHOWN = {
    "remote_grant": ("数据库", "查看日志", "8 小时"),
    "part_agreement": ("更换主控板",),
    "change_agreement": ("升级", "说明"),
    "change_acceptance": ("已升级", "全量备份"),
    "confirmation": ("更换主控板后恢复", "已解决"),
}


#: What is told to who says yes, and to who says no.
_TOLD = {
    "remote_grant": ("您已授权远程登录", "您已拒绝远程登录"),
    "part_agreement": ("您已同意更换备件", "您已表示不更换备件"),
    "change_agreement": ("您已同意变更", "您已表示不同意变更"),
    "change_acceptance": ("您已验收变更", "您已表示不同意变更"),
    "confirmation": ("您已确认解决", "您已表示尚未解决"),
}


@pytest.mark.parametrize("kind", list(ANSWERS))
class TestALinkForAnyQuestion:
    def test_shows_what_is_asked_and_takes_a_tap_as_the_persons_own_word(self, desk: Served, kind: str):
        number = asked(desk, kind)
        phone = link(desk, number, kind)
        page = phone.look()
        assert page.status_code == 200
        for told in (number, *_SHOWN[kind]):
            assert told in page.text, told
        answer = phone.answer(opinion="")
        assert (answer.status_code, _TOLD[kind][0] in answer.text) == (200, True)
        line = next(each for each in timeline(desk, number)[::-1] if each["data"].get("channel") == "link")
        assert (line["actor"]["id"], line["data"]["handed_by"]) == ("customer", "hotline")
        assert phone.look().text == answer.text

    def test_takes_a_no_with_its_reason(self, desk: Served, kind: str):
        number = asked(desk, kind)
        phone = link(desk, number, kind)
        again = phone.answer("refuse", " ")
        assert (again.status_code, "请写明原因" in again.text) == (422, True)
        answer = phone.answer("refuse", "先不要动")
        assert (answer.status_code, _TOLD[kind][1] in answer.text) == (200, True)
        line = next(each for each in timeline(desk, number)[::-1] if each["data"].get("channel") == "link")
        assert (line["data"]["reason"], line["actor"]["id"]) == ("先不要动", "customer")


class TestHandingOver:
    def test_is_told_on_the_timeline_and_to_the_customers_people(self, desk: Served):
        number = asked(desk)
        handed(desk, number, "remote_grant")
        line = next(each for each in timeline(desk, number) if each["happening"] == "link_handed")
        assert (line["actor"]["id"], line["data"]["to"], line["data"]["to_name"]) == ("hotline", "customer", "刘雅琴")
        with Session(desk.engine) as session:
            told = session.scalars(select(NotificationRow).filter_by(ticket=number, happening="link_handed")).all()
        assert "customer" in {one.recipient for one in told}
        assert not any("/a/" in str(one.text) for one in told)

    @pytest.mark.parametrize(
        ("user", "status"), [("expert", 403), ("supervisor", 403), ("vendor", 404), ("auditor", 403)]
    )
    def test_is_for_whoever_may_record_the_customers_word(self, desk: Served, user: str, status: int):
        number = asked(desk)
        assert desk.command(user, number, "hand_link", asked="remote_grant", to="customer").status_code == status

    def test_gives_what_opens_it_to_who_handed_it_over_alone(self, desk: Served):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        for user in ("engineer", "pm", "customer"):
            answer = desk.as_user(user).post(f"/api/tickets/{number}/links", json={"command_id": id_})
            assert (answer.status_code, "/a/" in answer.text) == (404, False)
        assert fetched(desk, number, id_).look().status_code == 200

    def test_is_to_somebody_who_could_answer(self, desk: Served):
        number = asked(desk)
        for to in ({"to": "tech"}, {"to": "engineer"}, {"to": "nobody"}, {}):
            answer = desk.command("hotline", number, "hand_link", asked="remote_grant", **to)
            assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "data.to"), to

    def test_is_offered_with_whom_and_what(self, desk: Served):
        number = asked(desk)
        path, offers = f"/api/tickets/{number}/commands", []

        def is_told() -> bool:
            answer = desk.as_user("hotline").get(path)
            offers.extend(answer.json().get("items", ()))
            assert answer.status_code in {200, 503}, answer.text
            return answer.is_success

        eventually(is_told, "what could be done; a busy machine says that nobody answers")
        offer = next(each for each in offers if each["kind"] == "hand_link")
        assert offer["possible"]
        choices = offer["needs"]["choices"]
        assert "customer" in {each["value"] for each in choices["to"]}
        assert [each["value"] for each in choices["asked"]] == ["remote_grant"]

    def test_to_ones_own_phone_is_the_customers_own_matter(self, desk: Served):
        number = asked(desk)
        phone = link(desk, number, by="customer")
        assert phone.answer().status_code == 200
        assert "handed_by" not in timeline(desk, number)[-1]["data"]

    def test_keeps_who_did_it_from_acting_on_the_answer(self, desk: Served):
        number = asked(desk)
        assert link(desk, number, by="engineer").answer().status_code == 200
        assert desk.command("engineer", number, "start_remote", text="x").json()["reason"] == "own_record"
        assert desk.command("engineer2", number, "start_remote", text="x").status_code == 200


class TestTheList:
    def test_names_who_handed_one_over_and_to_whom(self, desk: Served):
        """People outside are not told who of ours it was."""
        number = asked(desk)
        phone = link(desk, number)
        path = f"/api/tickets/{number}/approval-links"
        (ours,), (theirs,) = (desk.as_user(user).get(path).json()["items"] for user in ("hotline", "customer"))
        assert (ours["person_name"], ours["handed_by_name"], ours["used_at"]) == ("刘雅琴", "周晓雯", None)
        assert (theirs["person_name"], theirs["handed_by_name"]) == ("刘雅琴", None)
        assert phone.answer().status_code == 200
        assert desk.as_user("pm").get(path).json()["items"][0]["used_at"]

    def test_tells_of_a_question_that_has_been_answered_otherwise(self, desk: Served):
        number = asked(desk)
        link(desk, number)
        path = f"/api/tickets/{number}/approval-links"
        until = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
        before = desk.as_user("hotline").get(path).json()["items"][0]
        answer = desk.command("customer", number, "grant_remote", scope="数据库", expires_at=until)
        assert answer.status_code == 200, answer.text
        after = desk.as_user("hotline").get(path).json()["items"][0]
        assert [(each["is_asked"], each["used_at"]) for each in (before, after)] == [(True, None), (False, None)]

    def test_tells_that_one_was_used_whose_holder_did_not_wait_for_the_decision(self, desk: Served):
        number = asked(desk)
        phone = link(desk, number)
        assert phone.answer().status_code == 200
        with desk.engine.begin() as connection:
            connection.execute(update(ApprovalLinkRow).where(ApprovalLinkRow.ticket == number).values(used_at=None))
        (shown,) = desk.as_user("hotline").get(f"/api/tickets/{number}/approval-links").json()["items"]
        assert (shown["is_asked"], shown["used_at"] is None) == (False, False)


def told_of_its_end(desk: Served, number: str) -> list[str]:
    """What the customer's contact was told of links for that ticket that opened nothing any more."""
    messages = desk.as_user("customer").get("/api/inbox").json()["items"]
    return [each["text"] for each in messages if "已失效" in each["title"] and number in each["text"]]


class TestWhoeverHoldsOne:
    def test_is_told_once_when_whoever_handed_it_over_has_left(self, desk: Served):
        """One that was used does not matter any more."""
        leaver = Person("leaving-hand", "要走的人", Role.HOTLINE)
        add_person(desk.engine, leaver)
        number, answered = asked(desk), asked(desk)
        phone = link(desk, number, by=leaver.id)
        assert link(desk, answered, by=leaver.id).answer().status_code == 200
        change_person(desk.engine, leaver.id, {"active": False})
        assert phone.look().status_code == 404
        (text,) = told_of_its_end(desk, number)
        assert "重新提出" not in text
        assert told_of_its_end(desk, answered) == []

    def test_is_told_once_when_it_is_asked_anew(self, desk: Served):
        """However often; the link of the newest question lives."""
        number = asked(desk)
        before = link(desk, number)
        ask(desk, number, "remote_grant")
        newest = link(desk, number)
        (text,) = told_of_its_end(desk, number)
        assert "重新提出" in text
        assert (before.look().status_code, newest.look().status_code) == (410, 200)


class TestACode:
    @pytest.fixture(autouse=True)
    def _begins(self, desk: Served) -> None:
        nobody_has_guessed(desk)

    def test_is_read_out_and_typed(self, desk: Served):
        """However it is grouped; it lives for minutes."""
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        body = {"command_id": id_, "spoken": True}
        document = desk.as_user("hotline").post(f"/api/tickets/{number}/links", json=body).json()
        code = document["code"]
        assert (len(code), code.isdigit()) == (12, True)
        assert datetime.fromisoformat(document["expires_at"]) <= datetime.now(UTC) + timedelta(minutes=15)
        assert "code" in desk.stranger.get("/a").text
        typed = desk.stranger.post("/a", data={"code": f"{code[:4]} {code[4:8]}-{code[8:]}"})
        assert (typed.status_code, typed.headers["location"]) == (303, f"a/{code}")
        phone = Letter(desk, f"/a/{code}")
        assert "数据库" in phone.look().text
        assert phone.answer().status_code == 200

    @pytest.mark.parametrize("code", ["", "123", "abcdefghijkl", "1234567890123", "١٢٣"])
    def test_that_is_none_opens_nothing_and_is_asked_for_again(self, desk: Served, code: str):
        """Whoever mistypes goes on typing, also where a code has been looked for."""
        for answer in (desk.stranger.post("/a", data={"code": code}), Letter(desk, "/a/000000000000").look()):
            assert (answer.status_code, "重新输入" in answer.text, 'name="code"' in answer.text) == (404, True, True)

    def test_among_other_fields_is_found(self, desk: Served):
        """However many: nobody's form is a mistake of ours."""
        answer = desk.stranger.post("/a", data={"a": "1", "b": "2", "c": "3", "code": "0"})
        assert answer.status_code == 404

    def test_takes_the_place_of_the_link(self, desk: Served):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        before = fetched(desk, number, id_)
        code = fetched(desk, number, id_, spoken=True)
        assert (before.look().status_code, code.look().status_code) == (404, 200)


class TestFiles:
    def test_are_opened_without_signing_in(self, desk: Served):
        """Those that the holder may see; as long as the page asks, and never of another ticket."""
        number = asked(desk)
        seen = brought(desk, number, "customer", name="现场.jpg")
        hidden = brought(desk, number, "pm", content=PDF, type_="application/pdf", name="内部.pdf")
        other = brought(desk, asked(desk), "customer", name="别处.jpg")
        phone = link(desk, number)
        page = phone.look().text
        assert "现场.jpg" in page
        assert "内部.pdf" not in page
        answer = desk.stranger.get(f"{phone.path}/files/{seen}")
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert answer.headers["content-security-policy"].startswith("sandbox")
        for wrong in (hidden, other, "0" * 32, "x"):
            assert desk.stranger.get(f"{phone.path}/files/{wrong}").status_code == 404
        assert phone.answer().status_code == 200
        assert desk.stranger.get(f"{phone.path}/files/{seen}").status_code == 404

    def test_that_were_erased_are_named_as_such_and_opened_by_nobody(self, desk: Served):
        number = asked(desk)
        id_ = brought(desk, number, "customer", name="现场.jpg")
        phone = link(desk, number)
        order = concerned(desk.engine, "", [id_])
        erase(desk.engine, Blobs(desk.settings.uploads_folder), order, "request 35", datetime.now(UTC))
        assert "现场.jpg</span> （内容已应要求删除）" in phone.look().text
        assert desk.stranger.get(f"{phone.path}/files/{id_}").status_code == 404
        listed = desk.as_user("customer").get(f"/api/tickets/{number}/attachments").json()["items"]
        assert [(each["id"], each["erased"]) for each in listed] == [(id_, True)]
