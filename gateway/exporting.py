"""Exporting: a bundle of evidence of one ticket, whatever of it is over. What there is is archived first."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from sqlalchemy import Engine, select
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.words.label import Label
from evidence import bundle, merkle, stamps
from evidence.bundle import Contents, Erasure, File, Run, Stamps
from evidence.faults import EvidenceError
from evidence.leaves import Leaf
from evidence.log import Head
from evidence.stamps import Place, Stamped
from evidence.verifying import Verified, verified
from gateway import stamping
from gateway.archiving import archived_as, keep
from gateway.stamping import Roots
from gateway.tickets import NotConnectedError
from gateway.witnessing import ask, configured
from runtime.archive import Archive
from runtime.blobs import Blobs
from runtime.settings import Given, Settings
from runtime.signing import known_keys
from runtime.temporal import connect
from store.evidence import Rows, rows_of
from store.logged import file_leaf
from store.models import TicketRow
from workflows.aftercare import aftercare_id

#: So long Temporal is waited for.
_PATIENCE = timedelta(seconds=5)
#: So often rows and log are read until they have the same attachments.
_TRIES = 3
_NOWHERE = Label(
    "Temporal 和归档里都没有这张工单的历史", "neither Temporal nor the archive has a history of this ticket"
)
_LOST = Label("附件 {name} 已丢失，或无法读取", "the attachment {name} is lost, or cannot be read")


async def export(
    settings: Settings, engine: Engine, number: str, client: Client | None = None
) -> tuple[bytes, Verified]:
    """The bundle of a ticket of this installation, and what it proves.

    Args:
        client: one of the installation's own namespace, where there is one already.

    Raises:
        EvidenceError: as below.
        NotConnectedError: Temporal is away.
    """
    namespace = await asyncio.to_thread(namespace_of, settings, engine, number)
    archive = await asyncio.to_thread(Archive.of, settings)
    if client is not None and namespace == client.namespace:
        return await exported(archive, client, engine, settings, number)
    try:
        client = await connect(settings.model_copy(update={"namespace": namespace}), within=_PATIENCE)
    except ConnectionError:
        raise NotConnectedError from None
    return await exported(archive, client, engine, settings, number)


def namespace_of(settings: Settings, engine: Engine, number: str) -> str:
    """Where a ticket's workflows are."""
    with engine.connect() as connection:
        is_drill = connection.scalar(select(TicketRow.drill).where(TicketRow.number == number))
    return settings.drill_namespace if is_drill else settings.namespace


async def exported(
    archive: Archive, client: Client, engine: Engine, given: Given, number: str
) -> tuple[bytes, Verified]:
    """The bundle, and what it proves, verified as anybody would.

    Args:
        given: where the attachments lie, and the public keys that vouch for who sent what.

    Raises:
        EvidenceError: there is no such ticket, a file of it is lost, or what is in the archive does not hold.
    """
    now = datetime.now(UTC)
    await asyncio.to_thread(keep, archive, await histories_of(client, number), now)
    await asyncio.to_thread(_as_logged, archive, engine, number, now)
    await ask(archive, configured(given))
    return await asyncio.to_thread(_made, archive, engine, given, number, now)


def _made(archive: Archive, engine: Engine, given: Given, number: str, now: datetime) -> tuple[bytes, Verified]:
    rows, log = _as_logged(archive, engine, number, now)
    if not log.runs or log.head is None:
        raise EvidenceError(number, _NOWHERE)
    rows["senders"] = [{"id": id_, "key": key} for id_, key in sorted(known_keys(given.key_folder).items())]
    blobs = Blobs(given.uploads_folder)
    left = [row for row in rows["attachments"] if row["id"] not in bundle.erased_files(rows)]
    files = {row["sha256"]: _file(blobs, row["sha256"], row["name"]) for row in left}
    versions = {name: version(name) for name in ("zhishou", "temporalio")}
    made_at = now.isoformat(timespec="seconds")
    positions = {each.position for some in (log.runs, log.files) for each in some}
    stamped = _stamps(archive, log.head.checkpoint.size, positions, stamping.roots_of(given))
    contents = Contents(number, made_at, versions, log.head.note, log.runs, log.files, stamped, rows, files)
    made = bundle.made(contents, archive.origin, archive.signer.key)
    return made, verified(made, archive.keys)


