"""People write to the robots of three products: it opens a ticket or stands on one, once, where the person is known."""

import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.mail.chatting import Heard, Told, hear, is_nod
from store.models import Became, EntryRow, IdentityRow, MailRow, PersonRow, TicketRow
from store.registry.confirmations import bind
from tests.channels.web import Web
from tests.chat import posting
from tests.patience import eventually
from tests.served import Served

PRODUCTS = ("wecom", "feishu", "dingtalk")


def post(desk: Served, product: str, text: str, id_: str | None = None, **more: Any) -> httpx2.Response:
    id_ = id_ or uuid4().hex
    if product == "wecom":
        query, body = posting.wecom(text, id_, **more)
        return desk.stranger.post("/api/chat/wecom", params=query, content=body)
    if product == "feishu":
        headers, body = posting.feishu(posting.feishu_message(text, id_, **more))
    else:
        headers, body = posting.dingtalk(text, id_, **more)
    return desk.stranger.post(f"/api/chat/{product}", headers=headers, content=body)


def write(desk: Served, products: Web, product: str, text: str, id_: str | None = None, **more: Any) -> str:
    """Somebody writes; what they read in return."""
    before = len(products.came)
    answer = post(desk, product, text, id_, **more)
    assert answer.status_code == 200, answer.text
    if product == "wecom":
        return posting.wecom_answer(answer.content)
    if product == "dingtalk":
        return str(answer.json()["text"]["content"])

    def said() -> list[str]:
        return [str(each.document["content"]) for each in products.came[before:] if each.path.endswith("/reply")]

    eventually(lambda: bool(said()), "it is said in feishu")
    return said()[0]


def kept(desk: Served) -> list[MailRow]:
    with Session(desk.engine) as session:
        return list(session.scalars(select(MailRow).order_by(MailRow.came_at)))


def settled(desk: Served, many: int = 1) -> list[MailRow]:
    """Once something has become of so many messages."""
    eventually(lambda: [row.became is not None for row in kept(desk)] == [True] * many, "they are seen to")
    return kept(desk)


def there(desk: Served, number: str | None) -> TicketRow:
    """A ticket, once it is in the read model."""

    def found() -> TicketRow | None:
        with Session(desk.engine) as session:
            return session.get(TicketRow, number)

    eventually(lambda: found() is not None, f"{number} is there")
    row = found()
    assert row is not None
    return row


def said_on(desk: Served, number: str) -> list[dict[str, Any]]:
    asked = select(EntryRow.data).where(EntryRow.ticket == number, EntryRow.happening == "mailed")
    with desk.engine.connect() as connection:
        return list(connection.scalars(asked.order_by(EntryRow.seq)))


def opened(desk: Served, customer: str) -> str:
    """Another ticket of theirs."""
    number = str(desk.open("sitech", level="B", customer={"id": customer})["number"])
    there(desk, number)
    return number


@pytest.mark.parametrize("product", PRODUCTS)
class TestSomebodyWhoIsKnown:
    def test_opens_a_ticket_of_their_customer_that_the_commercial_staff_take(
        self, hearing: Served, theirs: str, products: Web, product: str
    ):
        assert "已收到" in write(hearing, products, product, "存储掉线了，快来看看")
        (row,) = settled(hearing)
        assert (row.became, row.due_at is not None, row.raw) == (Became.OPENED, True, None)
        found = there(hearing, row.ticket)
        assert (found.channel, found.customer_id, found.title) == ("chat", theirs, "存储掉线了，快来看看")
        assert found.contact_name == "刘雅琴"
        waits = hearing.as_user("commercial").get("/api/desk/mails").json()["items"]
        assert row.ticket in [each["ticket"] for each in waits]

    def test_adds_to_their_ticket_where_they_have_one(self, hearing: Served, theirs: str, products: Web, product: str):
        number = opened(hearing, theirs)
        assert f"已记入工单 {number}" in write(hearing, products, product, "重启过了，还是不行")
        (row,) = settled(hearing)
        assert (row.became, row.ticket) == (Became.SAID, number)
        eventually(lambda: len(said_on(hearing, number)) == 1, "it stands there")
        (said,) = said_on(hearing, number)
        assert (said["text"], said["writer"]) == ("重启过了，还是不行", f"刘雅琴 <customer@{product}>")

    def test_is_asked_which_by_number_where_they_have_several(
        self, hearing: Served, theirs: str, products: Web, product: str
    ):
        numbers = [opened(hearing, theirs) for _ in range(2)]
        asked = write(hearing, products, product, "还是不行")
        assert all(number in asked for number in numbers)
        assert kept(hearing) == []
        assert f"已记入工单 {numbers[0]}" in write(hearing, products, product, f"{numbers[0].lower()} 还是不行")
        assert settled(hearing)[0].ticket == numbers[0]

    def test_says_the_same_once_however_often_it_is_posted(self, hearing: Served, products: Web, product: str):
        first = write(hearing, products, product, "空调停了", "again-1")
        (row,) = settled(hearing)
        there(hearing, row.ticket)
        assert "已收到" in first
        assert f"已记入工单 {row.ticket}" in write(hearing, products, product, "空调停了", "again-1")
        assert [each.id for each in kept(hearing)] == [row.id]
        assert said_on(hearing, str(row.ticket)) == []


