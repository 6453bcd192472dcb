"""A witness who stays away, or will not cosign what it is shown, is told of until it cosigns again."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from domain.audience.watch import Trouble
from evidence.shelf import Folder
from evidence.witness import Witness, serving
from gateway.archiving import keep
from gateway.witnessing import Witnesses
from runtime.archive import Archive
from store.models import NotificationRow
from store.watch.beats import WITNESSES, ages
from store.watch.findings import standstills
from tests.evidence.samples import archive, given, leaf

NOW = datetime(2026, 11, 27, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("findings_forgotten")


@pytest.fixture
def kept(store: None, tmp_path: Path) -> Archive:
    made = archive(tmp_path)
    keep(made, [leaf("A", "1")], NOW)
    return made


@pytest.fixture
def outside(kept: Archive, tmp_path: Path) -> Witness:
    return Witness("example.org/w", Folder(tmp_path / "w"), kept.keys)


@contextmanager
def there(outside: Witness) -> Iterator[str]:
    """Its address, while it serves."""
    server = serving(outside, "127.0.0.1", 0)
    serves = threading.Thread(target=server.serve_forever, args=(0.05,))
    serves.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        serves.join()
        server.server_close()


@contextmanager
def nobody() -> Iterator[str]:
    """An address at which nobody listens, nor will."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def looking(engine: Engine, home: Path, url: str, outside: Witness) -> Witnesses:
    return Witnesses(engine, given(home, witnesses=f"{url} {outside.public}"))


def found(engine: Engine) -> list[tuple[Trouble, str]]:
    return [(each.trouble, each.subject) for each in standstills(engine)]


async def test_one_that_stays_away_is_told_of_after_an_hour_until_it_cosigns(
    engine: Engine, kept: Archive, outside: Witness, tmp_path: Path
):
    """Also by a watchdog that was started anew meanwhile."""
    told = (Trouble.UNWITNESSED, f"example.org/w+{outside.public.id.hex()}")
    with nobody() as url:
        await looking(engine, tmp_path, url, outside).look()
        assert found(engine) == []
        remembered = kept.memory.with_name("unwitnessed")
        since = datetime.fromisoformat(json.loads(remembered.read_text())[told[1]])
        for earlier, wanted in ((59, []), (61, [told])):
            remembered.write_text(json.dumps({told[1]: (since - timedelta(minutes=earlier)).isoformat()}))
            await looking(engine, tmp_path, url, outside).look()
            assert found(engine) == wanted
    with there(outside) as url:
        await looking(engine, tmp_path, url, outside).look()
    assert found(engine) == []
    keep(kept, [leaf("B", "2")], NOW)
    with nobody() as url:
        await looking(engine, tmp_path, url, outside).look()  # the hour begins anew
    assert found(engine) == []
    assert WITNESSES in ages(engine)


async def test_one_that_knows_another_past_is_told_of_at_once(
    engine: Engine, kept: Archive, outside: Witness, tmp_path: Path
):
    """The managers and the administrator read what to do."""
    with there(outside) as url:
        look = looking(engine, tmp_path, url, outside).look
        await look()
        assert found(engine) == []
        for file in [path for path in kept.shelf.list("") if path.startswith(("tile", "checkpoint"))]:
            kept.shelf.drop(file)
        kept.memory.unlink()
        keep(kept, [leaf("A", "another")], NOW)
        await look()
    with engine.connect() as connection:
        asked = select(NotificationRow.recipient, NotificationRow.title, NotificationRow.action)
        messages = connection.execute(asked.where(NotificationRow.happening.is_(None))).all()
    assert {"admin", "pm"} <= {each.recipient for each in messages}
    assert all("见证方 example.org/w+" in each.title["zh"] for each in messages)
    assert all("audit check" in each.action["en"] for each in messages)


@pytest.mark.parametrize("memory", ["no JSON", "[]", "null", '{"w": 3}', '{"w": "2026-11-27T00:00:00"}', "[" * 99_999])
async def test_one_that_nobody_wants_any_more_is_not_missed(
    engine: Engine, kept: Archive, outside: Witness, tmp_path: Path, memory: str
):
    """Whatever was kept of it before."""
    kept.memory.with_name("unwitnessed").write_text(memory.replace("w", f"example.org/w+{outside.public.id.hex()}"))
    with nobody() as url:
        look = looking(engine, tmp_path, url, outside)
        await look.look()
        since = datetime.now(UTC) - timedelta(hours=2)
        written = json.loads(kept.memory.with_name("unwitnessed").read_text())
        kept.memory.with_name("unwitnessed").write_text(json.dumps(dict.fromkeys(written, since.isoformat())))
        await look.look()
    assert len(found(engine)) == 1
    await Witnesses(engine, given(tmp_path)).look()
    assert found(engine) == []
