"""A letter as it leaves by mail: what is in its head, and what nobody reads of a server's words."""

from base64 import b64encode
from dataclasses import replace

import pytest
from aiosmtpd.smtp import AuthResult
from sqlalchemy import Engine

from channels.channel import DownError, RefusedError
from channels.mail import MailChannel
from domain.audience.letters import ANSWERED, SENT_BY
from domain.audience.reaching import Urgency
from runtime.mail_settings import Mail
from store.deliveries.claiming import Letter
from tests.channels.conftest import Say
from tests.channels.post import Post, post_office
from tests.channels.test_mail import PAGES, channel, claimed, over, send


class TestSecrets:
    async def test_no_password_goes_to_another_machine_in_clear(self, post: Post, letter: Letter):
        told = Mail(
            mail_server=f"smtp://127.0.0.1:{post.port}",
            mail_from="a@example.com",
            mail_user="zhishou",
            mail_password="q8Zr!f2Lw0pXv",
        )
        elsewhere = MailChannel(told, PAGES)
        object.__setattr__(elsewhere, "told", _Elsewhere.model_validate(told.model_dump()))
        with pytest.raises(DownError) as refusal:
            await elsewhere.send(letter)
        assert "q8Zr" not in str(refusal.value)
        assert post.came == []

    @pytest.mark.parametrize("address", ["a@b.com\r\nBcc: all@example.com", "nobody", "", "a@b@c"])
    async def test_an_address_is_one_address(self, post: Post, letter: Letter, address: str):
        wrong = Letter(letter.id, letter.way, letter.name, address, letter.messages)
        with pytest.raises(RefusedError):
            await channel(post).send(wrong)
        assert post.came == []

    @pytest.mark.parametrize("answers", ["", "service@zhishou.example"])
    def test_answers_go_where_somebody_reads_them_and_the_letter_says_whether(
        self, post: Post, letter: Letter, answers: str
    ):
        message = MailChannel(post.told, PAGES, answers).message(letter)
        assert message["Reply-To"] == (answers or None)
        foot, other = (ANSWERED, SENT_BY) if answers else (SENT_BY, ANSWERED)
        for part in message.iter_parts():
            words = part.get_content()
            assert (foot.zh in words, foot.en in words, other.zh in words) == (True, True, False)

    @pytest.mark.parametrize("wants", Urgency)
    def test_what_only_informs_says_where_one_can_have_less_of_it(self, post: Post, letter: Letter, wants: Urgency):
        (words,) = letter.messages
        informs = replace(letter, messages=(replace(words, wants=wants),))
        there = f"<{PAGES}/me>" if wants is Urgency.KNOW else None
        assert channel(post).message(informs)["List-Unsubscribe"] == there

    @pytest.mark.parametrize("sent", [b"tops3cret", b64encode(b"tops3cret"), b64encode(b"\0zhishou\0tops3cret")])
    async def test_a_server_that_repeats_our_password_does_not_bring_it_to_light(self, letter: Letter, sent: bytes):
        letting_in = {"authenticator": lambda *_: AuthResult(success=True), "auth_require_tls": False}
        with post_office(**letting_in) as post:
            told = post.told.model_copy(update={"mail_user": "zhishou", "mail_password": "tops3cret"})
            post.answers[letter.address] = f"550 no mail by {sent.decode()}"
            with pytest.raises(RefusedError) as failure:
                await MailChannel(told, PAGES).send(letter)
        assert str(failure.value) == "550 no mail by ***"

    async def test_a_title_begins_no_header(self, post: Post, engine: Engine, say: Say):
        say("断网\r\nBcc: all@example.com")
        await send(engine, post, until=over(engine))
        assert post.came[0]["Bcc"] is None
        assert post.came[0]["Subject"] == "断网 Bcc: all@example.com"


class _Elsewhere(Mail):
    """A server of this machine that is taken for one of another."""

    def is_here(self) -> bool:
        return False


@pytest.fixture
def letter(engine: Engine, say: Say) -> Letter:
    say("一封信")
    return claimed(engine)[0]
