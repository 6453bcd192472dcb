"""What becomes of a report while strangers flood the mailbox in its sender's name, or in anybody's."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, insert, update

from domain.ticket.opening import Customer
from gateway.tickets import Gateway
from mailroom import taking
from mailroom.mails import Mail
from mailroom.taking import Taking, TooManyError
from runtime.settings import Settings
from store.database import connect
from store.mail import arriving
from store.mail.tending import Undone
from store.models import Became, MailRow, PersonRow
from store.projections import project
from tests.mailroom.writing import SENDER
from tests.store.samples import first_batch, opening

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
UNDONE = Undone("theirs", b"x", cut=False, came_at=NOW, uid=99, tries=1)
THEIRS = Mail("theirs@x", SENDER, "Zhang San", "Server down", "down", vouched=True)
JUNK = "JNK22222"


class Heard(Taking):
    """It opens tickets and puts mails on them where nobody looks after it."""

    async def _opened(self, undone: Undone, mail: Mail, about: object, now: datetime) -> str:
        return (await self._opening(undone, mail, None, "NEW22222", now)).number

    async def _said(self, *_: object) -> bool:
        return True


@pytest.fixture(scope="module")
def engine(demo_database_url: str) -> Iterator[Engine]:
    engine = connect(demo_database_url)
    project(engine, first_batch(JUNK, opening=opening(JUNK, customer=Customer(None, "?"), channel="mail")))
    with engine.begin() as connection:
        one = update(PersonRow).where(PersonRow.id == "customer")
        connection.execute(one.values(email=SENDER, customers=("demo-sitech",)))
    yield engine
    engine.dispose()


@pytest.fixture
def flooded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Mail]]:
    """Of the mails that come, each is the one that a test says."""
    says: list[Mail] = []
    monkeypatch.setattr(taking, "taken_apart", lambda *_, **__: says[0])
    yield says
    with engine.begin() as connection:
        connection.execute(delete(MailRow))


def opened(engine: Engine, many: int, sender: str) -> None:
    common = {"mailbox": "b", "validity": 1, "came_at": NOW, "cut": False, "tries": 1, "next_at": NOW, "name": ""}
    common |= {"message_id": "", "subject": "", "became": Became.OPENED, "ticket": JUNK, "done_at": NOW}
    rows = [common | {"id": f"junk{nth}", "uid": nth, "sender": sender.format(nth)} for nth in range(many)]
    arriving.place(engine, "b", 1, 1, NOW)
    with engine.begin() as connection:
        connection.execute(insert(MailRow), rows)


async def becomes(engine: Engine, settings: Settings) -> Became:
    done = await Heard(settings, engine, Gateway(settings)).take(UNDONE, NOW + timedelta(minutes=1))
    return done.became


async def test_a_report_of_somebody_who_is_vouched_for_ends_on_no_ticket_of_who_writes_in_their_name(
    engine: Engine, settings: Settings, flooded: list[Mail]
):
    opened(engine, 10, SENDER)
    flooded.append(THEIRS)
    assert await becomes(engine, settings) is Became.OPENED
    flooded[0] = Mail("junk@x", SENDER, "", "junk", "junk")
    assert await becomes(engine, settings) is Became.FOLDED


async def test_and_does_not_wait_while_strangers_have_opened_as_many_as_are_taken(
    engine: Engine, settings: Settings, flooded: list[Mail]
):
    opened(engine, 120, "s{}@evil.example")
    flooded.append(THEIRS)
    assert await becomes(engine, settings) is Became.OPENED
    flooded[0] = Mail("junk@x", "other@evil.example", "", "junk", "junk")
    with pytest.raises(TooManyError):
        await becomes(engine, settings)


async def test_a_mail_without_a_sender_stands_on_no_other_such_mails_ticket(
    engine: Engine, settings: Settings, flooded: list[Mail]
):
    opened(engine, 10, "")
    flooded.append(Mail("nobody@x", "", "", "down", "down"))
    assert await becomes(engine, settings) is Became.OPENED


async def test_what_others_write_in_a_name_makes_no_report_of_its_owners_end_on_their_ticket(
    engine: Engine, settings: Settings, flooded: list[Mail]
):
    """Whoever a server vouches for, also where nobody knows whose they are."""
    opened(engine, 10, "colleague@customer.example")
    flooded.append(Mail("theirs@x", "colleague@customer.example", "", "Server down", "down", vouched=True))
    assert await becomes(engine, settings) is Became.OPENED
