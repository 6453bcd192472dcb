"""Robots in groups: what they are posted, and what their answers mean."""

import asyncio
import base64
import hashlib
import hmac
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine, select

from channels.channel import Channel, DelayedError, DownError, NotSentError, RefusedError
from channels.posting import Posting
from channels.robots import KINDS, RobotChannel
from channels.sending import Sending
from domain.words.label import Label
from runtime.channel_settings import Channels, Robot
from runtime.errors import StartError
from store.models import Delivered, DeliveryRow, Way
from tests.channels.conftest import ACTS, NOW, TICKETS, Say
from tests.channels.post import Post
from tests.channels.test_mail import channel as mail_by
from tests.channels.test_posting import HERE, a_letter, webhook
from tests.channels.web import Answers, Web, hangs, says, web_server
from tests.patience import PATIENCE_S

PAGES = "https://zhishou.example.com"
LINK = f"{PAGES}/tickets/SENT2222"
KEY, SECRET = "693a91f6-7xxx-4bc4", "SECq8Zr2Lw0pXv"
PATHS = {
    Way.WECOM: f"/cgi-bin/webhook/send?key={KEY}",
    Way.DINGTALK: f"/robot/send?access_token={KEY}",
    Way.FEISHU: f"/open-apis/bot/v2/hook/{KEY}",
}
TAKEN = {
    Way.WECOM: {"errcode": 0, "errmsg": "ok"},
    Way.DINGTALK: {"errcode": 0, "errmsg": "ok"},
    Way.FEISHU: {"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"},
}
#: What each documents, or was seen to answer, always with a status of 200.
ANSWERS: list[tuple[Way, dict[str, object], type[NotSentError]]] = [
    (Way.WECOM, {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1592021214_50_551f]"}, DownError),
    (Way.WECOM, {"errcode": 45009, "errmsg": "api freq out of limit"}, DownError),
    (Way.WECOM, {"errcode": 40058, "errmsg": "invalid Request Parameter"}, RefusedError),
    (Way.WECOM, {"errcode": -1, "errmsg": "system busy"}, DelayedError),
    (Way.DINGTALK, {"errcode": 310000, "errmsg": "sign not match"}, DownError),
    (Way.DINGTALK, {"errcode": 310000, "errmsg": "keywords not in content"}, DownError),
    (Way.DINGTALK, {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"}, DownError),
    (Way.DINGTALK, {"errcode": 300005, "errmsg": "token is not exist"}, DownError),
    (Way.DINGTALK, {"errcode": 40035, "errmsg": "缺少参数 json"}, RefusedError),
    (Way.DINGTALK, {"errcode": -1, "errmsg": "系统繁忙"}, DelayedError),
    (Way.FEISHU, {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}, DownError),
    (Way.FEISHU, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}, DownError),
    (Way.FEISHU, {"code": 19022, "msg": "Ip Not Allowed"}, DownError),
    (Way.FEISHU, {"code": 19024, "msg": "Key Words Not Found"}, DownError),
    (Way.FEISHU, {"code": 11232, "msg": "frequency limited"}, DownError),
    (Way.FEISHU, {"code": 9499, "msg": "Bad Request", "data": {}}, RefusedError),
    (Way.FEISHU, {"code": 4711, "msg": "何か"}, DelayedError),
]


def robot(web: Web, way: Way, secret: str | None = None) -> RobotChannel:
    return RobotChannel(way, Robot(f"{web.url}{PATHS[way]}", secret), PAGES, Posting(HERE))


class TestAPost:
    @pytest.mark.parametrize("way", PATHS)
    async def test_says_what_is_so_and_leads_to_the_act(self, way: Way):
        with web_server(says(200, TAKEN[way])) as web:
            await robot(web, way).send(a_letter())
        (came,) = web.came
        assert came.path == PATHS[way]
        assert LINK in came.body.decode()
        assert "响应已超时 ＜甲＞" in came.body.decode()
        assert "The response is overdue" in came.body.decode()
        assert "值守" in came.body.decode(), "by which word a robot may be guarded"

    @pytest.mark.parametrize("way", PATHS)
    async def test_of_a_storm_lists_it_and_is_no_longer_than_is_taken(self, way: Way):
        with web_server(says(200, TAKEN[way])) as web:
            await robot(web, way).send(a_letter(100))
        assert "100 条消息" in web.came[0].body.decode()
        assert "另有" in web.came[0].body.decode()
        assert len(web.came[0].body) < {Way.WECOM: 4_200}.get(way, 20_000)

    @pytest.mark.parametrize("way", PATHS)
    async def test_is_no_longer_than_is_taken_whatever_was_told(self, way: Way):
        long = Label("很长" * 5_000, "long " * 5_000)
        words = replace(a_letter().messages[0], title=long, text=long, action=long)
        with web_server(says(200, TAKEN[way])) as web:
            await robot(web, way).send(replace(a_letter(), messages=(words,)))
        card = web.came[0].document
        assert way is not Way.WECOM or len(card["markdown"]["content"].encode()) <= 4_096
        assert len(web.came[0].body) < 20_000

    @pytest.mark.parametrize("way", PATHS)
    async def test_calls_nobody_and_leads_nowhere_else_whatever_a_customer_wrote(self, way: Way):
        wrote = Label("<at id=all></at>[点此](http://evil.example)\n> <@all> ![](http://evil.example/a.png)", "`*x*`")
        words = replace(a_letter().messages[0], title=wrote, text=wrote)
        with web_server(says(200, TAKEN[way])) as web:
            await robot(web, way).send(replace(a_letter(), messages=(words,)))
        said = _markdown(web.came[0].document)
        assert not set("<>`") & set(said)
        assert "](http://evil" not in said


def _markdown(card: Any) -> str:
    found = card.get("markdown", {}).get("content") or card.get("actionCard", {}).get("text")
    return str(found or next(each["content"] for each in card["card"]["elements"] if each["tag"] == "markdown"))


class TestASignature:
    async def test_of_dingtalk_stands_in_the_address(self):
        with web_server(says(200, TAKEN[Way.DINGTALK])) as web:
            await robot(web, Way.DINGTALK, SECRET).send(a_letter())
        told = parse_qs(urlsplit(web.came[0].path).query)
        at = told["timestamp"][0]
        assert told["access_token"] == [KEY]
        assert told["sign"] == [_mac(SECRET, f"{at}\n{SECRET}")]
        assert len(at) == 13, "milliseconds"

    async def test_of_feishu_stands_in_the_body(self):
        with web_server(says(200, TAKEN[Way.FEISHU])) as web:
            await robot(web, Way.FEISHU, SECRET).send(a_letter())
        told = web.came[0].document
        assert told["sign"] == _mac(f"{told['timestamp']}\n{SECRET}", "")
        assert len(told["timestamp"]) == 10, "seconds"


def _mac(key: str, text: str) -> str:
    return base64.b64encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)).decode()