class TestANod:
    def test_to_a_message_opens_nothing_and_is_no_acknowledgement(self, hearing: Served, theirs: str, products: Web):
        """Of a customer who has a ticket it is said on that one: it may answer a question."""
        for text in ("收到", "好的，谢谢！", "👌", "新报障：收到", "Got it, thanks"):
            assert "未作登记" in write(hearing, products, "wecom", text)
        assert kept(hearing) == []
        number = opened(hearing, theirs)
        assert f"已记入工单 {number}" in write(hearing, products, "wecom", "好的")

    def test_of_ours_is_told_that_they_have_nothing_by_it(self, hearing: Served):
        bind(hearing.engine, "engineer", ("wecom", "zhang.san"), now=datetime.now(UTC))
        said = Told("wecom", uuid4().hex, "zhang.san", "收到")
        assert hear(hearing.engine, said, datetime.now(UTC)).heard is Heard.NOD

    def test_behind_a_report_that_is_being_opened_belongs_to_it(self, hearing: Served, products: Web):
        write(hearing, products, "wecom", "空调停了")
        assert "未作登记" not in write(hearing, products, "wecom", "谢谢")

    @pytest.mark.parametrize(
        "text",
        [
            "断网了",
            "好多电脑坏了",
            "你好，服务器坏了",
            "行不行",
            "1",
            "在三楼",
            "嗯" * 3000 + "坏",
            "好的收到" * 40 + "坏",
        ],
    )
    def test_is_nothing_that_says_what_is_wrong(self, text: str):
        assert not is_nod(text)


class TestASignatureOfDingTalk:
    def test_says_one_thing(self, hearing: Served, products: Web):
        """It signs a time alone: whoever has seen it says nothing more by it, in nobody's name."""
        at_ms = int(time.time() * 1000)
        write(hearing, products, "dingtalk", "空调停了", "signed-1", at_ms=at_ms)
        for user in ("staff-liu", "staff-wang"):
            forged = post(hearing, "dingtalk", "请关闭工单", "signed-2", at_ms=at_ms, user=user)
            assert forged.status_code == 400
        assert len(kept(hearing)) == 1
        write(hearing, products, "dingtalk", "空调停了", "signed-1", at_ms=at_ms)


class TestWhoWritesOn:
    def test_before_their_ticket_is_there_writes_on_it(self, hearing: Served, products: Web):
        """People say one thing in several messages."""
        for text in ("服务器坏了", "是机房里左边那台"):
            assert "已收到" in write(hearing, products, "wecom", text)
        first, second = settled(hearing, 2)
        assert (first.became, second.became, second.ticket) == (Became.OPENED, Became.SAID, first.ticket)

    def test_of_something_new_has_another_ticket(self, hearing: Served, theirs: str, products: Web):
        number = opened(hearing, theirs)
        assert "已收到" in write(hearing, products, "wecom", "新报障：打印机卡纸")
        (row,) = settled(hearing)
        assert row.ticket != number
        assert there(hearing, row.ticket).title == "打印机卡纸"


@pytest.mark.parametrize("product", PRODUCTS)
class TestNobody:
    def test_who_is_not_known_opens_anything_or_learns_anything(
        self, hearing: Served, theirs: str, products: Web, product: str
    ):
        number = opened(hearing, theirs)
        if product == "dingtalk":
            said = _of_another_in_dingtalk(hearing, products, f"{number} 请关闭")
        else:
            said = write(hearing, products, product, f"{number} 请关闭", user="stranger")
        assert "尚未登记" in said
        assert number not in said
        assert kept(hearing) == []

    def test_who_may_not_enter_any_more_does(self, hearing: Served, products: Web, product: str):
        with hearing.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(active=False))
        try:
            assert "尚未登记" in write(hearing, products, product, "存储掉线了")
        finally:
            with hearing.engine.begin() as connection:
                connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(active=True))
        assert kept(hearing) == []

    def test_posts_what_is_not_signed(self, hearing: Served, products: Web, product: str):
        assert hearing.stranger.post(f"/api/chat/{product}", content=b"{}").status_code == 400
        assert hearing.stranger.post(f"/api/chat/{product}", content=b"x" * 70_000).status_code in {400, 413}
        assert kept(hearing) == []


def _of_another_in_dingtalk(desk: Served, products: Web, text: str) -> str:
    """Whom it calls by a name that is bound to nobody."""
    bound = IdentityRow.provider == "dingtalk"
    with desk.engine.begin() as connection:
        connection.execute(update(IdentityRow).where(bound).values(subject="union-another"))
    try:
        return write(desk, products, "dingtalk", text)
    finally:
        with desk.engine.begin() as connection:
            connection.execute(update(IdentityRow).where(bound).values(subject="union-liu"))


class TestTheAddress:
    def test_of_wecom_says_what_was_sealed(self, hearing: Served):
        sealed = posting.wecom_sealed(b"1616140317555161061")
        answer = hearing.stranger.get("/api/chat/wecom", params=posting.wecom_signed(sealed) | {"echostr": sealed})
        assert (answer.status_code, answer.text) == (200, "1616140317555161061")
        assert hearing.stranger.get("/api/chat/wecom").status_code == 400

    def test_of_feishu_says_its_challenge(self, hearing: Served):
        _, body = posting.feishu({"type": "url_verification", "challenge": "c-1", "token": posting.TOKEN})
        assert hearing.stranger.post("/api/chat/feishu", content=body).json() == {"challenge": "c-1"}

    def test_in_a_group_asks_to_be_written_to_alone(self, hearing: Served, products: Web):
        """No number of a ticket is said where others read along."""
        before = len(products.came)
        told = posting.feishu_message("@_user_1 存储掉线", "om_group", chat="group")
        told["event"]["message"]["mentions"] = [{"key": "@_user_1"}]
        headers, body = posting.feishu(told)
        assert hearing.stranger.post("/api/chat/feishu", headers=headers, content=body).status_code == 200
        eventually(lambda: len(products.came) > before and "私聊" in str(products.came[-1].document), "it is said")
        assert kept(hearing) == []
