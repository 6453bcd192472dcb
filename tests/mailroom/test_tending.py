"""What is seen to first: what a stranger made to be costly holds up nobody's report."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select

from gateway.tickets import Gateway
from mailroom import taking
from mailroom.apart import LONG_S, SHORT_S
from mailroom.mails import Mail
from mailroom.sorting import Noise
from mailroom.taking import Taking, TooManyError
from mailroom.tending import Tending
from runtime.settings import Settings
from store.database import connect
from store.mail import arriving, tending
from store.mail.arriving import Fetched
from store.mail.tending import Done, Undone
from store.models import Became, MailRow

BOX = "service@here"
COSTLY, REPORTS = (b"costly\n\n1", b"costly\n\n2"), (b"a report\n\n3", b"a report\n\n4")


@pytest.fixture
def engine(demo_database_url: str) -> Iterator[Engine]:
    engine = connect(demo_database_url)
    yield engine
    with engine.begin() as connection:
        connection.execute(delete(MailRow))
    engine.dispose()


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, int]]:
    """What was taken apart, and how long that might take; what is called costly takes long."""
    looks: list[tuple[bytes, int]] = []

    def taken_apart(raw: bytes, *, seconds: int, **_: object) -> Mail | None:
        looks.append((raw, seconds))
        is_over = raw.startswith(b"costly") and seconds < LONG_S
        return None if is_over else Mail("", "", "", "", "", noise=Noise.AUTOMATIC)

    monkeypatch.setattr(taking, "taken_apart", taken_apart)
    return looks


def come(engine: Engine, *mails: bytes) -> None:
    now = datetime.now(UTC)
    at = arriving.place(engine, BOX, 7, 1, now - timedelta(minutes=1))
    for mail in mails:
        arriving.keep(engine, BOX, at, Fetched(int.from_bytes(mail[-1:]), now, mail), now)


async def look(engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch, *, later: bool) -> None:
    """Once; ``later``: when what failed is to be tried again."""
    if later:
        monkeypatch.setattr("mailroom.tending.datetime", _Later)
    await Tending(settings, engine, Gateway(settings)).look()


class _Later(datetime):
    BY = timedelta(minutes=1)

    @classmethod
    def now(cls, tz: object = None) -> "_Later":
        return super().now(UTC) + cls.BY


async def test_what_takes_long_comes_after_what_came_behind_it_and_one_by_one(
    engine: Engine, settings: Settings, apart: list[tuple[bytes, int]], monkeypatch: pytest.MonkeyPatch
):
    come(engine, COSTLY[0], COSTLY[1], REPORTS[0])
    await look(engine, settings, monkeypatch, later=False)
    assert apart == [(COSTLY[0], SHORT_S), (COSTLY[1], SHORT_S), (REPORTS[0], SHORT_S)]
    come(engine, REPORTS[1])
    apart.clear()
    await look(engine, settings, monkeypatch, later=True)
    assert apart == [(REPORTS[1], SHORT_S), (COSTLY[0], LONG_S)], "the next look sees what has come meanwhile"
    apart.clear()
    await look(engine, settings, monkeypatch, later=True)
    assert apart == [(COSTLY[1], LONG_S)]
    with engine.connect() as connection:
        assert connection.scalar(select(MailRow.id).where(MailRow.became.is_(None)).limit(1)) is None


async def test_what_waits_for_a_flood_keeps_nobodys_report_in_the_mailbox(
    engine: Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """However many wait: a report behind them is fetched and seen to, and none of them is tried before it."""
    monkeypatch.setattr(tending, "_MOST_NEW", 2)
    looks: list[bytes] = []

    async def take(_: Taking, undone: Undone, __: datetime) -> Done:
        looks.append(undone.raw)
        if undone.raw.startswith(b"junk"):
            raise TooManyError
        return Done(Became.NOISE)

    monkeypatch.setattr(Taking, "take", take)
    junk = [b"junk\n\n1", b"junk\n\n2"]
    come(engine, *junk)
    assert tending.room(engine) == 0, "what nobody has looked at yet holds up what is behind it"
    await look(engine, settings, monkeypatch, later=False)
    assert tending.room(engine) == 2
    come(engine, REPORTS[0])
    looks.clear()
    monkeypatch.setattr(_Later, "BY", timedelta(minutes=6))
    await look(engine, settings, monkeypatch, later=True)
    assert looks == [REPORTS[0], junk[0]]
    looks.clear()
    await look(engine, settings, monkeypatch, later=True)
    assert looks == [], "one that was tried tells of all"
    monkeypatch.setattr(tending, "_MOST_BYTES", 5)
    assert tending.room(engine) == 0
