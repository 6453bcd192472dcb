"""Letters that leave by HTTP: to whom, how long for, and what answers mean. Over real sockets of this machine."""

import asyncio
import base64
import hashlib
import hmac
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from channels import posting
from channels.channel import DelayedError, DownError, NotSentError, RefusedError
from channels.posting import Answer, Posting, is_public
from channels.webhook import WebhookChannel, signed
from domain.words.label import Label
from runtime.channel_settings import Channels, Receiver
from runtime.embedded.authority import ensure
from runtime.errors import StartError
from store.deliveries.claiming import Letter
from store.deliveries.reading import Words
from store.models import Way
from tests.channels.conftest import NOW
from tests.channels.web import Answers, Web, breaks_off, drips, hangs, never_ends, says, web_server

OLD, NEW = (
    "whsec_" + base64.b64encode(bytes(range(32))).decode(),
    "whsec_" + base64.b64encode(bytes(range(9, 41))).decode(),
)
HERE = frozenset({"127.0.0.1"})
WORDS = Label("响应已超时 <甲>", "The response is overdue")


def a_letter(count: int = 1) -> Letter:
    said = tuple(
        Words(f"m{place}", "SENT2222", WORDS, WORDS, WORDS, NOW + timedelta(seconds=place)) for place in range(count)
    )
    return Letter("letter-1", Way.WEBHOOK, "王经理", "duty", said)


@contextmanager
def leading(*addresses: str) -> Iterator[list[str]]:
    """Every name leads to these; the names that were asked for. What is an address already is left alone."""
    asked: list[str] = []
    loop = asyncio.get_running_loop()
    real = loop.getaddrinfo

    async def getaddrinfo(host: str | bytes, port: int, **given: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else host
        if name[0].isdigit():
            return await real(host, port, **given)
        asked.append(name)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    with patch.object(loop, "getaddrinfo", getaddrinfo):
        yield asked


def webhook(web: Web, secrets: str = NEW, private: frozenset[str] = HERE) -> WebhookChannel:
    return WebhookChannel(
        Receiver(f"{web.url}/hooks/zhishou", secrets), "https://zhishou.example.com", Posting(private)
    )


class TestTheRules:
    def test_sign_as_their_own_example(self):
        """https://docs.svix.com/receiving/verifying-payloads/how-manual"""
        body = b'{"test": 2432232314}'
        secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
        headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [secret])
        assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    async def test_give_each_letter_its_id_its_time_and_a_signature_by_each_secret(self):
        with web_server(says(204)) as web:
            assert await webhook(web, f"{NEW} {OLD}").send(a_letter()) == "204"
        (came,) = web.came
        assert came.headers["webhook-id"] == "letter-1"
        at = int(came.headers["webhook-timestamp"])
        assert abs(at - datetime.now(UTC).timestamp()) < 300, "a receiver drops what is older than five minutes"
        content = f"letter-1.{at}.".encode() + came.body
        by = [
            base64.b64encode(hmac.digest(base64.b64decode(secret[6:]), content, hashlib.sha256)).decode()
            for secret in (NEW, OLD)
        ]
        assert came.headers["webhook-signature"].split() == [f"v1,{each}" for each in by]

    async def test_carry_the_words_and_where_to_act_and_are_the_same_each_time(self):
        with web_server(says(500), says(200)) as web:
            with pytest.raises(DelayedError):
                await webhook(web).send(a_letter(2))
            await webhook(web).send(a_letter(2))
        first, second = web.came
        assert first.body == second.body
        assert first.document["type"] == "messages.told"
        assert first.document["data"]["recipient"] == {"id": "duty", "name": "王经理"}
        told = first.document["data"]["messages"]
        assert [each["id"] for each in told] == ["m0", "m1"]
        assert told[0]["title"] == {"zh": WORDS.zh, "en": WORDS.en}
        assert told[0]["link"] == "https://zhishou.example.com/tickets/SENT2222"


#: How a receiver answers, and what that means for the letter.
MEANT: list[tuple[Answers, type[NotSentError]]] = [
    (says(301, Location="http://127.0.0.1:1/"), DownError),
    (says(400), DelayedError),
    (says(401), DownError),
    (says(404), DownError),
    (says(410), DownError),
    (says(413), RefusedError),
    (says(422), DelayedError),
    (says(429), DownError),
    (says(500), DelayedError),
    (says(503), DownError),
    (breaks_off, DelayedError),
]


