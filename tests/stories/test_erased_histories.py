"""A ticket's histories go for good, from Temporal and from the archive, and evidence says that they have gone."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
import typer.testing
from sqlalchemy import Engine

from cli import audit, exporting, personal
from cli.main import application
from cli.rebuild import Sources, of_each
from evidence import container
from evidence.verifying import verified
from gateway.forgetting import forgotten
from gateway.histories import batches
from gateway.recording import Registry, held
from gateway.scrubbing import look_through
from gateway.verdict.folding import runs_in
from gateway.verdict.judging import Part, judged
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.settings import Given, Settings
from store.rebuilding import scratch
from tests.desk import Desk
from tests.patience import PATIENCE_S
from tests.stories.test_erasure import NAME, bundle_of, over, said_of
from tests.trust import KEYS


@pytest.fixture
def here(tmp_path: Path) -> Given:
    return Given(home=tmp_path, keys=KEYS)


@pytest.fixture
async def zhishou(desk: Desk, here: Given, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Awaitable[str]]:
    """The command line of this installation; answers what it says."""
    loop = asyncio.get_running_loop()

    async def forget(settings: Settings, engine: Engine, number: str) -> int:
        going = asyncio.run_coroutine_threadsafe(forgotten(Archive.of(here), desk.client, number), loop)
        return await asyncio.wrap_future(going)

    for part in (personal, exporting):
        monkeypatch.setattr(part, "registry", lambda: nullcontext(desk.engine))
    monkeypatch.setattr(exporting, "Given", lambda: here)
    monkeypatch.setattr(personal, "forget", forget)
    monkeypatch.setattr(Settings, "of_running_installation", lambda: None)
    monkeypatch.setenv("ZHISHOU_HOME", str(here.home))

    def run(*words: str) -> str:
        said = ["people", "erase", "--reason", "request 35", *words]
        told = typer.testing.CliRunner().invoke(application(said), said)
        return f"{told.output}{told.exception or ''}"

    return partial(asyncio.to_thread, run)


async def test_histories_go_for_good_and_what_is_said_of_the_ticket_says_so(
    desk: Desk, here: Given, tmp_path: Path, zhishou: Callable[..., Awaitable[str]]
):
    case, archive = await over(desk), Archive.of(here)
    before, told = await bundle_of(desk, archive, here, case.number)
    assert NAME.encode() in b"".join(container.read(before).values())
    assert len(told.runs) == 2
    await _ordered(desk, archive, zhishou, case.number)
    async with asyncio.timeout(PATIENCE_S):
        while await batches(desk.client, case.number, archive):
            await asyncio.sleep(0.1)
    assert not [run for run in told.runs if (tmp_path / "archive" / run.leaf.path).exists()]
    await _holds_in_the_whole(desk, archive, here, case.number)
    data, after = await bundle_of(desk, archive, here, case.number)
    assert [run.leaf for run in after.runs] == [run.leaf for run in told.runs]
    assert await judged(after) == {Part.PROOF: None}
    await asyncio.to_thread(_is_said, data, archive, tmp_path)
    assert verified(before, archive.keys).number == case.number  # who has an older bundle still proves it


async def _ordered(desk: Desk, archive: Archive, zhishou: Callable[..., Awaitable[str]], number: str) -> None:
    """By the command line, which leaves what still goes on."""
    going_on = await desk.open("standard", "severe")
    await going_on.timeline()
    both = ("--history", number, "--history", going_on.number)
    assert f"{number}  histories: would be erased" in await zhishou(*both, "--check")
    assert archive.erased(number) == {}
    with patch.object(personal, "is_in_reach", lambda given: False):
        assert "archive and its keys" in await zhishou("--history", number)
    said = await zhishou(*both)
    assert f"{number}  histories: erased" in said
    assert f"{going_on.number}  histories: NOT erased" in said
    assert await batches(desk.client, going_on.number)


async def _holds_in_the_whole(desk: Desk, archive: Archive, here: Given, number: str) -> None:
    """The log, the registry's record, the fold, and a rebuild, which finds no difference; the rows stay."""
    blobs = Blobs(here.uploads_folder)
    Registry(desk.engine, blobs).take(archive, datetime.now(UTC))
    assert look_through(archive) == archive.log.size
    assert number not in runs_in(archive)
    assert not [called for called in held(archive, desk.engine, blobs)[2] if number in called]
    with scratch(desk.engine) as aside:
        there = Sources(desk.client, desk.engine, aside, archive)
        assert await of_each([number], there, repair=True) == {number: 0}
    assert NAME in said_of(desk.engine, number)
    told = await asyncio.to_thread(typer.testing.CliRunner().invoke, audit.app, ["check"])
    assert told.exit_code == 3, told.output
    assert "not checked: 1 " in told.output


def _is_said(data: bytes, archive: Archive, folder: Path) -> None:
    """By who verifies, and by who would replay."""
    file, key = folder / "bundle.zip", folder / "keys"
    file.write_bytes(data)
    key.write_text("".join(f"{each}\n" for each in archive.keys))
    for command in ("verify", "replay"):
        told = typer.testing.CliRunner().invoke(audit.app, [command, str(file), "--key", str(key)])
        assert told.exit_code == 3, told.output
        assert "the workflow's histories" in told.output
        assert "replay through today's code" in told.output
    assert "流程历史" in container.read(data)["page.html"].decode()
