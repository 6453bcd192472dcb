"""Messages leave by mail: each once, in order, to whoever may still read it; and what a server does to that."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from channels.mail import MailChannel
from channels.sending import Sending
from domain.audience.letters import MOST
from store.deliveries import claiming
from store.deliveries.claiming import LEASE, Letter, claim
from store.deliveries.outcomes import TRIED_FOR, sent
from store.deliveries.routing import route
from store.deliveries.standing import again, dead, standing, troubled
from store.models import Delivered, DeliveryRow, NotificationRow, PersonRow, Way
from tests.channels.conftest import NOW, TICKETS, Say
from tests.channels.post import Post, post_office
from tests.patience import PATIENCE_S

PAGES = "https://zhishou.example.com"
DUTY = "duty@example.com"


def channel(post: Post) -> MailChannel:
    return MailChannel(post.told, PAGES)


def claimed(engine: Engine, now: datetime = NOW, most: int = 8) -> list[Letter]:
    route(engine, [Way.MAIL], now)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        return claim(session, Way.MAIL, now, most, most)


def states(engine: Engine) -> dict[str, Delivered]:
    with engine.connect() as connection:
        return {row.message: row.state for row in connection.execute(select(DeliveryRow.message, DeliveryRow.state))}


async def send(engine: Engine, *posts: Post, until: Callable[[], bool], now: datetime = NOW) -> None:
    """Send, as the process does, until something holds; the clock stands still."""
    stopped = asyncio.Event()
    sending = [Sending(engine, [channel(post)], lambda: now) for post in posts]
    going = asyncio.gather(*(each.until(stopped) for each in sending))
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not until():
                await asyncio.sleep(0.05)
                assert not going.done() or going.result()
    finally:
        stopped.set()
        await going


def over(engine: Engine) -> Callable[[], bool]:
    """Whether nothing waits any more, and something did."""

    def is_over() -> bool:
        found = states(engine).values()
        with engine.connect() as connection:
            left = connection.scalar(select(func.count()).where(NotificationRow.routed_at.is_(None)))
        return bool(found) and not left and not {Delivered.WAITING, Delivered.LEAVING} & set(found)

    return is_over


class TestAMessage:
    async def test_is_a_mail_with_its_words_in_both_languages_and_the_way_to_act(
        self, engine: Engine, say: Say, post: Post
    ):
        id_ = say(
            "<b>响应已超时</b>",
            text={"zh": "客户在等 & 没有人接", "en": "Nobody has taken it"},
            action={"zh": "请接单", "en": "Take it"},
        )
        await send(engine, post, until=over(engine))
        (mail,) = post.came
        assert mail["Subject"] == "<b>响应已超时</b>"
        assert mail["Message-ID"] == f"<{id_}@example.com>"
        assert mail["References"] == f"<ticket.{TICKETS[0]}@example.com>", "mails of one ticket are one conversation"
        assert mail["Auto-Submitted"] == "auto-generated", "nobody's holiday answers it"
        text, page = (body(mail, kind) for kind in ("plain", "html"))
        assert "请接单" in text
        assert "Take it" in text
        assert f"{PAGES}/tickets/{TICKETS[0]}" in text
        assert "&lt;b&gt;响应已超时" in page
        assert "客户在等 &amp; 没有人接" in page
        assert states(engine) == {id_: Delivered.SENT}

    async def test_that_was_told_before_there_was_a_channel_stays_in_the_inbox(
        self, engine: Engine, say: Say, post: Post
    ):
        say("旧消息", created_at=NOW - timedelta(days=40))
        say("新消息")
        await send(engine, post, until=over(engine))
        assert post.titles(DUTY) == ["新消息"]

    async def test_is_for_whoever_has_an_address(self, engine: Engine, say: Say):
        say("没有邮箱", to="auditor")
        assert claimed(engine) == []
        assert states(engine) == {}

    @pytest.mark.parametrize("seen_to", ["read", "left", "moved", "no address"])
    def test_that_need_not_leave_any_more_does_not(self, engine: Engine, say: Say, seen_to: str):
        id_ = say("您的报障由李建国负责", to="customer", grounds={"whom": "contact", "how": "by_name"})
        change = {
            "read": update(NotificationRow).values(read_at=NOW),
            "left": update(PersonRow).where(PersonRow.id == "customer").values(active=False),
            "moved": update(PersonRow).where(PersonRow.id == "customer").values(customers=("demo-xinhe",)),
            "no address": update(PersonRow).where(PersonRow.id == "customer").values(email=None),
        }[seen_to]
        route(engine, [Way.MAIL], NOW)
        with engine.begin() as connection:
            connection.execute(change)
        assert claimed(engine) == []
        assert states(engine) == {id_: Delivered.NEEDLESS}


class TestOrder:
    async def test_a_persons_messages_come_in_the_order_in_which_they_were_told(
        self, engine: Engine, say: Say, post: Post
    ):
        titles = [f"第{place}条" for place in range(MOST)]
        for title in titles:
            say(title)
        await send(engine, post, until=over(engine))
        assert post.titles(DUTY) == titles

    def test_of_one_ticket_each_leaves_once_the_one_before_has_left(self, engine: Engine, say: Say):
        """What leaves at the same time arrives in any order."""
        ids = [say(f"第{place}条") for place in range(MOST)]
        for id_ in ids:
            (letter,) = claimed(engine)
            assert letter.id == id_
            sent(engine, letter, "taken", NOW)

    def test_what_waits_behind_another_of_its_ticket_does_not_overtake_it(self, engine: Engine, say: Say):
        first = say("第一条")
        assert [letter.id for letter in claimed(engine)] == [first]
        say("第二条")
        other = say("另一张单", ticket=TICKETS[1])
        assert [letter.id for letter in claimed(engine, NOW + timedelta(seconds=9))] == [other]

    async def test_a_storm_is_one_mail_that_lists_it(self, engine: Engine, say: Say, post: Post):
        for place in range(100):
            say(f"告警{place}", ticket=TICKETS[place % 2])
        await send(engine, post, until=over(engine))
        (mail,) = post.came
        assert mail["Subject"] == "100 条消息，最新：告警99"
        for kind in ("plain", "html"):
            assert [place for place in range(100) if f"告警{place}" not in body(mail, kind)] == []

    def test_a_storm_is_one_letter_for_each_however_many_are_told(
        self, engine: Engine, say: Say, monkeypatch: pytest.MonkeyPatch
    ):
        """More is told at once than is looked at."""
        monkeypatch.setattr(claiming, "_LOOKED_AT", 2 * MOST)
        for place in range(MOST + 2):
            for who in ("duty", "pm"):
                say(f"告警{place}", to=who, ticket=None)
        assert [len(letter.messages) for letter in claimed(engine)] == [MOST + 2] * 2

    def test_whoever_has_had_many_gets_what_comes_then_together_when_the_minute_is_over(self, engine: Engine, say: Say):
        for place in range(MOST):
            say(f"告警{place}", ticket=None)
        assert len(claimed(engine)) == MOST
        with engine.begin() as connection:
            connection.execute(update(DeliveryRow).values(state=Delivered.SENT, sent_at=NOW))
        for place in range(MOST + 1):
            say(f"更多{place}", ticket=None)
        assert claimed(engine, NOW + timedelta(seconds=30)) == []
        (letter,) = claimed(engine, NOW + timedelta(seconds=61))
        assert len(letter.messages) == MOST + 1


class TestNeverLostSeldomTwice:
    def test_a_letter_whose_sender_died_leaves_again_as_the_same(self, engine: Engine, say: Say):
        for place in range(MOST + 1):
            say(f"告警{place}")
        (letter,) = claimed(engine)
        say("之后的")
        assert claimed(engine, NOW + LEASE / 2) == []
        again_ = claimed(engine, NOW + LEASE)
        assert again_[0].id == letter.id
        assert len(again_[0].messages) == MOST + 1

    async def test_two_senders_send_each_once(self, engine: Engine, say: Say, post: Post):
        people = ("duty", "engineer")
        for place in range(40):
            say(f"告警{place}", to=people[place % 2], ticket=None)
        await send(engine, post, post, until=over(engine))
        ids = [str(mail["Message-ID"]) for mail in post.came]
        assert len(ids) == len(set(ids))
        said = {line for mail in post.came for line in body(mail, "plain").splitlines()}
        assert said >= {f"告警{place}" for place in range(40)}


class TestAServerThat:
    async def test_does_not_know_somebody_is_told_of_to_an_operator_who_has_it_sent_again(
        self, engine: Engine, say: Say, post: Post
    ):
        post.answers["engineer@example.com"] = "550 no such user"
        lost, kept = say("给工程师", to="engineer"), say("给经理")
        await send(engine, post, until=over(engine))
        assert states(engine) == {lost: Delivered.DEAD, kept: Delivered.SENT}
        (row,) = dead(engine)
        assert (row.message, row.said) == (lost, "550 no such user")
        assert troubled(engine, NOW) == {"mail": "1 dead"}

        post.answers.clear()
        assert again(engine, None, NOW) == 1
        await send(engine, post, until=over(engine))
        assert post.titles("engineer@example.com") == ["给工程师"]
        assert troubled(engine, NOW) == {}

    async def test_defers_somebody_is_asked_again_later_and_given_up_after_a_day(
        self, engine: Engine, say: Say, post: Post
    ):
        post.answers["engineer@example.com"] = "450 later"
        id_ = say("给工程师", to="engineer")
        tried = _waits_again(engine, id_)
        await send(engine, post, until=tried)
        assert claimed(engine) == [], "not at once"
        await send(engine, post, until=over(engine), now=NOW + TRIED_FOR + timedelta(minutes=1))
        assert states(engine) == {id_: Delivered.DEAD}

    async def test_hangs_over_one_letter_delays_no_other(self, engine: Engine, say: Say, post: Post):
        post.answers["engineer@example.com"] = "hang"
        hung, kept = say("给工程师", to="engineer"), say("给经理")
        await send(engine, post, until=lambda: states(engine).get(kept) is Delivered.SENT)
        assert states(engine)[hung] is not Delivered.SENT

    async def test_is_down_loses_nothing_and_says_so(self, engine: Engine, say: Say):
        with post_office() as gone:
            pass
        id_ = say("停机时的消息")
        await send(engine, gone, until=lambda: standing(engine, NOW)[0].failing_since is not None)
        assert troubled(engine, NOW + timedelta(minutes=11)) == {"mail": "1 waiting"}
        with post_office(port=gone.port) as back:
            await send(engine, back, until=over(engine), now=NOW + timedelta(minutes=1))
        assert states(engine) == {id_: Delivered.SENT}
        assert standing(engine, NOW)[0].failing_since is None


def _waits_again(engine: Engine, id_: str) -> Callable[[], bool]:
    def waits() -> bool:
        with engine.connect() as connection:
            row = connection.execute(select(DeliveryRow).where(DeliveryRow.message == id_)).one_or_none()
        return row is not None and row.state is Delivered.WAITING and row.attempts > 0

    return waits


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())
