"""What would harm the mail of all: words that begin headers, servers that answer strangely, letters in parts."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from types import ModuleType
from unittest.mock import patch

import pytest
from aiosmtpd.smtp import SMTP as Answers  # noqa: N811  # what comes to it is SMTP; this answers
from sqlalchemy import Engine, update

from channels import sending
from channels.channel import DownError
from channels.mail import MailChannel
from domain.audience.letters import MOST
from domain.words.label import Label
from store.deliveries import claiming
from store.deliveries.claiming import Letter
from store.deliveries.outcomes import delayed, refused
from store.deliveries.standing import again
from store.models import Delivered, DeliveryRow
from tests.channels.conftest import NOW, TICKETS, Say
from tests.channels.post import Post
from tests.channels.test_mail import DUTY, PAGES, channel, claimed, over, send, states


class TestLetters:
    def test_whoever_could_not_be_reached_is_not_flooded_when_they_can_be(self, engine: Engine, say: Say):
        for place in range(MOST):
            say(f"告警{place}", ticket=None)
        assert len(claimed(engine)) == MOST
        with engine.begin() as connection:
            connection.execute(update(DeliveryRow).values(state=Delivered.WAITING, next_at=NOW))
        for place in range(MOST):
            say(f"更多{place}", ticket=None)
        assert len(claimed(engine)) == MOST, "what failed, as it was; what came then waits, and leaves as one"

    def test_a_letter_of_several_leaves_whole_again_though_one_of_its_tickets_waits(self, engine: Engine, say: Say):
        """An operator has an older message of it sent again."""
        say("第一条")
        (refused_,) = claimed(engine)
        refused(engine, refused_, "550 no such user", NOW)
        for place in range(MOST + 1):
            say(f"告警{place}", ticket=TICKETS[place % 2])
        (several,) = claimed(engine)
        soon = NOW + timedelta(minutes=1)
        delayed(engine, several, "450 later", NOW, soon)
        again(engine, None, NOW)
        (single,) = claimed(engine)
        delayed(engine, single, "450 later", NOW, NOW + timedelta(minutes=10))
        (again_,) = claimed(engine, soon)
        assert (again_.id, len(again_.messages)) == (several.id, MOST + 1)

    def test_a_letter_leaves_whole_again_however_much_else_is_due(
        self, engine: Engine, say: Say, monkeypatch: pytest.MonkeyPatch
    ):
        for place in range(MOST + 1):
            say(f"告警{place}")
        (letter,) = claimed(engine)
        delayed(engine, letter, "450 later", NOW, NOW)
        monkeypatch.setattr(claiming, "_LOOKED_AT", 2)
        (again_,) = claimed(engine)
        assert [one.id for one in again_.messages] == [one.id for one in letter.messages]


class TestAServerThat:
    async def test_answers_in_another_encoding_takes_each_once(self, engine: Engine, say: Say, post: Post):
        post.answers[DUTY] = "250 已接收"
        post.answers["engineer@example.com"] = "550 \x00 无此人"
        kept, lost = say("给经理"), say("给工程师", to="engineer")
        with patch.object(Answers, "push", _in_gbk):
            await send(engine, post, until=over(engine))
        assert states(engine) == {kept: Delivered.SENT, lost: Delivered.DEAD}
        assert post.titles(DUTY) == ["给经理"]

    async def test_will_not_have_one_letter_from_us_has_the_others(self, engine: Engine, say: Say, post: Post):
        bad, good = say("给工程师", to="engineer"), say("给经理")
        tried: list[str] = []

        class Choosy(MailChannel):
            async def send(self, letter: Letter) -> str:
                tried.append(letter.id)
                if letter.id == bad:
                    raise DownError("552 too much mail data")
                return await super().send(letter)

        choosy = patch("tests.channels.test_mail.channel", lambda post: Choosy(post.told, PAGES))
        with choosy, patch("channels.sending.AT_ONCE", 1):
            await send(engine, post, until=lambda: states(engine).get(good) is Delivered.SENT)
        assert tried == [bad, good]


class TestHeaders:
    @pytest.mark.parametrize(
        "words", ["=?utf-8?q?x=0D=0ABcc:_all@example.com?=", "=?utf-8?b?eA0KQmNjOiB5QHouY29t?= 值"]
    )
    def test_an_encoded_word_begins_no_header(self, post: Post, letter: Letter, words: str):
        titled = (replace(letter.messages[0], title=Label(words, words)),)
        raw = channel(post).message(replace(letter, name=words, messages=titled)).as_bytes()
        assert b"\nBcc" not in raw

    @pytest.mark.parametrize("name", [",bb@example.com," + "x" * 70 + "值" * 9, "a;:<b@c.com>" * 9, "值" * 10_000])
    def test_a_name_names_no_other_recipient(self, post: Post, letter: Letter, name: str):
        raw = channel(post).message(replace(letter, name=name)).as_bytes()
        to = message_from_bytes(raw, policy=default)["To"]
        assert [each.addr_spec for each in to.addresses] == [letter.address]
        assert len(str(to)) < 100


async def _in_gbk(server: Answers, status: str) -> None:
    """As some servers answer."""
    assert server._writer is not None
    server._writer.write(f"{status}\r\n".encode("gbk"))
    await server._writer.drain()


@pytest.fixture
def letter(engine: Engine, say: Say) -> Letter:
    say("一封信")
    return claimed(engine)[0]


async def test_a_look_that_fails_ends_no_sender(engine: Engine, say: Say, post: Post, monkeypatch: pytest.MonkeyPatch):
    """A row of another version, say: whatever it raises, the next look comes."""
    fails_at_first(monkeypatch, sending, "route", LookupError("a happening of a later version"))
    fails_at_first(monkeypatch, sending, "claim", ValueError("an instant that no calendar has"))
    id_ = say("之后的")
    await send(engine, post, until=over(engine))
    assert states(engine) == {id_: Delivered.SENT}


def fails_at_first(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, fault: Exception) -> None:
    does, faults = getattr(module, name), [fault]

    def step(*given: object) -> object:
        if faults:
            raise faults.pop()
        return does(*given)

    monkeypatch.setattr(module, name, step)