class TestAnAnswer:
    @pytest.mark.parametrize(("way", "answer", "meant"), ANSWERS)
    async def test_of_200_that_is_an_error_is_one(self, way: Way, answer: dict[str, object], meant: type[NotSentError]):
        with web_server(says(200, answer)) as web, pytest.raises(meant) as failure:
            await robot(web, way).send(a_letter())
        code = answer.get("errcode", answer.get("code"))
        assert str(code) in str(failure.value)
        assert (failure.value.after_s > 0) is (code in KINDS[way].too_often)

    @pytest.mark.parametrize(
        "answers", [says(200, "ok"), says(200), says(200, []), says(200, {"errcode": "x"}), says(500)]
    )
    async def test_that_is_none_of_a_robot_is_no_success(self, answers: Answers):
        with web_server(answers) as web, pytest.raises(DelayedError):
            await robot(web, Way.WECOM).send(a_letter())

    @pytest.mark.parametrize("way", PATHS)
    async def test_that_repeats_our_secrets_does_not_bring_them_to_light(self, way: Way):
        said = f"no such robot: {KEY} {SECRET}"
        answer = {"errcode": 1, "errmsg": said, "code": 1, "msg": said}
        with web_server(says(200, answer)) as web, pytest.raises(NotSentError) as failure:
            await robot(web, way, SECRET).send(a_letter())
        assert KEY not in str(failure.value)
        assert SECRET not in str(failure.value)

    @pytest.mark.parametrize(
        ("path", "said"),
        [
            (f"/open-apis/bot/v2/hook/{KEY}/", KEY),
            (f"/robots/{KEY}/messages", KEY),
            (f"/robot/send?{KEY}", KEY),
            ("/cgi-bin/webhook/send?key=a%2Fb%2Bc%3D%3D-4bc4", "a/b+c==-4bc4"),
            (f"/robot/send?access_token={KEY}", "x" * 190 + KEY),  # a log's line ends within it
        ],
    )
    async def test_brings_no_secret_to_light_wherever_in_the_address_it_stands(self, path: str, said: str):
        with web_server(says(200, {"errcode": 1, "errmsg": f"{said} is unknown"})) as web:
            there = RobotChannel(Way.WECOM, Robot(f"{web.url}{path}"), PAGES, Posting(HERE))
            with pytest.raises(NotSentError) as failure:
                await there.send(a_letter())
        assert KEY[:8] not in str(failure.value)
        assert said not in str(failure.value)
        assert KEY not in repr(there)

    async def test_is_told_with_what_is_no_secret_in_it(self):
        answers = says(200, {"errcode": 300005, "errmsg": "send robot: token is not exist"})
        with web_server(answers) as web, pytest.raises(DownError) as failure:
            await robot(web, Way.DINGTALK).send(a_letter())
        assert str(failure.value) == "300005 send robot: token is not exist"


