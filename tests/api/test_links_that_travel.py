"""Links that are sent: by mail and text message, to the address on record, opened by nobody before they have left."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
import structlog
from sqlalchemy import select, text, update
from structlog.testing import capture_logs

from channels.channel import Channel
from channels.mail import MailChannel
from channels.phones import PhoneChannel
from channels.posting import Posting
from channels.sending import Sending
from runtime.channel_settings import Receiver
from store.approvals.travelling import SENT_LINK
from store.deliveries.routing import open_channels
from store.models import Delivered, DeliveryRow, NotificationRow, PersonRow, Way
from store.registry.people import change_person
from tests.channels.post import Post, post_office
from tests.channels.test_mail import body
from tests.channels.test_posting import HERE, NEW
from tests.channels.web import Web, says, web_server
from tests.handed import asked, handed
from tests.links import Letter, applied, timeline
from tests.patience import PATIENCE_S
from tests.served import Served

PAGES = "https://zhishou.example.com"
MAILBOX, NUMBER = "liu@example.com", "138 0000 5678"


@pytest.fixture(autouse=True)
def _on_record(desk: Served) -> None:
    """Addresses of who is asked; the channels are set up, and nothing of another test waits."""
    open_channels(desk.engine, [Way.MAIL, Way.SMS], datetime.now(UTC) - timedelta(minutes=1))
    with desk.engine.begin() as connection:
        reached = update(PersonRow).where(PersonRow.id.in_(["customer", "tech"]))
        connection.execute(reached.values(email=MAILBOX, phone=NUMBER, email_by=None))
        connection.execute(update(NotificationRow).values(routed_at=datetime.now(UTC)))
        connection.execute(text("DELETE FROM delivery"))


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as post:
        yield post


@pytest.fixture
def gateway() -> Iterator[Web]:
    with web_server(says(202)) as web:
        yield web


def by_mail(post: Post) -> Channel:
    return MailChannel(post.told, PAGES)


def by_sms(web: Web) -> Channel:
    return PhoneChannel(Receiver(f"{web.url}/sms", NEW), PAGES, Posting(HERE), Way.SMS)


async def leave(desk: Served, channel: Channel, until: Callable[[], bool]) -> None:
    """Have the sender work until something holds."""
    stopped = asyncio.Event()
    going = asyncio.create_task(Sending(desk.engine, [channel]).until(stopped))
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not await asyncio.to_thread(until):
                await asyncio.sleep(0.05)
    finally:
        stopped.set()
        await going


def send(desk: Served, number: str, command: str, by: str = "mail", who: str = "hotline") -> httpx2.Response:
    return desk.as_user(who).post(f"/api/tickets/{number}/links", json={"command_id": command, "by": by})


def listed(desk: Served, number: str, who: str = "hotline") -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = desk.as_user(who).get(f"/api/tickets/{number}/approval-links").json()["items"]
    return links


def became(desk: Served, number: str, what: str) -> Callable[[], bool]:
    """Whether this came of the newest link of a ticket."""
    return lambda: bool(listed(desk, number)[-1]["sent"]["became"] == what)


def opening(post: Post) -> list[EmailMessage]:
    """The mails that bring a link, beside those that tell that there is one."""
    return [mail for mail in post.came if f"{PAGES}/a/" in body(mail, "plain")]


def address_in(words: str) -> str:
    """The path of the link that stands in a letter."""
    return urlsplit(next(word for word in words.split() if word.startswith(f"{PAGES}/a/"))).path


class TestALinkThatIsSent:
    async def test_comes_by_mail_to_the_address_on_record_and_takes_the_answer(self, desk: Served, post: Post):
        """Nobody of ours has seen what opens it; the ticket's page says by what, when and what came of it."""
        number = asked(desk)
        answer = send(desk, number, handed(desk, number, "remote_grant"))
        assert (answer.status_code, answer.json().keys()) == (201, {"expires_at", "sent_to"})
        assert answer.json()["sent_to"] == "l…@example.com"
        await leave(desk, by_mail(post), became(desk, number, "sent"))
        (mail,) = opening(post)
        assert (mail["To"].addresses[0].addr_spec, number in body(mail, "plain")) == (MAILBOX, True)
        (link,) = listed(desk, number)
        assert (link["sent"]["by"], link["sent"]["to"], link["sent"]["said"]) == ("mail", "l…@example.com", "taken")
        phone = Letter(desk, address_in(body(mail, "plain")))
        assert "数据库" in phone.look().text
        assert phone.answer().status_code == 200
        assert timeline(desk, number)[-1]["happening"] == "remote_granted"

    async def test_comes_as_a_text_message_under_a_template_of_its_own(self, desk: Served, gateway: Web):
        number = asked(desk)
        assert send(desk, number, handed(desk, number, "remote_grant"), "sms").json()["sent_to"] == "…5678"
        await leave(desk, by_sms(gateway), became(desk, number, "sent"))
        (came,) = gateway.came
        data = came.document["data"]
        assert (data["to"], data["template"]) == ("13800005678", "link")
        assert data["text"]["zh"].endswith(data["params"]["link"])
        assert Letter(desk, urlsplit(data["params"]["link"]).path).answer().status_code == 200

    async def test_leaves_though_the_reader_has_read_of_it_and_is_left_alone(self, desk: Served, post: Post):
        """Whoever waits on the telephone asked for it; their inbox says where it went, and opens nothing."""
        number = asked(desk)
        quiet = {"quiet_from": "00:00", "quiet_until": "23:59", "refused": []}
        assert desk.as_user("customer").put("/api/inbox/channels", json=quiet).status_code in {200, 204}
        send(desk, number, handed(desk, number, "remote_grant"))
        told = desk.as_user("customer").get("/api/inbox").json()["items"]
        about = next(each for each in told if number in each["text"] and "一次性链接已发到" in each["text"])
        assert ("邮箱 l…@example.com" in about["text"], "/a/" in str(about)) == (True, False)
        assert desk.as_user("customer").post(f"/api/inbox/{about['id']}/read").status_code == 204
        await leave(desk, by_mail(post), became(desk, number, "sent"))
        desk.as_user("customer").put(
            "/api/inbox/channels", json={"quiet_from": None, "quiet_until": None, "refused": []}
        )

    async def test_is_no_part_of_a_digest(self, desk: Served, post: Post):
        numbers = [asked(desk) for _ in range(7)]
        for number in numbers:
            send(desk, number, handed(desk, number, "remote_grant"))
        await leave(desk, by_mail(post), lambda: len(opening(post)) == len(numbers))
        assert len({address_in(body(mail, "plain")) for mail in opening(post)}) == len(numbers)

    async def test_that_is_sent_again_ends_the_one_before(self, desk: Served, post: Post):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        for turn in (1, 2):
            send(desk, number, id_)
            await leave(desk, by_mail(post), lambda turn=turn: len(opening(post)) == turn)  # type: ignore[misc]
        first, second = (Letter(desk, address_in(body(mail, "plain"))) for mail in opening(post))
        assert (first.look().status_code, second.look().status_code) == (404, 200)

    async def test_that_is_sent_again_before_it_left_leaves_once(self, desk: Served, post: Post):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        for _ in range(3):
            send(desk, number, id_)
        await leave(desk, by_mail(post), became(desk, number, "sent"))
        assert [each["sent"]["became"] for each in listed(desk, number)] == ["needless", "needless", "sent"]
        assert len(opening(post)) == 1

    async def test_that_failed_is_tried_with_another_one_that_alone_opens_it(self, desk: Served, gateway: Web):
        """The gateway may have sent the first all the same: no program takes the second for the same message."""
        gateway.answers[:] = [says(500), says(202)]
        number = asked(desk)
        send(desk, number, handed(desk, number, "remote_grant"), "sms")
        await leave(desk, by_sms(gateway), lambda: len(gateway.came) == 1)
        with desk.engine.begin() as connection:
            connection.execute(update(DeliveryRow).values(next_at=datetime.now(UTC)))
        await leave(desk, by_sms(gateway), became(desk, number, "sent"))
        first, second = (urlsplit(came.document["data"]["params"]["link"]).path for came in gateway.came)
        assert len({came.headers["webhook-id"] for came in gateway.came}) == 2
        assert [Letter(desk, path).look().status_code for path in (first, second)] == [404, 200]


