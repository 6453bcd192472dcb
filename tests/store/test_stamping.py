"""An authority that stays away, or whose answers do not hold, is told of until it stamps the log again."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from domain.audience.watch import Trouble
from gateway.archiving import keep
from gateway.stamping import Stamping
from runtime.archive import Archive
from store.models import NotificationRow
from store.watch.beats import STAMPS, ages
from tests.evidence.authority import Authority, needs_openssl
from tests.evidence.samples import archive, given, leaf
from tests.store.test_witnesses import found, nobody

pytestmark = [needs_openssl, pytest.mark.usefixtures("findings_forgotten")]


@pytest.fixture
def kept(store: None, tmp_path: Path) -> Archive:
    made = archive(tmp_path)
    keep(made, [leaf("A", "1")], datetime.now(UTC))
    return made


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[tuple[Authority, str]]:
    there = Authority(tmp_path / "authority")
    with there.serving() as url:
        yield there, url


def looking(engine: Engine, home: Path, url: str, authority: Authority) -> Stamping:
    return Stamping(engine, given(home, timestamps=f"{url} {authority.root}"))


async def test_one_that_stays_away_is_told_of_after_an_hour_until_it_stamps(
    engine: Engine, kept: Archive, authority: tuple[Authority, str], tmp_path: Path
):
    there, url = authority
    remembered = kept.memory.with_name("unstamped")
    with nobody() as away:
        await looking(engine, tmp_path, away, there).look()
        assert found(engine) == []
        earlier = datetime.now(UTC) - timedelta(minutes=61)
        remembered.write_text(json.dumps(dict.fromkeys(json.loads(remembered.read_text()), earlier.isoformat())))
        await looking(engine, tmp_path, away, there).look()
    assert found(engine) == [(Trouble.UNSTAMPED, away)]
    with engine.connect() as connection:
        asked = select(NotificationRow.recipient, NotificationRow.title).where(NotificationRow.happening.is_(None))
        messages = connection.execute(asked).all()
    assert {"admin", "pm"} <= {each.recipient for each in messages}
    assert all("时间戳机构" in each.title["zh"] for each in messages)
    await looking(engine, tmp_path, url, there).look()
    assert found(engine) == []
    assert STAMPS in ages(engine)


async def test_one_whose_answers_do_not_hold_is_told_of_as_well(
    engine: Engine, kept: Archive, authority: tuple[Authority, str], tmp_path: Path
):
    there, url = authority
    there.spoils = lambda answer: answer[:-1]
    await looking(engine, tmp_path, url, there).look()
    remembered = kept.memory.with_name("unstamped")
    earlier = datetime.now(UTC) - timedelta(minutes=61)
    remembered.write_text(json.dumps({url: earlier.isoformat()}))
    await looking(engine, tmp_path, url, there).look()
    assert found(engine) == [(Trouble.UNSTAMPED, url)]


async def test_where_there_is_no_archive_nobody_is_asked(
    engine: Engine, authority: tuple[Authority, str], tmp_path: Path
):
    there, url = authority
    await looking(engine, tmp_path / "none", url, there).look()
    assert (found(engine), there.asked) == ([], 0)
    assert not (tmp_path / "none").exists()
