"""What a product posts is known by its signature and by nothing else; what is not the product's is nobody's."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import pytest

from api.chat import dingtalk, feishu, wecom
from api.chat.posts import ForgedError
from cli.checks import of_chats
from cli.findings import State
from cli.run import our_parts
from runtime.channel_settings import App
from runtime.chat_settings import DingTalkChat, FeishuChat, WeComChat
from runtime.errors import StartError
from runtime.settings import Given, Settings
from tests.chat import posting
from tests.chat.posting import CORP, SETTINGS, TOKEN

GIVEN = Given.model_validate(SETTINGS)
OURS = App((posting.APP,), posting.SECRET)
WECOM = WeComChat(TOKEN, posting.AES_KEY, CORP)
FEISHU = FeishuChat(TOKEN, posting.FEISHU_KEY, OURS)
DINGTALK = DingTalkChat(OURS)
NOW_MS = 1_800_000_000_000


def now_ms() -> int:
    return int(time.time() * 1000)


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class TestWeCom:
    def test_is_known_as_its_own_documentation_has_it(self):
        """The example of the page on sealing (90968), letter by letter."""
        chat = WeComChat("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
        query = {
            "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
            "timestamp": "1409659589",
            "nonce": "263014780",
            "echostr": "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
        }
        assert wecom.echoed(chat, query) == "1616140317555161061"

    def test_says_who_writes_what(self):
        query, body = posting.wecom("存储掉线", "m-1")
        post = wecom.read(WECOM, query, body, now_ms())
        assert post is not None
        assert (post.id, post.subject, post.text, post.alone) == ("m-1", "liu.yaqin", "存储掉线", True)

    def test_is_answered_sealed_and_signed(self):
        assert posting.wecom_answer(wecom.answer(WECOM, "liu.yaqin", "已收到 <b>&")) == "已收到 <b>&"

    def test_of_an_hour_ago_is_somebody_elses_who_has_seen_it(self):
        query, body = posting.wecom("存储掉线", "m-1")
        for apart in (-3_700_000, 3_700_000):
            with pytest.raises(ForgedError):
                wecom.read(WECOM, query, body, now_ms() + apart)

    def test_of_an_event_or_a_picture_has_no_words(self):
        assert wecom.read(WECOM, *posting.wecom("", "m-1", kind="event"), now_ms()) is None
        picture = wecom.read(WECOM, *posting.wecom("", "m-1", kind="image"), now_ms())
        assert picture is not None
        assert picture.text is None

    @pytest.mark.parametrize("wrong", ["signature", "token", "corp", "body", "unsealed", "doctype", "length", "empty"])
    def test_that_is_forged_is_nobodys(self, wrong: str):
        query, body = posting.wecom("存储掉线", "m-1")
        if wrong == "signature":
            query["msg_signature"] = "0" * 40
        elif wrong == "body":
            body = posting.wecom("别的", "m-2")[1]
        elif wrong == "doctype":
            body = b'<!DOCTYPE x [<!ENTITY a "b">]>' + body
        elif wrong == "empty":
            query, body = {}, b""
        else:
            sealed = {
                "token": lambda: posting.wecom_sealed(b"<xml/>"),
                "corp": lambda: posting.wecom_sealed(b"<xml/>", "another"),
                "unsealed": lambda: base64.b64encode(b"x" * 64).decode(),
                "length": lambda: base64.b64encode(b"x" * 7).decode(),
            }[wrong]()
            query = posting.wecom_signed(sealed, "others" if wrong == "token" else TOKEN)
            body = f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode()
        with pytest.raises(ForgedError):
            wecom.read(WECOM, query, body, now_ms())


class TestFeishu:
    def test_is_known_as_its_own_documentation_has_it(self):
        """The example of the page on sealing: the key is `test key`."""
        sealed = "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="
        with pytest.raises(ForgedError):  # it is sealed well, and no document
            feishu.read(FEISHU._replace(key="test key"), {}, json.dumps({"encrypt": sealed}).encode(), now_ms())
        assert feishu._plain("test key", sealed) == b"hello world"

    def test_says_who_writes_what(self):
        headers, body = posting.feishu(posting.feishu_message("@_user_1 存储掉线", "om_1"))
        post = feishu.read(FEISHU, lower(headers), body, now_ms())
        assert not isinstance(post, str)
        assert post is not None
        assert (post.id, post.subject, post.text, post.alone) == ("om_1", "on_liu", "存储掉线", True)

    def test_of_a_day_ago_is_somebody_elses_who_has_seen_it(self):
        """It tries again for hours where nobody answers."""
        headers, body = posting.feishu(posting.feishu_message("存储掉线", "om_1"))
        assert feishu.read(FEISHU, lower(headers), body, now_ms() + 8 * 3_600_000) is not None
        with pytest.raises(ForgedError):
            feishu.read(FEISHU, lower(headers), body, now_ms() + 25 * 3_600_000)

    def test_is_asked_for_its_challenge(self):
        _, body = posting.feishu({"type": "url_verification", "challenge": "c-1", "token": TOKEN})
        assert feishu.read(FEISHU, {}, body, now_ms()) == "c-1"

    def test_of_people_who_speak_with_each_other_is_nothing_to_us(self):
        headers, body = posting.feishu(posting.feishu_message("今晚吃什么", "om_1", chat="group"))
        assert feishu.read(FEISHU, lower(headers), body, now_ms()) is None

    @pytest.mark.parametrize("wrong", ["signature", "body", "key", "token", "app", "clear", "challenge", "nothing"])
    def test_that_is_forged_is_nobodys(self, wrong: str):
        told: dict[str, Any] = posting.feishu_message("存储掉线", "om_1", token="others" if wrong == "token" else TOKEN)
        if wrong == "app":
            told["header"]["app_id"] = "cli_others"
        if wrong == "challenge":
            told = {"type": "url_verification", "challenge": "c-1", "token": "others"}
        headers, body = posting.feishu(told, "others" if wrong == "key" else posting.FEISHU_KEY)
        if wrong == "signature":
            headers["X-Lark-Signature"] = "0" * 64
        if wrong == "body":
            body = posting.feishu(posting.feishu_message("别的", "om_2"))[1]
        if wrong in {"clear", "nothing"}:
            body = json.dumps(told).encode() if wrong == "clear" else b"[]"
        with pytest.raises(ForgedError):
            feishu.read(FEISHU, lower(headers), body, now_ms())


class TestDingTalk:
    def test_says_who_writes_what(self):
        headers, body = posting.dingtalk(" 存储掉线", "d-1", at_ms=NOW_MS)
        post = dingtalk.read(DINGTALK, headers, body, NOW_MS)
        assert post is not None
        assert (post.id, post.subject, post.text, post.alone) == ("d-1", "staff-liu", "存储掉线", True)

    @pytest.mark.parametrize("wrong", ["sign", "old", "ahead", "no number", "no document"])
    def test_that_is_forged_is_nobodys(self, wrong: str):
        apart = {"old": -3_600_001, "ahead": 3_600_001}.get(wrong, 0)
        headers, body = posting.dingtalk("存储掉线", "d-1", at_ms=NOW_MS + apart)
        if wrong == "sign":
            headers["sign"] = headers["sign"][::-1]
        if wrong == "no number":
            headers["timestamp"] = "soon"
        if wrong == "no document":
            body = b"["
        with pytest.raises(ForgedError):
            dingtalk.read(DINGTALK, headers, body, NOW_MS)


class TestSettings:
    def test_hold_no_secret_where_they_are_written_down(self):
        for place in (repr(GIVEN), GIVEN.model_dump_json()):
            for secret in (TOKEN, posting.AES_KEY, posting.FEISHU_KEY, posting.SECRET):
                assert secret not in place
        assert GIVEN.chats() == ("wecom", "feishu", "dingtalk")
        assert (GIVEN.wecom_messages(), GIVEN.feishu_messages(), GIVEN.dingtalk_messages()) == (WECOM, FEISHU, DINGTALK)

    @pytest.mark.parametrize("words", ["one two", "one two three four"])
    def test_that_are_in_part_are_named_and_not_repeated(self, words: str):
        with pytest.raises(StartError, match="ZHISHOU_WECOM_CHAT") as refusal:
            Given.model_validate({"wecom_chat": words}).chats()
        assert "two" not in str(refusal.value)

    def test_reach_the_api_alone_and_have_the_receiver_run(self, tmp_path: Path):
        given = {"home": tmp_path, "temporal_address": "127.0.0.1:1", "database_url": "postgresql://db/zhishou"}
        parts = [str(part) for part in our_parts(Settings.model_validate(given | SETTINGS))]
        assert [("'api'" in part) for part in parts if posting.FEISHU_KEY in part] == [True]
        assert any("'receiver'" in part for part in parts)
        assert not any("'receiver'" in str(part) for part in our_parts(Settings.model_validate(given)))


@pytest.mark.parametrize(
    ("more", "state", "says"),
    [
        ({}, State.OK, "nobody reports by chat"),
        (SETTINGS, State.WARNING, "wecom, feishu, dingtalk post to a public address"),
        (SETTINGS | {"public_url": "https://z.example.com"}, State.OK, "https://z.example.com/api/chat/dingtalk"),
    ],
)
def test_doctor_says_where_messages_are_taken(more: dict[str, str], state: State, says: str):
    (found,) = of_chats(Given.model_validate(more))
    assert (found.state, says in found.found) == (state, True)
