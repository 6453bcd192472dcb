"""The night of a grave report, over real peers: who is called when and by what, who does not answer, who has it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, exists, select, update

from channels.phones import PhoneChannel
from channels.posting import Posting
from channels.robots import RobotChannel
from channels.sending import Sending
from domain.audience.reaching import Wishes
from domain.contract.calendars import CHINA
from domain.people.actors import Role
from runtime.channel_settings import Receiver, Robot
from store.deliveries.policy import prefer
from store.deliveries.routing import open_channels
from store.models import PENDING, Delivered, DeliveryRow, NotificationRow, PersonRow, ShiftRow, Way
from store.registry.records import Shift
from store.registry.roster import add_shift
from tests.channels.post import Post, post_office
from tests.channels.test_mail import PAGES
from tests.channels.test_mail import channel as mail_by
from tests.channels.test_posting import HERE, NEW
from tests.channels.web import Web, says, web_server
from tests.desk import Case, Desk
from tests.patience import PATIENCE_S
from tests.stories.test_calls import called

MINUTE, HOURS = timedelta(minutes=1), timedelta(hours=1)
AWAKE = {
    "hotline": Role.HOTLINE,
    "engineer": Role.ENGINEER,
    "duty": Role.DUTY_MANAGER,
    "pm": Role.PROJECT_MANAGER,
}
WAYS = (Way.MAIL, Way.SMS, Way.VOICE, Way.WECOM)
#: The engineer's mailbox is none any more.
NO_MAIL = "engineer@example.com"
NOT_BY_MAIL = {(Way.MAIL, Delivered.DEAD), (Way.VOICE, Delivered.SENT)}


@dataclass
class Night:
    """Its people, and what reached them."""

    engine: Engine
    post: Post
    web: Web
    numbers: dict[str, str]
    skipped: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped

    async def goes_by(self, case: Case, minutes: int) -> None:
        """Nobody does anything, and all that leaves at once has left."""
        await case.passes(minutes * MINUTE)
        self.skipped = case.skipped
        await self.all_has_left(case)

    async def all_has_left(self, case: Case) -> None:
        await case.timeline()
        its = NotificationRow.ticket == case.number
        on_its_way = DeliveryRow.state.in_(PENDING) & (DeliveryRow.channel != Way.SMS)  # one a minute, with the latest
        leaves = exists().where(DeliveryRow.message == NotificationRow.id, on_its_way)
        waits = select(NotificationRow.id).where(its, NotificationRow.routed_at.is_(None) | leaves)
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with self.engine.connect() as connection:
                    if not connection.scalars(waits).all():
                        return
                await asyncio.sleep(0.1)

    def rang(self, case: Case) -> list[tuple[int, str]]:
        """Whose telephone rang, and how many minutes after the report they were told what it rang for."""
        letters = [each.document for each in self.web.came if each.path == f"/{Way.VOICE}"]
        return sorted(
            {
                (
                    (datetime.fromisoformat(each["timestamp"]) - case.received_at) // MINUTE,
                    self.numbers[each["data"]["to"]],
                )
                for each in letters
            }
        )

    def left(self, case: Case, who: str) -> set[tuple[Way, Delivered]]:
        """What became of what was to reach somebody in their house."""
        at_home = DeliveryRow.channel.in_((Way.MAIL, Way.VOICE))
        asked = select(DeliveryRow.channel, DeliveryRow.state).where(DeliveryRow.ticket == case.number, at_home)
        with self.engine.connect() as connection:
            return {(row.channel, row.state) for row in connection.execute(asked.where(DeliveryRow.recipient == who))}


@pytest.fixture
def numbers(desk: Desk) -> dict[str, str]:
    """It is night: four are on duty, and all want to be left alone."""
    now = datetime.now(UTC)
    quiet = tuple((now + hours * HOURS).astimezone(CHINA).time() for hours in (-6, 6))
    with desk.engine.begin() as connection:
        connection.execute(delete(ShiftRow))
        people = sorted(connection.scalars(select(PersonRow.id)))
        numbers = {f"138{place:08d}": id_ for place, id_ in enumerate(people)}
        for number, id_ in numbers.items():
            reached = {"email": f"{id_}@example.com", "phone": number}
            connection.execute(update(PersonRow).where(PersonRow.id == id_).values(reached))
    for id_, role in AWAKE.items():
        add_shift(desk.engine, Shift(role, id_, now - 6 * HOURS, now + 6 * HOURS))
    for id_ in people:
        prefer(desk.engine, id_, Wishes(quiet=(quiet[0], quiet[1])))
    open_channels(desk.engine, WAYS, now)
    return numbers


@pytest.fixture
def peers() -> Iterator[tuple[Post, Web]]:
    with post_office() as post, web_server(says(200, {"errcode": 0})) as web:
        post.answers[NO_MAIL] = "550 no such user"
        yield post, web


@pytest.fixture
async def night(desk: Desk, numbers: dict[str, str], peers: tuple[Post, Web]) -> AsyncIterator[Night]:
    """With the sender, whose clock is the ticket's."""
    post, web = peers
    night, posting, stopped = Night(desk.engine, post, web, numbers), Posting(HERE), asyncio.Event()
    phones = [PhoneChannel(Receiver(f"{web.url}/{way}", NEW), PAGES, posting, way) for way in (Way.SMS, Way.VOICE)]
    group = RobotChannel(Way.WECOM, Robot(f"{web.url}/cgi-bin/webhook/send?key=1"), PAGES, posting)
    sending = Sending(desk.engine, [mail_by(post), *phones, group], night.now)
    going = asyncio.ensure_future(sending.until(stopped))
    yield night
    stopped.set()
    await going


async def test_a_grave_report_rings_one_after_the_other_out_of_bed_until_somebody_has_it(desk: Desk, night: Night):
    case = await desk.open("sitech", "A")
    await night.all_has_left(case)
    assert night.rang(case) == [(0, "duty"), (0, "engineer"), (0, "expert")]
    for minutes in (3, 4, 4):
        await night.goes_by(case, minutes)
    assert night.rang(case)[3:] == [(2, "duty"), (5, "engineer"), (10, "duty"), (10, "hotline"), (10, "pm")]
    await night.goes_by(case, 5)
    assert night.rang(case)[8:] == [(15, "leader")]
    assert night.left(case, "engineer") == NOT_BY_MAIL
    posts = [each.body.decode() for each in night.web.came if each.path.startswith("/cgi-bin")]
    assert len(posts) >= len({minute for minute, _ in night.rang(case)})
    case.known = await called(case)
    await case.does("leader", "acknowledge")
    await night.goes_by(case, 10)
    assert night.rang(case)[9:] == []
    call = (await case.ticket()).call
    assert call is not None
    assert (call.by, call.step) == ("leader", 3)