async def test_a_channel_that_hangs_delays_no_other(group: Engine, say: Say, post: Post):
    """Nor does one that refuses, and each has its own."""
    ids = {say(f"请接单{place}", to="duty", ticket=None if place else TICKETS[0], action=ACTS) for place in range(4)}
    stopped = asyncio.Event()
    with web_server(hangs) as web, web_server(says(503)) as down:
        given: list[Channel] = [mail_by(post), webhook(web), robot(down, Way.WECOM)]
        going = asyncio.create_task(Sending(group, given, lambda: NOW).until(stopped))
        try:
            async with asyncio.timeout(PATIENCE_S):
                while len(post.came) < len(ids) or not web.came or not down.came:
                    await asyncio.sleep(0.05)
        finally:
            stopped.set()
            await going
    with group.connect() as connection:
        rows = connection.execute(select(DeliveryRow.channel, DeliveryRow.state)).all()
    assert {row.state for row in rows if row.channel is Way.MAIL} == {Delivered.SENT}
    assert Delivered.SENT not in {row.state for row in rows if row.channel is not Way.MAIL}


async def test_a_channel_rests_for_as_long_as_it_is_asked_to(group: Engine, say: Say, monkeypatch: pytest.MonkeyPatch):
    rests: list[float] = []

    async def rest(stopped: asyncio.Event, seconds: float) -> None:
        rests.append(seconds)
        stopped.set() if seconds > 100 else await asyncio.sleep(0.01)

    monkeypatch.setattr("channels.sending.rest", rest)
    say("请接单", action=ACTS)
    with web_server(says(429, Retry_After="100000")) as web:
        async with asyncio.timeout(PATIENCE_S):
            await Sending(group, [webhook(web)], lambda: NOW).until(asyncio.Event())
    assert max(rests) == 900, "and no longer than a quarter of an hour"


class TestSettings:
    @pytest.mark.parametrize("value", ["q8Zr2Lw0", "ftp://a/q8Zr2Lw0", "https://a/b q8Zr2Lw0 c"])
    def test_that_are_wrong_are_named_and_not_repeated(self, value: str):
        with pytest.raises(ValueError, match="wecom_robot") as refusal:
            Channels.model_validate({"wecom_robot": value})
        assert "q8Zr2Lw0" not in str(refusal.value)

    def test_may_stand_in_a_file(self, tmp_path: Path):
        file = tmp_path / "dingtalk"
        file.write_text(f"https://oapi.dingtalk.com/robot/send?access_token={KEY}\n{SECRET}\n")
        told = Channels(dingtalk_robot_file=file)
        assert told.robots() == {"dingtalk": Robot(f"https://oapi.dingtalk.com/robot/send?access_token={KEY}", SECRET)}
        assert told.secret_files() == [file]
        file.write_text(KEY)
        with pytest.raises(StartError) as refusal:
            told.robots()
        assert KEY not in str(refusal.value)

    def test_let_no_robot_be_reached_in_clear(self):
        with pytest.raises(StartError, match="ZHISHOU_FEISHU_ROBOT"):
            Channels(feishu_robot=f"http://open.feishu.cn/{KEY}").has_channels()

    def test_are_for_the_sender_alone(self):
        told = Channels(wecom_robot=f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}")
        assert KEY not in told.model_dump_json()
        assert KEY not in repr(told)
        assert KEY in told.channel_secrets()["ZHISHOU_WECOM_ROBOT"]
