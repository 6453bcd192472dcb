"""Nothing of one message, of one person or of one letter holds up another's."""

import asyncio
import threading
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.orm import Session

from channels.channel import DownError
from channels.mail import MailChannel
from channels.sending import AT_ONCE
from domain.audience.letters import MOST
from store.deliveries.claiming import Letter, claim
from store.deliveries.needing import UNREADABLE
from store.deliveries.outcomes import TRIED_FOR, delayed, sent
from store.deliveries.routing import SKEW, route
from store.deliveries.standing import again, dead, standing, troubled
from store.models import ChannelRow, Delivered, Way
from tests.channels.conftest import NOW, Say
from tests.channels.post import Post
from tests.channels.test_mail import DUTY, PAGES, claimed, over, send, states

AN_HOUR = timedelta(hours=1)

#: What another version may have stored, or a hand that was in the database.
UNREADABLE_ROWS = {
    "no title": "UPDATE notification SET title = '{}' WHERE id = :id",
    "a title that is no text": """UPDATE notification SET title = '{"zh": {"a": 1}, "en": "b"}' WHERE id = :id""",
    "a text in one language": """UPDATE notification SET text = '{"zh": "甲"}' WHERE id = :id""",
    "an action that is a list": "UPDATE notification SET action = '[1]' WHERE id = :id",
    "a number of 5,000 digits": f"""UPDATE notification SET text = '{{"zh": {"9" * 5_000}}}' WHERE id = :id""",
}


def spoil(engine: Engine, id_: str, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement), {"id": id_})


class TestAMessageThatCannotBeRead:
    @pytest.mark.parametrize("how", UNREADABLE_ROWS)
    async def test_is_dead_and_no_other_waits_for_it(self, engine: Engine, say: Say, post: Post, how: str):
        bad, same_ticket, other = say("坏的"), say("同一张单"), say("给工程师", to="engineer")
        spoil(engine, bad, UNREADABLE_ROWS[how])
        await send(engine, post, until=over(engine))
        assert states(engine) == {bad: Delivered.DEAD, same_ticket: Delivered.SENT, other: Delivered.SENT}
        assert [(row.message, row.said) for row in dead(engine)] == [(bad, UNREADABLE)]
        assert troubled(engine, NOW) == {"mail": "1 dead"}

    def test_leaves_the_rest_of_its_letter(self, engine: Engine, say: Say):
        ids = [say(f"告警{place}") for place in range(MOST + 1)]
        spoil(engine, ids[2], UNREADABLE_ROWS["no title"])
        (letter,) = claimed(engine)
        assert [one.id for one in letter.messages] == [id_ for id_ in ids if id_ != ids[2]][: len(letter.messages)]
        assert states(engine)[ids[2]] is Delivered.DEAD

    def test_is_none_whose_words_can_be_though_what_happened_is_of_a_later_version(self, engine: Engine, say: Say):
        id_ = say("新版本的事")
        spoil(engine, id_, "UPDATE notification SET happening = 'of_a_later_version' WHERE id = :id")
        assert [letter.id for letter in claimed(engine)] == [id_]


async def test_a_person_of_a_later_version_holds_up_nobody(engine: Engine, say: Say, post: Post):
    lost, kept = say("给新角色", to="engineer"), say("给经理")
    spoil(engine, "engineer", "UPDATE person SET role = 'of_a_later_version' WHERE id = :id")
    await send(engine, post, until=over(engine))
    assert states(engine) == {lost: Delivered.DEAD, kept: Delivered.SENT}


def test_a_channel_of_a_later_version_keeps_nobody_from_seeing_how_the_others_stand(engine: Engine, say: Say):
    id_ = say("给经理")
    claimed(engine)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO channel (name, since) VALUES ('pigeon', now())"))
        connection.execute(
            text("UPDATE delivery SET state = 'dead', channel = 'pigeon' WHERE message = :id"), {"id": id_}
        )
    assert [each.way for each in standing(engine, NOW)] == [Way.MAIL]
    assert dead(engine) == []


class TestAClockThatGoesBack:
    def test_holds_up_no_letter_that_waits(self, engine: Engine, say: Say):
        id_ = say("等着的")
        (letter,) = claimed(engine, NOW + AN_HOUR)
        delayed(engine, letter, "450 later", NOW + AN_HOUR, NOW + AN_HOUR + timedelta(seconds=10))
        assert [each.id for each in claimed(engine)] == [id_]

    def test_holds_up_no_letter_that_nobody_has_tried(self, engine: Engine, say: Say):
        id_ = say("新的")
        route(engine, [Way.MAIL], NOW + AN_HOUR)
        assert [each.id for each in claimed(engine)] == [id_]

    def test_holds_up_no_letter_behind_one_that_left(self, engine: Engine, say: Say):
        """Whoever has had five letters within what was a minute to come has not had them lately."""
        for place in range(MOST):
            say(f"告警{place}", ticket=None)
        for letter in claimed(engine, NOW + AN_HOUR):
            sent(engine, letter, "taken", NOW + AN_HOUR)
        id_ = say("之后的")
        assert [each.id for each in claimed(engine)] == [id_]

    def test_closes_no_channel(self, engine: Engine, say: Say):
        with engine.begin() as connection:
            connection.execute(update(ChannelRow).values(since=NOW + AN_HOUR))
        id_ = say("开通之后的", created_at=NOW)
        assert [each.id for each in claimed(engine)] == [id_]

    def test_by_a_little_gives_no_letter_to_two_senders(self, engine: Engine, say: Say):
        say("一封信")
        assert len(claimed(engine, NOW + SKEW)) == 1
        assert claimed(engine, NOW) == []