async def histories_of(client: Client, number: str) -> list[tuple[Leaf, bytes]]:
    """Those of a ticket and of its aftercare that the server has, as far as they have come."""
    return [each for id_ in (number, aftercare_id(number)) for each in await _runs(client, id_, number)]


async def _runs(client: Client, workflow_id: str, number: str) -> list[tuple[Leaf, bytes]]:
    """The histories of a workflow's runs that the server has, the first first; none where it is not the ticket's."""
    found: list[tuple[Leaf, bytes]] = []
    run_id = await _run_of(client, workflow_id)
    while run_id:
        try:
            history = await client.get_workflow_handle(workflow_id, run_id=run_id).fetch_history()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                break
            raise
        names = {"number": number, "namespace": client.namespace, "workflow": workflow_id, "run": run_id}
        found.append(await asyncio.to_thread(archived_as, history, names))
        started = history.events[0].workflow_execution_started_event_attributes
        if number not in (workflow_id, started.parent_workflow_execution.workflow_id):
            return []  # somebody else has that id
        run_id = started.continued_execution_run_id
    return found[::-1]


async def _run_of(client: Client, workflow_id: str) -> str:
    """The latest run; empty where the server has none."""
    try:
        return (await client.get_workflow_handle(workflow_id).describe()).run_id
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return ""
        raise


@dataclass(frozen=True, slots=True)
class _Logged:
    """What the log has of a ticket, at one of its states."""

    head: Head | None
    runs: Sequence[Run] = ()
    files: Sequence[File] = ()


def _as_logged(archive: Archive, engine: Engine, number: str, now: datetime) -> tuple[Rows, _Logged]:
    """The rows, and what the log has of the same attachments, though somebody brings one meanwhile."""
    for _ in range(_TRIES):
        rows = rows_of(engine, number)
        archive.record([file_leaf(row) for row in rows["attachments"]], now)
        log = _logged(archive, number)
        if {file.leaf.id for file in log.files} == {row["id"] for row in rows["attachments"]}:
            break
    return rows, log


def _logged(archive: Archive, number: str) -> _Logged:
    """Each run as it was archived last, each attachment, and that they are in the log."""
    with archive.shelf.alone():
        archive.index.follow(archive.log)
        head = archive.log.head()
        if head is None:
            return _Logged(None)
        size = head.checkpoint.size
        subtrees = archive.log.subtrees(size)

        def proof(position: int) -> list[bytes]:
            return merkle.inclusion(subtrees, position, size)

        erased = {sha256: Erasure(at, leaf, proof(at)) for sha256, (at, leaf) in archive.erased(number).items()}
        runs = [
            Run(at, leaf, proof(at), b"" if gone else archive.history(leaf), gone)
            for at, leaf in archive.latest(number)
            for gone in (erased.get(leaf.sha256),)
        ]
        files = [File(at, leaf, proof(at)) for at, leaf in archive.files(number)]
        return _Logged(head, runs, files)


def _stamps(archive: Archive, size: int, leaves: Collection[int], roots: Roots) -> Stamps:
    """Of each authority the first stamp that holds over each of these leaves, of states that this one continues; and
    which of them were damaged.
    """
    there = {each for each in archive.stamps() if each.size <= size}
    found: dict[Place, Stamped] = {}
    damaged = list[str]()
    with archive.shelf.alone():
        while wanted := [each for each in stamps.first_over(there, leaves) if each not in found]:
            for place in wanted:
                try:
                    found[place] = stamping.held(archive, place, roots)
                except EvidenceError:
                    there.remove(place)  # the next one over these leaves is looked for
                    damaged.append(place.answer)
        subtrees = archive.log.subtrees(archive.log.size)
        proved = [(found[each], merkle.consistency(subtrees, each.size, size)) for each in sorted(found)]
    return Stamps(proved, damaged)


def _file(blobs: Blobs, sha256: str, name: str) -> bytes:
    try:
        return blobs.path(sha256).read_bytes()
    except OSError:
        raise EvidenceError(f"attachments/{sha256}", _LOST.filled(name=name)) from None
