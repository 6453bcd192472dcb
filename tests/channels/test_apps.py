"""Letters to one person by an app of WeCom, DingTalk or Feishu: to whom, by which token, and what errors mean."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from channels.apps.app import AppChannel
from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.posting import Posting
from channels.setup import channels
from domain.audience.reaching import APPS
from runtime.errors import StartError
from runtime.settings import Given
from store.deliveries.claiming import Letter, address_of, claim
from store.deliveries.policy import own
from store.deliveries.routing import open_channels, route
from store.models import DeliveryRow, Way
from store.registry.confirmations import bind
from tests.channels.conftest import NOW, Say
from tests.channels.products import ID, SECRET, Products, card_of, products
from tests.channels.test_phones import a_letter as in_a_line
from tests.channels.web import says, web_server

SUBJECTS = {Way.WECOM_APP: "wecom-userid", Way.DINGTALK_APP: "ding-union", Way.FEISHU_APP: "feishu-union"}
of_each = pytest.mark.parametrize("way", APPS)


@pytest.fixture
def theirs() -> Iterator[Products]:
    with products() as running:
        yield running


def app(theirs: Products, way: Way, secret: str = SECRET) -> AppChannel:
    names = f"{ID} 1000002" if way is Way.WECOM_APP else ID
    told: dict[str, Any] = {f"{APPS[way]}_app": f"{names} {secret}", "private_hosts": "127.0.0.1"}
    told |= dict.fromkeys(("wecom_api_url", "dingtalk_api_url", "dingtalk_contacts_url", "feishu_api_url"), theirs.url)
    (found,) = channels(Given.model_validate(told | {"public_url": "https://zhishou.example.com"}))
    assert isinstance(found, AppChannel)
    return found


def a_letter(way: Way, *titles: str, address: str | None = None) -> Letter:
    return in_a_line(*titles, address=address or SUBJECTS[way])


class TestAnApp:
    @of_each
    async def test_tells_one_person_by_a_card_that_leads_to_the_ticket(self, theirs: Products, way: Way):
        assert (await app(theirs, way).send(a_letter(way))).startswith("0")
        ((product, told),) = theirs.told
        assert product == APPS[way]
        to = {"wecom": "touser", "dingtalk": "userIds", "feishu": "receive_id"}[product]
        assert told[to] == {"wecom": "wecom-userid", "dingtalk": ["ding-user"], "feishu": "feishu-union"}[product]
        card = str(card_of(product, told))
        assert "https://zhishou.example.com/tickets/SENT2222" in card
        assert "响应已超时" in card
        assert "请马上接手" in card

    @of_each
    async def test_lists_what_a_storm_has_brought(self, theirs: Products, way: Way):
        await app(theirs, way).send(a_letter(way, *(f"第 {place} 条" for place in range(60))))
        card = str(card_of(*theirs.told[0]))
        assert "60 条消息" in card
        assert "第 59 条" in card

    @of_each
    async def test_keeps_its_token_and_asks_for_another_where_it_is_over(self, theirs: Products, way: Way):
        channel = app(theirs, way)
        await channel.send(a_letter(way))
        await channel.send(a_letter(way))
        assert len(theirs.tokens) == 1, "asking often is punished"
        theirs.tokens.append("revoked-the-one-before")
        await channel.send(a_letter(way))
        assert (len(theirs.tokens), len(theirs.told)) == (3, 3)

    @of_each
    async def test_asks_for_one_token_however_many_letters_leave_at_once(self, theirs: Products, way: Way):
        channel = app(theirs, way)
        await asyncio.gather(*(channel.send(a_letter(way)) for _ in range(8)))
        assert (len(theirs.tokens), len(theirs.told)) == (1, 8)

    @pytest.mark.parametrize("address", ["@all", "one|other", ""])
    async def test_of_wecom_tells_nobody_but_one_person(self, theirs: Products, address: str):
        with pytest.raises(RefusedError):
            await app(theirs, Way.WECOM_APP).send(in_a_line(address=address))
        assert theirs.told == []

    @of_each
    async def test_with_a_wrong_secret_is_down_and_does_not_repeat_it(self, theirs: Products, way: Way):
        with pytest.raises(NotSentError) as failure:
            await app(theirs, way, secret="q8Zr!f2Lw0pX").send(a_letter(way))
        assert type(failure.value) is DownError
        assert "q8Zr" not in str(failure.value)

    @of_each
    @pytest.mark.parametrize("written", [str, lambda word: quote(word, safe=""), lambda word: "x" * 190 + word])
    async def test_says_no_secret_wherever_in_an_answer_it_is_repeated(
        self, theirs: Products, way: Way, written: Callable[[str], str]
    ):
        """In a success as in a refusal, in a code as in words, as it is or as in an address."""
        for secret in (SECRET, "token-0"):
            said = written(secret)
            successes: list[dict[str, Any]] = [{"msgid": said, "processQueryKey": said, "msg": said}]
            faults: list[dict[str, Any]] = [{"invaliduser": said}, {"errcode": said}, {"errcode": 9, "errmsg": said}]
            for answer in successes + faults:
                theirs.broken.append((200, answer))
                try:
                    told = await app(theirs, way).send(a_letter(way))
                except NotSentError as failure:
                    told = str(failure)
                assert secret[:6] not in told
                theirs.broken.clear()
                theirs.tokens.clear()

    @pytest.mark.parametrize(
        ("way", "broken", "meant"),
        [
            (Way.WECOM_APP, (200, {"errcode": 81013, "errmsg": "user & party & tag all invalid"}), RefusedError),
            (Way.WECOM_APP, (200, {"errcode": 0, "errmsg": "ok", "invaliduser": "wecom-userid"}), RefusedError),
            (Way.WECOM_APP, (200, {"errcode": 60020, "errmsg": "not allow to access from your ip"}), DownError),
            (Way.WECOM_APP, (200, {"errcode": 45009, "errmsg": "api freq out of limit"}), DownError),
            (Way.WECOM_APP, (200, {"errcode": -1, "errmsg": "system busy"}), DelayedError),
            (Way.DINGTALK_APP, (200, {"processQueryKey": "", "invalidStaffIdList": ["ding-user"]}), RefusedError),
            (Way.DINGTALK_APP, (200, {"flowControlledStaffIdList": ["ding-user"]}), DelayedError),
            (Way.DINGTALK_APP, (503, {"code": "ServiceUnavailable", "message": "busy"}), DownError),
            (Way.FEISHU_APP, (400, {"code": 230013, "msg": "Bot has NO availability to this user."}), RefusedError),
            (Way.FEISHU_APP, (400, {"code": 230006, "msg": "Bot ability is not activated."}), DownError),
            (Way.FEISHU_APP, (400, {"code": 230020, "msg": "limit"}), DownError),
            (Way.FEISHU_APP, (500, {"code": 1, "msg": "internal"}), DelayedError),
            (Way.FEISHU_APP, (200, {}), DelayedError),
        ],
    )
    async def test_says_what_an_error_means_for_the_letter(
        self, theirs: Products, way: Way, broken: tuple[int, dict[str, Any]], meant: type[NotSentError]
    ):
        theirs.broken.append(broken)
        with pytest.raises(NotSentError) as failure:
            await app(theirs, way).send(a_letter(way))
        assert type(failure.value) is meant
        assert SECRET not in str(failure.value)
        assert theirs.told == []

    @pytest.mark.parametrize("lacks", [{"errcode": 0, "code": 0}, {"result": [], "accessToken": "t", "expireIn": "?"}])
    async def test_that_answers_what_no_product_does_is_tried_again(self, lacks: dict[str, Any]):
        with web_server(says(200, lacks)) as web:
            for way in APPS:
                with pytest.raises(DelayedError, match="it answers what no product of an app does"):
                    await app(Products(web), way).send(a_letter(way))

    async def test_whose_token_is_never_taken_is_down(self, theirs: Products):
        theirs.broken += [(200, {"errcode": 42001, "errmsg": "access_token expired"})] * 2
        with pytest.raises(DownError, match="token"):
            await app(theirs, Way.WECOM_APP).send(a_letter(Way.WECOM_APP))

    async def test_knows_whom_its_company_does_not(self, theirs: Products):
        with pytest.raises(RefusedError, match="60121"):
            await app(theirs, Way.DINGTALK_APP).send(a_letter(Way.DINGTALK_APP, address="of-another-company"))

    async def test_is_spoken_to_at_a_public_address_alone(self, theirs: Products):
        channel = app(theirs, Way.FEISHU_APP)
        channel.posting = Posting()
        with pytest.raises(DownError, match="ZHISHOU_PRIVATE_HOSTS"):
            await channel.send(a_letter(Way.FEISHU_APP))


class TestWhoIsReached:
    @pytest.fixture
    def bound(self, engine: Engine) -> Engine:
        open_channels(engine, list(APPS), NOW)
        bind(engine, "duty", ("wecom", "wecom-userid"), now=NOW)
        return engine

    def test_is_whoever_has_an_account_that_is_bound_to_theirs(self, bound: Engine, say: Say):
        id_, other = say("响应已超时"), say("响应已超时", to="expert")
        route(bound, list(APPS), NOW)
        with Session(bound, expire_on_commit=False) as session, session.begin():
            left = {
                row.message: row.channel for row in session.execute(select(DeliveryRow.message, DeliveryRow.channel))
            }
            letters = claim(session, Way.WECOM_APP, NOW, 8, 8)
        assert (left[id_], other in left) == (Way.WECOM_APP, False)
        assert {letter.address for letter in letters} == {"wecom-userid"}

    def test_is_said_on_their_own_page_and_to_whoever_tries_it(self, bound: Engine):
        (rule,) = {rule.first for rule in own(bound, "duty").rules.values() if Way.WECOM_APP in rule.first}
        assert Way.FEISHU_APP not in rule
        assert address_of(bound, "duty", Way.WECOM_APP) == ("赵敏", "wecom-userid")
        assert address_of(bound, "duty", Way.FEISHU_APP) is None


class TestSettings:
    @pytest.mark.parametrize(
        "told", [{"wecom_app": "q8Zr corp"}, {"feishu_app": "q8Zr"}, {"dingtalk_app": "id agent q8Zr"}]
    )
    def test_that_are_wrong_are_named_and_not_repeated(self, told: dict[str, str]):
        with pytest.raises((StartError, ValueError), match="corp id, agent id and secret") as refusal:
            Given.model_validate(told).apps()
        assert "q8Zr" not in str(refusal.value)

    def test_show_no_secret(self):
        settings = Given.model_validate({"feishu_app": f"{ID} {SECRET}"})
        assert SECRET not in f"{settings!r}{settings.apps()}{settings.model_dump_json()}"
        assert settings.channel_secrets() == {"ZHISHOU_FEISHU_APP": f"{ID} {SECRET}"}
