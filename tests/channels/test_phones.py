"""Letters for telephones: by which messages they ring, what a gateway is given, and what its answers mean."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.phones import PhoneChannel
from channels.posting import Posting
from channels.setup import channels
from channels.webhook import WebhookChannel
from channels.writing import shortly
from domain.audience.letters import MOST
from domain.words.label import Label
from runtime.channel_settings import Receiver
from runtime.settings import Given
from store.deliveries.claiming import Letter, claim
from store.deliveries.outcomes import delayed, failing, sent
from store.deliveries.reading import Words
from store.deliveries.routing import open_channels, route
from store.models import DeliveryRow, PersonRow, Way
from tests.channels.conftest import NOW, Say
from tests.channels.test_posting import HERE, NEW, OLD
from tests.channels.web import Answers, Web, says, web_server

PHONES = (Way.SMS, Way.VOICE)
BREACH = {"data": {"alarm": "rung", "rung": 100}}
ACT = Label("请马上接手。", "Take it now.")


def claimed(engine: Engine, at_s: int) -> list[Letter]:
    now = NOW + timedelta(seconds=at_s)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return claim(session, Way.SMS, now, 8, 8)


def a_letter(*titles: str, address: str = "+86 138-0000 0000", ticket: str | None = "SENT2222") -> Letter:
    said = tuple(
        Words(f"m{place}", ticket, Label(title, "The response is overdue"), Label("", ""), ACT, NOW)
        for place, title in enumerate(titles or ("响应已超时",))
    )
    return Letter("letter-1", Way.SMS, "王经理", address, said)


def gateway(web: Web, way: Way = Way.SMS) -> PhoneChannel:
    return PhoneChannel(Receiver(f"{web.url}/q8Zr/sms", NEW), "https://zhishou.example.com", Posting(HERE), way)


class TestAGateway:
    async def test_is_given_number_template_and_words_and_the_same_each_time(self):
        with web_server(says(500), says(202)) as web:
            with pytest.raises(DelayedError):
                await gateway(web).send(a_letter())
            assert await gateway(web).send(a_letter()) == "202"
        first, second = web.came
        assert first.body == second.body
        assert (first.headers["webhook-id"], first.headers["webhook-signature"][:3]) == ("letter-1", "v1,")
        assert first.document["type"] == "sms.asked"
        data = first.document["data"]
        assert (data["to"], data["name"], data["template"]) == ("+8613800000000", "王经理", "one")
        assert data["params"]["ticket"] == "SENT2222"
        assert data["params"]["link"] == "https://zhishou.example.com/tickets/SENT2222"
        assert data["text"] == {
            "zh": "值守：响应已超时。请马上接手。工单 SENT2222。",
            "en": "Zhishou: The response is overdue. Take it now. Ticket SENT2222.",
        }

    @pytest.mark.parametrize("title", ["断网了。", "断网了？", "断网了……", "断网了，", "断网了. "])
    def test_is_given_no_sentence_that_ends_twice(self, title: str):
        assert shortly(a_letter(title), "").zh == "值守：断网了。请马上接手。工单 SENT2222。"

    def test_is_given_the_name_of_who_wrote_and_not_their_address(self):
        title = "新报障：刘雅琴 <liu@customer.example>，断网了"
        assert shortly(a_letter(title), "").zh == "值守：新报障：刘雅琴，断网了。请马上接手。工单 SENT2222。"

    async def test_is_given_one_line_of_several_messages_that_says_how_many(self):
        with web_server(says(200)) as web:
            await gateway(web, Way.VOICE).send(a_letter("响应已超时", "恢复\n已超时" + "长" * 300))
        (came,) = web.came
        assert (came.document["type"], came.document["data"]["template"]) == ("voice.asked", "several")
        assert came.document["data"]["params"]["count"] == 2
        words = came.document["data"]["text"]["zh"]
        assert words.startswith("值守：2 条消息，最新：恢复 已超时长")
        assert words.endswith("请登录值守查看。工单 SENT2222。")
        assert len(words) < 140, "two text messages at most"

    @pytest.mark.parametrize(
        ("answers", "meant"),
        [
            (says(400), RefusedError),
            (says(422), RefusedError),
            (says(401), DownError),
            (says(429), DownError),
            (says(500), DelayedError),
        ],
    )
    async def test_says_whether_this_letter_or_none_or_no_other_may_leave(
        self, answers: Answers, meant: type[NotSentError]
    ):
        with web_server(answers) as web, pytest.raises(NotSentError) as failure:
            await gateway(web).send(a_letter())
        assert type(failure.value) is meant
        assert "q8Zr" not in str(failure.value), "an address may hold a secret"

    async def test_is_not_asked_for_a_number_that_people_put_through(self):
        with web_server(says(200)) as web, pytest.raises(RefusedError):
            await gateway(web).send(a_letter(address="010-88886666 分机 8001"))
        assert web.came == []


class TestTheTelephone:
    @pytest.fixture
    def leaving(self, engine: Engine, say: Say) -> Callable[..., set[Way]]:
        """Tell somebody something; by which channels to telephones it leaves."""
        open_channels(engine, PHONES, NOW)

        def leaving(phone: str | None = "13800000000", **fields: object) -> set[Way]:
            with engine.begin() as connection:
                connection.execute(update(PersonRow).where(PersonRow.id == "duty").values(phone=phone))
            id_ = say("响应已超时", **fields)
            route(engine, PHONES, NOW)
            with engine.connect() as connection:
                return set(connection.scalars(select(DeliveryRow.channel).where(DeliveryRow.message == id_)))

        return leaving

    def test_rings_for_who_is_called_and_has_a_text_message_of_what_is_broken(self, leaving: Callable[..., set[Way]]):
        assert leaving(**BREACH) == {Way.SMS}
        assert leaving(**BREACH, call=7) == set(PHONES)

    def test_is_left_alone_by_what_can_wait(self, leaving: Callable[..., set[Way]]):
        assert leaving(action={"zh": "请处理", "en": "Act"}, data={}) == set()
        assert leaving(data={"alarm": "rung", "rung": 80}) == set()

    @pytest.mark.parametrize("phone", [None, "010-88886666 分机 8001"])
    def test_does_not_ring_where_no_machine_could_dial(self, leaving: Callable[..., set[Way]], phone: str | None):
        assert leaving(phone=phone, call=7, **BREACH) == set()

    def test_has_one_letter_a_minute_however_much_breaks(self, engine: Engine, leaving: Callable[..., set[Way]]):
        leaving(**BREACH)
        (first,) = claimed(engine, 0)
        sent(engine, first, "202", NOW)
        for _ in range(3):
            leaving(**BREACH)
        assert claimed(engine, 30) == []
        (second,) = claimed(engine, 61)
        assert len(second.messages) == 3

    def test_rings_for_what_is_new_though_its_gateway_has_put_off_a_letter(
        self, engine: Engine, leaving: Callable[..., set[Way]]
    ):
        """It is tried again for a day; of those that wait there are five at most."""
        for place in range(MOST):
            leaving(ticket=None, **BREACH)
            (letter,) = claimed(engine, place)
            delayed(engine, letter, "500", NOW, NOW + timedelta(minutes=15))
        leaving(ticket=None, **BREACH)
        assert claimed(engine, 60) == []

    def test_has_one_letter_of_all_that_came_while_its_gateway_was_down(
        self, engine: Engine, leaving: Callable[..., set[Way]]
    ):
        leaving(ticket=None, **BREACH)
        (letter,) = claimed(engine, 0)
        failing(engine, Way.SMS, "503", NOW)
        delayed(engine, letter, "503", NOW, NOW + timedelta(minutes=1))
        leaving(ticket=None, **BREACH)
        assert claimed(engine, 30) == []


def test_an_installation_has_those_that_it_is_told_of():
    told = {"sms_url": "https://sms.example.com/a", "sms_secret": NEW}
    told |= {"voice_url": "https://voice.example.com/a", "voice_secret": OLD}
    told |= {"webhook_url": "https://hooks.example.com/a", "webhook_secret": NEW}
    found = channels(Given.model_validate(told))
    assert [(type(each), each.way) for each in found] == [
        (WebhookChannel, Way.WEBHOOK),
        (PhoneChannel, Way.SMS),
        (PhoneChannel, Way.VOICE),
    ]


def test_what_a_server_says_is_kept_without_whom_the_letter_was_for():
    said = "550 5.1.1 <Duty@example.com>: no such user; off-duty@example.com is another"
    assert (
        a_letter(address="duty@example.com").hidden(said)
        == "550 5.1.1 <***>: no such user; off-duty@example.com is another"
    )
