"""A storm of 300 breaches within a minute, over five real peers: how many letters somebody gets of it, by what."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from channels.channel import Channel
from channels.phones import PhoneChannel
from channels.posting import Posting
from channels.robots import RobotChannel
from runtime.channel_settings import Receiver, Robot
from store.deliveries.claiming import claim
from store.deliveries.outcomes import sent
from store.deliveries.routing import open_channels, route
from store.models import Delivered, DeliveryRow, PersonRow, Way
from tests.channels.conftest import ACTS, NOW, TICKETS, Say
from tests.channels.post import Post
from tests.channels.test_mail import channel as mail_by
from tests.channels.test_posting import HERE, NEW, webhook
from tests.channels.web import Web, says, web_server

BREACHES = 300
WAYS = (Way.MAIL, Way.WEBHOOK, Way.SMS, Way.VOICE, Way.WECOM)


def channels(post: Post, web: Web) -> list[Channel]:
    posting, pages = Posting(HERE), "https://zhishou.example.com"
    phones = [PhoneChannel(Receiver(f"{web.url}/{way}", NEW), pages, posting, way) for way in (Way.SMS, Way.VOICE)]
    group = RobotChannel(Way.WECOM, Robot(f"{web.url}/cgi-bin/webhook/send?key=1"), pages, posting)
    return [mail_by(post), webhook(web), *phones, group]


async def left(engine: Engine, channel: Channel, minute: int) -> int:
    """How many letters leave by it in that minute."""
    now, many = NOW + timedelta(minutes=minute), 0
    while True:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            letters = claim(session, channel.way, now, 8, 8)
        if not letters:
            return many
        for letter in letters:
            sent(engine, letter, await channel.send(letter), now)
        many += len(letters)


@pytest.fixture
def broken(engine: Engine, say: Say) -> Engine:
    """All of it is told the duty manager, who is called for each."""
    open_channels(engine, WAYS, NOW - timedelta(days=1))
    with engine.begin() as connection:
        connection.execute(update(PersonRow).where(PersonRow.id == "duty").values(phone="13800000000"))
    for nth in range(BREACHES):
        at = NOW - timedelta(seconds=60 - nth / 5)
        breach = {"data": {"alarm": "rung", "rung": 100}, "call": nth, "created_at": at, "action": ACTS}
        say(f"响应已超时 {nth}", ticket=TICKETS[nth % 2], **breach)
    while route(engine, WAYS, NOW):
        pass
    return engine


async def test_three_hundred_breaches_in_a_minute_are_one_letter_by_each_channel(broken: Engine, post: Post):
    with web_server(says(200, {"errcode": 0})) as web:
        told = {
            channel.way: [await left(broken, channel, minute) for minute in range(3)] for channel in channels(post, web)
        }
        asked = Counter(each.path.partition("?")[0] for each in web.came)
        rang = [each.document["data"] for each in web.came if each.path == f"/{Way.VOICE}"]
    assert told == {way: [1, 0, 0] for way in WAYS}
    assert (len(post.came), sum(asked.values())) == (1, 4)
    assert [(each["template"], each["params"]["count"]) for each in rang] == [("several", BREACHES)]
    with broken.connect() as connection:
        rows = connection.execute(select(DeliveryRow.channel, DeliveryRow.state)).all()
    assert Counter(rows) == {(way, Delivered.SENT): BREACHES for way in WAYS}