class TestAReceiverThat:
    @pytest.mark.parametrize(("answers", "meant"), MEANT)
    async def test_does_not_take_a_letter_says_whether_others_may_leave(
        self, answers: Answers, meant: type[NotSentError]
    ):
        with web_server(answers) as web, pytest.raises(meant) as failure:
            await webhook(web).send(a_letter())
        assert "hooks" not in str(failure.value), "an address may hold a secret"

    @pytest.mark.parametrize("is_instant", [False, True])
    async def test_asks_to_be_left_alone_says_for_how_long(self, is_instant: bool):
        after = format_datetime(datetime.now(UTC) + timedelta(hours=1)) if is_instant else "3600"
        with web_server(says(429, Retry_After=after)) as web, pytest.raises(DownError) as failure:
            await webhook(web).send(a_letter())
        assert 0 < failure.value.after_s <= 3600

    async def test_leads_elsewhere_is_not_followed(self):
        with web_server(says(200)) as elsewhere:
            with web_server(says(307, Location=elsewhere.url)) as web, pytest.raises(DownError):
                await webhook(web).send(a_letter())
            assert elsewhere.came == []

    async def test_hangs_is_given_up(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(posting, "_ANSWER_S", 0.5)
        with web_server(hangs) as web, pytest.raises(DelayedError):
            await webhook(web).send(a_letter())

    async def test_answers_without_an_end_has_taken_it(self):
        with web_server(never_ends) as web:
            assert await webhook(web).send(a_letter()) == "200"

    async def test_answers_drop_by_drop_is_given_up_where_its_words_count(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(posting, "_ANSWER_S", 0.5)
        with web_server(drips) as web, pytest.raises(DelayedError):
            await Posting(HERE).post(web.url, b"{}", {}, most=1024)

    async def test_answers_without_an_end_is_read_up_to_a_limit(self):
        with web_server(never_ends) as web:
            answer = await Posting(HERE).post(web.url, b"{}", {}, most=1024)
        assert answer == Answer(200, b"x" * 1024)

    async def test_is_not_there_is_down(self):
        with web_server(says(200)) as web:
            pass
        with pytest.raises(DownError):
            await webhook(web).send(a_letter())

    async def test_has_a_certificate_that_nobody_vouches_for_is_down(self, tmp_path: Path):
        ensure(tmp_path)
        with web_server(says(200), folder=tmp_path) as web, pytest.raises(DownError, match="CERTIFICATE_VERIFY_FAILED"):
            await Posting(HERE).post(f"https://127.0.0.1:{web.port}/", b"{}", {})

    async def test_is_known_by_its_certificate_under_its_name_though_its_address_is_connected_to(self, tmp_path: Path):
        ensure(tmp_path)
        trusted = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
        with web_server(says(200), folder=tmp_path) as web:
            posting_ = Posting(frozenset({"localhost", "other"}), trusted)
            with leading("127.0.0.1"):
                assert (await posting_.post(f"https://localhost:{web.port}/", b"{}", {})).status == 200
                with pytest.raises(DownError, match="CERTIFICATE_VERIFY_FAILED"):
                    await posting_.post(f"https://other:{web.port}/", b"{}", {})


class TestAddresses:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
            "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1",
            "ff02::1", "fec0::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::",
        ],
    )  # fmt: skip
    def test_of_a_private_network_are_no_public_ones(self, address: str):
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1"])
    def test_of_others_are(self, address: str):
        assert is_public(address)

    async def test_of_this_machine_are_not_posted_to_unless_they_are_allowed_by_name(self):
        with web_server(says(200)) as web:
            for private in (frozenset[str](), frozenset({"localhost"})):
                with pytest.raises(DownError, match="ZHISHOU_PRIVATE_HOSTS"):
                    await webhook(web, private=private).send(a_letter())
        assert web.came == []

    @pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"])
    async def test_written_in_another_way_are_the_same(self, host: str):
        with web_server(says(200)) as web, pytest.raises(DownError):
            await Posting().post(f"http://{host}:{web.port}/", b"{}", {})
        assert web.came == []

    async def test_are_asked_for_once(self):
        """Else a name leads to us when it is connected to, though it did not when it was looked at."""
        with web_server(says(200)) as web, leading("127.0.0.1") as asked:
            await Posting(frozenset({"hooks.example.com"})).post(f"http://hooks.example.com:{web.port}/a", b"{}", {})
        assert asked == ["hooks.example.com"]
        assert web.came[0].headers["Host"] == f"hooks.example.com:{web.port}"

    async def test_one_of_which_is_private_are_all(self):
        with leading("1.1.1.1", "10.0.0.1"), pytest.raises(DownError, match="private"):
            await Posting().post("https://hooks.example.com/", b"{}", {})

    async def test_that_nobody_has_are_said(self):
        with pytest.raises(DownError, match="name of the host"):
            await Posting().post("https://nobody.invalid/", b"{}", {})


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("webhook_url", "ftp://hooks.example.com/q8Zr"),
            ("webhook_url", "https://user:q8Zr@hooks.example.com"),
            ("webhook_url", "hooks.example.com/q8Zr"),
            ("webhook_secret", "q8Zr!f2Lw0pX"),
            ("webhook_secret", "whsec_q8Zr"),
            ("webhook_secret", f"{NEW} whsec_q8Zr"),
        ],
    )
    def test_that_are_wrong_are_named_and_not_repeated(self, name: str, value: str):
        with pytest.raises(ValueError, match=name) as refusal:
            Channels.model_validate({name: value})
        assert "q8Zr" not in str(refusal.value)

    def test_name_what_is_missing(self):
        with pytest.raises(StartError, match="ZHISHOU_WEBHOOK_SECRET_FILE"):
            Channels(webhook_url="https://hooks.example.com").receivers()

    def test_let_nothing_go_in_clear_but_to_a_host_that_is_named(self):
        given = {"webhook_url": "http://hooks.internal/a", "webhook_secret": NEW}
        with pytest.raises(StartError, match="https"):
            Channels.model_validate(given).receivers()
        (receiver,) = Channels.model_validate(given | {"private_hosts": "a, hooks.internal"}).receivers().values()
        assert receiver.secrets() == [NEW]
        assert NEW not in repr(receiver)