class TestNobodyElse:
    async def test_reads_it_in_the_tables_the_log_or_what_a_server_repeats(self, desk: Served, post: Post):
        """A filter of mail that refuses a letter likes to say for which address in it."""
        post.judges = lambda mail: f"554 blocked for {body(mail, 'plain').partition(PAGES)[2]}".splitlines()[0]
        number = asked(desk)
        send(desk, number, handed(desk, number, "remote_grant"))
        structlog.configure(logger_factory=structlog.PrintLoggerFactory())
        with capture_logs() as log:
            await leave(desk, by_mail(post), became(desk, number, "refused"))
        token = address_in(body(opening(post)[-1], "plain")).removeprefix("/a/")
        assert "554 blocked" in str(log)
        (link,) = listed(desk, number)
        with desk.engine.connect() as connection:
            tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
            rows = "\n".join(str(connection.execute(text(f'SELECT * FROM "{each}"')).all()) for each in tables)
        for place in (str(log), str(link), rows, str(timeline(desk, number))):
            assert token[:6] not in place

    async def test_has_it_who_was_not_handed_it(self, desk: Served):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        for who in ("engineer", "pm", "customer"):
            assert send(desk, number, id_, who=who).status_code == 404
            assert desk.as_user(who).get(f"/api/tickets/{number}/links/{id_}").status_code == 404
        assert listed(desk, number) == []