class TestADay:
    def test_is_counted_from_when_a_message_was_first_tried(self, engine: Engine, say: Say):
        """Not from when it was told: no sender may have been there."""
        id_ = say("两天前的", created_at=NOW - 2 * TRIED_FOR)
        (letter,) = claimed(engine)
        delayed(engine, letter, "450 later", NOW, NOW + timedelta(seconds=10))
        assert states(engine) == {id_: Delivered.WAITING}

    def test_begins_anew_for_what_an_operator_has_sent_again(self, engine: Engine, say: Say):
        id_ = say("被拒收的")
        (letter,) = claimed(engine)
        later = NOW + TRIED_FOR
        delayed(engine, letter, "450 later", later, later)
        assert states(engine) == {id_: Delivered.DEAD}
        again(engine, None, later)
        (letter,) = claimed(engine, later)
        delayed(engine, letter, "450 later", later, later)
        assert states(engine) == {id_: Delivered.WAITING}


class TestHands:
    def test_are_left_for_what_is_new(self, engine: Engine, say: Say):
        """Mailboxes that hang take all of them in the end, if what failed before comes first."""
        people = ("duty", "engineer", "hotline", "leader")
        for place in range(AT_ONCE):
            say(f"挂起{place}", to=people[place % 4], ticket=None)
        for letter in claimed(engine):
            delayed(engine, letter, "no answer", NOW, NOW)
        new = say("新的", to="expert")
        with Session(engine) as session, session.begin():
            route(engine, [Way.MAIL], NOW)
            letters = claim(session, Way.MAIL, NOW, AT_ONCE, AT_ONCE // 2)
        assert new in [letter.id for letter in letters]
        assert sum(letter.attempts > 1 for letter in letters) <= AT_ONCE // 2 + 1

    def test_hold_no_new_message_of_a_ticket_before_one_that_failed(self, engine: Engine, say: Say):
        first = say("第一条")
        (letter,) = claimed(engine)
        delayed(engine, letter, "450 later", NOW, NOW)
        say("第二条")
        with Session(engine) as session, session.begin():
            route(engine, [Way.MAIL], NOW)
            assert claim(session, Way.MAIL, NOW, AT_ONCE, 0) == []
        assert [each.id for each in claimed(engine)] == [first]

    async def test_that_wait_for_the_name_of_a_host_hold_up_no_other_letter(self, engine: Engine, say: Say, post: Post):
        """Names are looked up in threads."""
        answered = threading.Event()

        class Unnamed(MailChannel):
            async def send(self, letter: Letter) -> str:
                if letter.address != DUTY:
                    await asyncio.to_thread(answered.wait)
                return "taken"

        for place in range(AT_ONCE - 1):
            say(f"挂起{place}", to=("engineer", "hotline")[place % 2], ticket=None)
        kept = say("给经理")
        try:
            with patch("tests.channels.test_mail.channel", lambda post: Unnamed(post.told, PAGES)):
                await send(engine, post, until=lambda: states(engine).get(kept) is Delivered.SENT)
                answered.set()
        finally:
            answered.set()


async def test_whatever_a_server_says_of_one_letter_ends_no_sender(engine: Engine, say: Say, post: Post):
    class Odd(MailChannel):
        async def send(self, letter: Letter) -> str:
            said = await super().send(letter)
            return f"{said}\0" * 300

    ids = [say("第一条"), say("第二条")]
    with patch("tests.channels.test_mail.channel", lambda post: Odd(post.told, PAGES)):
        await send(engine, post, until=over(engine))
    assert states(engine) == dict.fromkeys(ids, Delivered.SENT)


async def test_a_letter_that_a_server_will_not_have_makes_no_other_wait(engine: Engine, say: Say, post: Post):
    rests: list[float] = []

    class Choosy(MailChannel):
        async def send(self, letter: Letter) -> str:
            if letter.id == bad:
                raise DownError("552 too much mail data")
            return await super().send(letter)

    async def rest(_: asyncio.Event, seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(0)

    bad, good = say("给工程师", to="engineer"), say("给经理")
    with (
        patch("tests.channels.test_mail.channel", lambda post: Choosy(post.told, PAGES)),
        patch("channels.sending.AT_ONCE", 1),
        patch("channels.sending.rest", rest),
    ):
        await send(engine, post, until=lambda: states(engine).get(good) is Delivered.SENT)
    assert max(rests, default=0) <= 1, "another is tried before the channel rests"
