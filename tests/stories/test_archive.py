"""What has ended is archived: every run of a ticket and of its aftercare, whole, once; and what is not is told."""

import asyncio
import copy
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
import typer.testing
from sqlalchemy import insert, update
from temporalio.client import Client, WorkflowHistory

from cli import audit
from cli.rebuild import Sources, of_each
from domain.audience.watch import Trouble
from domain.people.actors import Role
from evidence.faults import EvidenceError
from evidence.leaves import Leaf, unpacked
from evidence.verifying import Verified, verified
from gateway import archiving, runs
from gateway.archiving import Sweep
from gateway.exporting import exported
from gateway.histories import batches
from gateway.histories import runs as runs_of
from gateway.recording import Registry
from gateway.verdict.folding import folded, runs_in
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.settings import Given
from store.models import AttachmentRow, EntryRow
from store.rebuilding import scratch
from store.watch.beats import ARCHIVE, ages
from store.watch.findings import open_subjects
from tests.desk import Case, Desk
from tests.evidence.samples import replayed
from tests.forgetting import forgotten
from tests.patience import PATIENCE_S
from tests.replay.replaying import replay
from tests.trust import KEYS
from workflows.aftercare import aftercare_id


@pytest.fixture(scope="module")
def client(short_client: Client) -> Client:
    """Here workflows continue as new every few commands."""
    return short_client


def sweep_of(desk: Desk, home: Path) -> Sweep:
    async def client() -> Client:
        return desk.client

    registry = Registry(desk.engine, Blobs(home / "uploads"))
    return Sweep(desk.engine, lambda: Archive.of(Given(home=home)), [client], desk.task_queue, registry)


def here(home: Path) -> Given:
    """The home, and the keys by which tests sign."""
    return Given(home=home, keys=KEYS)


async def a_life(desk: Desk) -> Case:
    """A ticket that was continued, and whose aftercare is over."""
    case = await desk.open("fuao", "urgent")
    await case.does("engineer", "respond", text="已联系")
    for words in (
        "已到机房",
        "电源已拆下",
        "备件已装",
        "已上电",
        "业务恢复",
        "观察中",
        "仍正常",
        "未再告警",
        "可以结单",
    ):
        await case.does("engineer", "note", text=words)
    await case.does("engineer", "resolve", summary="更换电源后恢复")
    await case.does("customer", "confirm")
    await case.closes()
    await case.does("engineer", "deliver_report", text="原因、方法、结果")
    await case.does("supervisor", "record_survey", text="满意", satisfaction="satisfied")
    await asyncio.wait_for(case.handle.result(), PATIENCE_S)
    return case


async def swept(sweep: Sweep, case: Case, wanted: int) -> int:
    """Sweep until that many runs of the ticket are archived: the server's list lags behind."""
    added = 0
    async with asyncio.timeout(PATIENCE_S):
        while len(leaves_of(sweep, case.number)) < wanted:
            added += await sweep.sweep()
            await asyncio.sleep(0.1)
    return added


def leaves_of(sweep: Sweep, number: str) -> list[Leaf]:
    archive = sweep.archive()
    size = archive.follow()
    return [Leaf.parse(archive.log.entry(position, size)) for position in archive.index.of(number)]


async def test_every_run_of_a_ticket_and_its_aftercare_is_archived_once_and_replays(desk: Desk, tmp_path: Path):
    case, sweep = await a_life(desk), sweep_of(desk, tmp_path)
    ids = (case.number, aftercare_id(case.number))
    there = [history for id_ in ids async for history in runs_of(desk.client, id_)]
    assert len(there) > 2
    assert await swept(sweep, case, len(there)) == len(there)
    assert await sweep.sweep() == 0
    assert await sweep_of(desk, tmp_path).sweep() == 0
    archive, kept = sweep.archive(), leaves_of(sweep, case.number)
    assert sorted(leaf.events for leaf in kept) == sorted(len(history.events) for history in there)
    for leaf in kept:
        history = unpacked(archive.shelf.get(leaf.path), leaf)
        await replay(WorkflowHistory.from_json(leaf.workflow, history.decode()))
    assert ARCHIVE in ages(desk.engine)
    data, _ = await exported(archive, desk.client, desk.engine, here(tmp_path), case.number)
    told = verified(data, archive.keys)
    assert [run.leaf for run in told.runs] == sorted(kept, key=kept.index)
    assert len(told.rows["timeline"]) == len(await case.timeline())
    assert {row["key"] for row in told.rows["promises"]} == {each.key for each in (await case.ticket()).obligations}
    assert told.rows["told"]
    assert archive.log.size == told.state.size
    await replayed(told)
    await assert_found_changed(told)


#: A row that says something else than it was told.
CHANGES = (
    ("promises", "due_at", None),
    ("promises", "alarms", ["x"]),
    ("ticket", "stage", "triage"),
    ("ticket", "contact_phone", "1"),
)


async def assert_found_changed(told: Verified) -> None:
    for name, field, value in CHANGES:
        changed = copy.deepcopy(told)
        changed.rows[name][0][field] = value
        with pytest.raises(EvidenceError, match=f"rows/{name}.json, .*{field}"):
            await replayed(changed)


async def test_a_row_that_was_forged_is_found_without_a_replay(desk: Desk, tmp_path: Path):
    """In an archive of any size; of a ticket that goes on as far as both have come."""
    archive, case, going_on = sweep_of(desk, tmp_path).archive(), await a_life(desk), await desk.open("fuao", "urgent")
    for each in (case, going_on):
        await each.timeline()
        await exported(archive, desk.client, desk.engine, here(tmp_path), each.number)
    await going_on.does("engineer", "respond", text="已联系")
    for number, forged in ((case.number, None), (case.number, "somebody"), (going_on.number, "somebody")):
        if forged:
            where = (EntryRow.ticket == number, EntryRow.seq == 1)
            with desk.engine.begin() as connection:
                connection.execute(update(EntryRow).where(*where).values(actor_id=forged))
        found = {each.number: each for each in folded(archive, desk.engine, runs_in(archive))}
        assert found.keys() == {case.number, going_on.number}
        fault = found[number].fault
        assert found[number].is_shown
        assert (fault.place if fault else None) == ("rows/timeline.json, 1" if forged else None)