class TestWhereItGoes:
    def test_is_shown_before_it_is_sent(self, desk: Served):
        number = asked(desk)
        path = f"/api/tickets/{number}/links/{handed(desk, number, 'remote_grant')}"
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(phone="88886666 转 8001"))
        assert desk.as_user("hotline").get(path).json()["items"] == [
            {"by": "mail", "to": "l…@example.com", "lacking": None},
            {"by": "sms", "to": None, "lacking": "address"},
        ]

    @pytest.mark.parametrize("lacking", ["address", "channel"])
    def test_is_said_where_it_goes_nowhere_and_nothing_is_made(self, desk: Served, lacking: str):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        with desk.engine.begin() as connection:
            if lacking == "address":
                connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(email=None))
            else:
                connection.execute(text("DELETE FROM channel WHERE name = 'mail'"))
        answer = send(desk, number, id_)
        assert (answer.status_code, answer.json()["reason"]) == (409, lacking)
        assert listed(desk, number) == []

    def test_is_by_no_other_way_and_no_address_that_is_typed(self, desk: Served):
        number = asked(desk)
        id_ = handed(desk, number, "remote_grant")
        path = f"/api/tickets/{number}/links"
        for more in ({"by": "webhook"}, {"by": "mail", "to": "me@example.com"}, {"by": "sms", "spoken": True}):
            assert desk.as_user("hotline").post(path, json={"command_id": id_} | more).status_code == 422, more

    async def test_is_nowhere_once_it_is_over(self, desk: Served, post: Post):
        """Revoked, answered otherwise, or with the access of who handed it over: it does not leave any more."""
        revoked, answered, left = asked(desk), asked(desk), asked(desk)
        for number in (revoked, answered):
            send(desk, number, handed(desk, number, "remote_grant"))
        desk.as_user("hotline").delete(f"/api/tickets/{revoked}/approval-links/{listed(desk, revoked)[0]['id']}")
        desk.command("customer", answered, "refuse_remote", reason="不必")
        send(desk, left, handed(desk, left, "remote_grant", by="engineer2"), who="engineer2")
        change_person(desk.engine, "engineer2", {"active": False})
        try:
            await leave(desk, by_mail(post), lambda: _over(desk))
        finally:
            change_person(desk.engine, "engineer2", {"active": True})
        assert opening(post) == []

    async def test_where_nobody_takes_it_is_told_to_who_sent_it(self, desk: Served, post: Post):
        post.answers[MAILBOX] = "550 no such user"
        number = asked(desk)
        send(desk, number, handed(desk, number, "remote_grant"))
        await leave(desk, by_mail(post), became(desk, number, "refused"))
        assert listed(desk, number)[0]["sent"]["said"] == "550 no such user"
        (theirs,) = listed(desk, number, "customer")
        assert theirs["sent"]["said"] is None, "people outside are not told what a server said"
        told = desk.as_user("hotline").get("/api/inbox").json()["items"]
        assert any("未送达" in each["title"] and number in each["text"] for each in told)


class TestALinkToApprove:
    async def test_is_sent_to_the_approver_who_asks_for_it(self, desk: Served, post: Post):
        number = applied(desk)
        path = f"/api/tickets/{number}/approval-link"
        answer = desk.as_user("tech").post(path, json={"by": "mail"})
        assert (answer.status_code, "url" in answer.json()) == (201, False)
        await leave(desk, by_mail(post), lambda: bool(opening(post)))
        assert Letter(desk, address_in(body(opening(post)[0], "plain"))).answer().status_code == 200

    @pytest.mark.parametrize(("by", "stands"), [("sms", None), ("mail", "admin")])
    def test_goes_only_where_two_administrators_send_it(self, desk: Served, by: str, stands: str | None):
        """One who enters an address alone would approve alone."""
        number = applied(desk)
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "tech").values(email_by=stands))
        answer = desk.as_user("tech").post(f"/api/tickets/{number}/approval-link", json={"by": by})
        assert (answer.status_code, answer.json()["reason"]) == (409, "second")


def _over(desk: Served) -> bool:
    with desk.engine.connect() as connection:
        links = select(NotificationRow.id).where(NotificationRow.data.has_key(SENT_LINK))
        states = set(connection.scalars(select(DeliveryRow.state).where(DeliveryRow.message.in_(links))))
    return states == {Delivered.NEEDLESS}