async def test_what_is_exported_of_a_ticket_that_goes_on_is_open_at_its_last_event(desk: Desk, tmp_path: Path):
    """And once more when it has gone on: what was said before stays true of then."""
    case, archive = await desk.open("standard", "severe"), sweep_of(desk, tmp_path).archive()
    _, first = await exported(archive, desk.client, desk.engine, here(tmp_path), case.number)
    await case.does("engineer", "respond", text="已联系")
    _, second = await exported(archive, desk.client, desk.engine, here(tmp_path), case.number)
    assert [told.runs[0].leaf.terminal for told in (first, second)] == [None, None]
    await replayed(second)
    assert first.runs[0].leaf.events < second.runs[0].leaf.events
    assert first.state.size < second.state.size


def bring(desk: Desk, number: str, uploads: Path) -> None:
    """A photo, as the API takes it."""
    incoming = Blobs(uploads).receive()
    incoming.write(b"a photo")
    file = {"sha256": incoming.keep(), "size": 7, "media_type": "image/jpeg", "name": "机房.jpg"}
    who = {"id": uuid.uuid4().hex, "ticket": number, "uploaded_by": "engineer", "role": Role.ENGINEER}
    with desk.engine.begin() as connection:
        connection.execute(insert(AttachmentRow).values(**file, **who, uploaded_at=datetime.now(UTC)))


async def test_the_command_writes_a_file_with_attachments_that_it_verifies(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, temporal_address: str, database_url: str
):
    case = await desk.open("standard", "severe")
    await case.timeline()
    bring(desk, case.number, tmp_path / "uploads")
    settings = {
        "TEMPORAL_ADDRESS": temporal_address,
        "ZHISHOU_DATABASE_URL": database_url,
        "ZHISHOU_HOME": str(tmp_path),
        "ZHISHOU_KEYS": str(KEYS),
    }
    for name, value in (settings | {"ZHISHOU_NAMESPACE": desk.client.namespace}).items():
        monkeypatch.setenv(name, value)
    out, run = tmp_path / "bundle.zip", typer.testing.CliRunner().invoke
    written = await asyncio.to_thread(run, audit.app, ["export", case.number, "--out", str(out)])
    assert written.exit_code == 0, written.output
    well = await asyncio.to_thread(run, audit.app, ["verify", str(out)])
    assert (well.exit_code, "附件 / attachments: 1" in well.output) == (0, True)
    judged = await asyncio.to_thread(run, audit.app, ["replay", case.number])
    assert (judged.exit_code, "未检查" in judged.output) == (0, False), judged.output
    later = await asyncio.to_thread(run, audit.app, ["replay", case.number, "--since", str(out)])
    assert (later.exit_code, "延续" in later.output) == (0, True), later.output
    with out.open("ab") as file:
        file.write(b"\n")
    ill = await asyncio.to_thread(run, audit.app, ["verify", str(out)])
    assert (ill.exit_code, "不成立" in ill.output) == (1, True)


async def test_rows_are_made_anew_from_the_archive_once_the_server_has_forgotten(desk: Desk, tmp_path: Path):
    case, sweep = await a_life(desk), sweep_of(desk, tmp_path)
    await case.timeline()
    ids = (case.number, aftercare_id(case.number))
    await swept(sweep, case, len([each for id_ in ids async for each in runs_of(desk.client, id_)]))
    for id_ in ids:
        await forgotten(desk.client, id_)
    assert await batches(desk.client, case.number) == []
    archive = sweep.archive()
    archive.follow()
    for forges, differ in ((False, 0), (True, 2), (False, 0)):
        if forges:
            first = (EntryRow.ticket == case.number, EntryRow.seq == 1)
            with desk.engine.begin() as connection:
                connection.execute(update(EntryRow).where(*first).values(actor_id="somebody"))
        with scratch(desk.engine) as aside:
            there = Sources(desk.client, desk.engine, aside, archive, tries=1)
            assert await of_each({case.number}, there, repair=True) == {case.number: differ}


async def test_of_what_was_never_opened_there_is_no_evidence(desk: Desk, tmp_path: Path):
    archive = sweep_of(desk, tmp_path).archive()
    with pytest.raises(EvidenceError, match="NOBODYS"):
        await exported(archive, desk.client, desk.engine, here(tmp_path), "NOBODYS")


async def test_what_is_not_archived_an_hour_after_its_end_is_told_until_it_is(desk: Desk, tmp_path: Path):
    sweep = sweep_of(desk, tmp_path)
    case = await desk.open("standard", "severe")
    await case.handle.terminate("by somebody")
    ended = [runs.Closed(case.number, case.handle.result_run_id or "", datetime.now(UTC) - timedelta(minutes=61))]

    async def nothing(*_: object) -> None:
        return None

    async def listed(*_: object) -> list[runs.Closed]:
        return ended

    with patch.object(runs, "closed", listed):
        with patch.object(archiving, "_fetched", nothing):
            assert await sweep.sweep() == 0
        assert case.number in open_subjects(desk.engine, Trouble.NOT_ARCHIVED)
        assert await sweep.sweep() == 1
    assert case.number not in open_subjects(desk.engine, Trouble.NOT_ARCHIVED)
    assert [leaf.terminal for leaf in leaves_of(sweep, case.number)] == ["EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED"]
