"""Verifying a bundle, with the file and public keys alone: all holds, or the first thing that does not is said."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.words.label import Label
from evidence import bundle, canonical, checkpoint, container, leaves, merkle, notes, stamps
from evidence.bundle import CHECKPOINT, MANIFEST, PAGE, ROWS, SIGNATURE, stamp_parts
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError, hold
from evidence.leaves import TERMINAL, AnyLeaf, ErasedLeaf, FileLeaf, Leaf, events_in
from evidence.notes import Note, PublicKey
from evidence.stamps import Certificates, Stamped

_MISSING = Label("文件缺少这一部分", "this part is missing")
_STARTED = "EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED"


@dataclass(frozen=True, slots=True)
class Told:
    """A run of the ticket, as it is proved. ``events``: none where its history was erased."""

    leaf: Leaf
    position: int
    events: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a bundle proves.

    Attributes:
        key: which key has signed it.
        state: the state of the log in which its histories are.
        stamped: earlier states of it that authorities have stamped; whether they hold depends on whom one believes.
        positions: where in the log each history and each attachment is.
        damaged: stamps that were left out, by their places in the archive.

    What was erased on request is not proved by anything; ``rows`` name it.
    """

    number: str
    made_at: str
    key: PublicKey
    state: Checkpoint
    runs: Sequence[Told]
    rows: Mapping[str, list[dict[str, Any]]]
    attachments: int
    stamped: Sequence[Stamped]
    positions: Mapping[str, int]
    damaged: Sequence[str]

    @property
    def is_erased(self) -> bool:
        """Whether its histories were, so that nothing can be held against them."""
        return not all(run.events for run in self.runs)


def verified(data: bytes, keys: Sequence[PublicKey], witnesses: Sequence[PublicKey] = ()) -> Verified:
    """What the bundle proves to whoever trusts these keys, and wants each of these witnesses to have cosigned.

    Raises:
        EvidenceError: the first thing that does not hold.
    """
    parts = container.read(data)
    key = _signed(parts, keys)
    try:
        told = _proved(parts, key, keys)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        wrong = Label("已签名，但内容的结构无法识别", "it is signed, but not made as a bundle is")
        raise EvidenceError(MANIFEST, wrong) from None
    cosigned = Note.parse(parts[CHECKPOINT]).signed_by(witnesses)
    for each in witnesses:
        lacks = Label(f"没有见证方 {each.name} 的签名", f"the witness {each.name} has not cosigned it")
        hold(each in cosigned, CHECKPOINT, lacks)
    return told


def see_that_it_is_stamped(told: Verified, roots: Certificates) -> datetime:
    """Since when, at the latest, all its histories and attachments are in the log, says an authority under these roots.

    Raises:
        EvidenceError: the first part of which no such authority says so.
    """
    own = [each for each in told.stamped if each.is_by(roots)]
    for part, position in told.positions.items():
        none = Label("没有该机构的时间戳", "no such authority has stamped it")
        hold(any(position < each.size for each in own), part, none)
    last = max(told.positions.values())
    return min(stamps.said(each.answer, each.note).at for each in own if last < each.size)


def _proved(parts: Mapping[str, bytes], key: PublicKey, keys: Sequence[PublicKey]) -> Verified:
    manifest = _manifest(parts)
    state = checkpoint.opened(parts[CHECKPOINT], keys)
    hold(state.origin == key.name, CHECKPOINT, Label("检查点属于另一份日志", "it is the checkpoint of another log"))
    runs = [_run(manifest, parts, state, nth) for nth in range(len(manifest["runs"]))]
    _together(manifest["number"], runs)
    rows = {name: _rows(parts, name) for name in ROWS}
    unsaid = Label("历史已被删除，却没有说明", "a history was erased, and no row says so")
    hold(all(run.events for run in runs) or bundle.erased_histories(rows), "rows/erased.json", unsaid)
    erased = bundle.erased_files(rows)
    attachments = _attachments(parts, [row for row in rows["attachments"] if row["id"] not in erased])
    positions = {bundle.history_part(nth): run.position for nth, run in enumerate(runs)}
    positions |= _logged(manifest, state, rows["attachments"])
    stamped = [_stamped(manifest, parts, (state, keys), nth) for nth in range(len(manifest["stamps"]))]
    _counted(rows["timeline"])
    known = {SIGNATURE, MANIFEST, CHECKPOINT, PAGE, *(f"rows/{name}.json" for name in ROWS), *attachments}
    known |= {bundle.history_part(nth) for nth, run in enumerate(runs) if run.events}
    known |= {name for nth in range(len(stamped)) for name in stamp_parts(nth)}
    for name in parts:
        hold(name in known, name, Label("文件里多出这一部分", "this part does not belong here"))
    made_at, damaged = manifest["made_at"], [f"{each}" for each in manifest["damaged_stamps"]]
    return Verified(manifest["number"], made_at, key, state, runs, rows, len(attachments), stamped, positions, damaged)


def _signed(parts: Mapping[str, bytes], keys: Sequence[PublicKey]) -> PublicKey:
    """The key that has signed the manifest; nobody else has."""
    for name in (SIGNATURE, MANIFEST):
        hold(name in parts, name, _MISSING)
    note = Note.parse(parts[SIGNATURE])
    found = note.signed_by(keys)
    unknown = Label("签名的密钥不在已知公钥之中", "it is signed by a key that is not among those given")
    hold(len(found) == len(note.signatures) == 1, SIGNATURE, unknown)
    another = Label("清单与签名不符", "the manifest is not the one that was signed")
    hold(note.text == bundle.signed_text(parts[MANIFEST]), MANIFEST, another)
    return found[0]


def _manifest(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """The manifest, once every part is as it says."""
    manifest: dict[str, Any] = canonical.read(parts[MANIFEST], MANIFEST)
    hold(manifest.get("format") == bundle.FORMAT, MANIFEST, Label("格式版本未知", "its format is not known here"))
    listed = {part["name"]: part for part in manifest["parts"]}
    hold(CHECKPOINT in listed, CHECKPOINT, _MISSING)
    for name, part in listed.items():
        hold(name in parts, name, _MISSING)
        same = len(parts[name]) == part["size"] and hashlib.sha256(parts[name]).hexdigest() == part["sha256"]
        hold(same, name, Label("内容与清单不符", "it is not what the manifest says"))
    for name in parts:
        hold(name in {SIGNATURE, MANIFEST, *listed}, name, Label("清单里没有这一部分", "the manifest does not know it"))
    order = Label("各部分的顺序不对", "the parts are not in their order")
    hold(list(parts) == [SIGNATURE, MANIFEST, *listed], "container", order)
    return manifest


def _run(manifest: Mapping[str, Any], parts: Mapping[str, bytes], state: Checkpoint, nth: int) -> Told:
    """A run whose history is the one in the log."""
    said, place = manifest["runs"][nth], bundle.history_part(nth)
    leaf, position = _in_log(said, f"{MANIFEST}, run {nth}", state), said["position"]
    hold(isinstance(leaf, Leaf), f"{MANIFEST}, run {nth}", Label("这不是流程历史", "this is no history"))
    assert isinstance(leaf, Leaf)
    hold(leaf.number == manifest["number"], place, Label("这是另一张工单的历史", "it is the history of another ticket"))
    if "erased" in said:
        erased = _in_log(said["erased"], f"{MANIFEST}, run {nth}", state)
        another = Label("日志没有说这段历史已被删除", "the log does not say that this history was erased")
        hold(erased == ErasedLeaf(leaf.number, leaf.run, leaf.sha256), f"{MANIFEST}, run {nth}", another)
        return Told(leaf, position, ())
    return Told(leaf, position, _events(leaf, parts, place))


def _events(leaf: Leaf, parts: Mapping[str, bytes], place: str) -> list[dict[str, Any]]:
    """Those of the history that is in the log."""
    hold(place in parts, place, _MISSING)
    same = hashlib.sha256(parts[place]).hexdigest() == leaf.sha256
    hold(same, place, Label("历史与日志不符", "the history is not the one in the log"))
    events = events_in(parts[place], place)
    last = events[-1]["eventType"]
    ended = last == leaf.terminal if leaf.terminal else last not in TERMINAL
    another_end = Label("历史的结尾与日志不符", "it does not end as the log says")
    hold(ended and len(events) == leaf.events, place, another_end, len(events))
    return events


def _in_log(said: Mapping[str, Any], place: str, state: Checkpoint) -> AnyLeaf:
    """A leaf that is in the log where it is said to be."""
    leaf = leaves.parsed(said["leaf"].encode(), place)
    proof = [notes.unbased(each) or b"" for each in said["proof"]]
    is_in = merkle.includes(state.root, state.size, merkle.leaf_hash(bytes(leaf)), said["position"], proof)
    hold(is_in, place, Label("这一项不在签名的日志里", "this is not in the signed log"))
    return leaf


def _logged(manifest: Mapping[str, Any], state: Checkpoint, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Each attachment is the one in the log, where it is said to be, and none that is there is left out."""
    in_log: dict[str, AnyLeaf] = {}
    positions: dict[str, int] = {}
    for nth, said in enumerate(manifest["files"]):
        leaf = _in_log(said, f"{MANIFEST}, file {nth}", state)
        hold(
            leaf.name not in in_log,
            f"{MANIFEST}, file {nth}",
            Label("同一附件出现两次", "an attachment is there twice"),
        )
        in_log[leaf.name] = leaf
        positions[leaf.name] = said["position"]
    for row in rows:
        wanted = FileLeaf(row["id"], manifest["number"], row["uploaded_by"], row["sha256"], row["size"])
        another = Label(f"附件 {row['name']} 与日志不符", f"the attachment {row['name']} is not the one in the log")
        hold(in_log.pop(row["id"], None) == wanted, f"attachments/{row['sha256']}", another)
    lost = Label("日志里的附件缺失", "an attachment that is in the log is missing")
    hold(not in_log, f"rows/attachments.json, {', '.join(in_log)}", lost)
    return {f"attachments/{row['sha256']}, {row['id']}": positions[row["id"]] for row in rows}


def _stamped(
    manifest: Mapping[str, Any], parts: Mapping[str, bytes], known: tuple[Checkpoint, Sequence[PublicKey]], nth: int
) -> Stamped:
    """A state that the log continues, and what an authority says of it."""
    (state, keys), (note, answer) = known, stamp_parts(nth)
    for name in (note, answer):
        hold(name in parts, name, _MISSING)
    before = checkpoint.opened(parts[note], keys)
    proof = [notes.unbased(each) or b"" for each in manifest["stamps"][nth]["proof"]]
    continued = merkle.continues(before.root, before.size, state.root, state.size, proof)
    another = Label("日志没有延续盖过时间戳的这一状态", "the log does not continue this state, which was stamped")
    hold(before.origin == state.origin and continued, note, another)
    stamps.said(parts[answer], parts[note], answer)
    return Stamped(before.size, parts[note], parts[answer])


def _together(number: str, runs: Sequence[Told]) -> None:
    """Every run that the histories speak of is there: the one that was continued, the one that continues, children."""
    hold(runs, MANIFEST, Label("没有任何历史", "there is no history in it"))
    there = {run.leaf.run for run in runs}
    hold(len(there) == len(runs), MANIFEST, Label("同一段历史出现两次", "a history is there twice"))
    hold(
        number in {run.leaf.workflow for run in runs},
        MANIFEST,
        Label("缺少工单本身的历史", "its own history is missing"),
    )
    for nth, run in enumerate(runs):
        for at, wanted in named(run):
            missing = Label(f"缺少运行 {wanted} 的历史", f"the history of run {wanted} is missing")
            hold(wanted in there, bundle.history_part(nth), missing, at)


def named(run: Told) -> list[tuple[int, str]]:
    """The runs that a history names, and in which event; one that was erased names none."""
    if not run.events:
        return []
    started = run.events[0].get("workflowExecutionStartedEventAttributes", {})
    last = run.events[-1].get("workflowExecutionContinuedAsNewEventAttributes", {})
    children = [
        (at, event["childWorkflowExecutionStartedEventAttributes"]["workflowExecution"].get("runId"))
        for at, event in enumerate(run.events, 1)
        if event["eventType"] == _STARTED
    ]
    named = [(1, started.get("continuedExecutionRunId")), (len(run.events), last.get("newExecutionRunId")), *children]
    return [(at, wanted) for at, wanted in named if wanted]


def _rows(parts: Mapping[str, bytes], name: str) -> list[dict[str, Any]]:
    place = f"rows/{name}.json"
    hold(place in parts, place, _MISSING)
    rows: list[dict[str, Any]] = canonical.read(parts[place], place)
    return rows


def _attachments(parts: Mapping[str, bytes], rows: Sequence[Mapping[str, Any]]) -> set[str]:
    """The parts that are attachments: those of the rows."""
    names = set()
    for row in rows:
        name = f"attachments/{row['sha256']}"
        hold(name in parts, name, Label(f"缺少附件 {row['name']}", f"the attachment {row['name']} is missing"))
        same = hashlib.sha256(parts[name]).hexdigest() == row["sha256"] and len(parts[name]) == row["size"]
        hold(same, name, Label(f"附件 {row['name']} 不是当时上传的文件", f"{row['name']} is not what was uploaded"))
        names.add(name)
    return names


def _counted(timeline: Sequence[Mapping[str, Any]]) -> None:
    for seq, row in enumerate(timeline, 1):
        gap = Label(f"时间线第 {seq} 条缺失或错位", f"entry {seq} of the timeline is missing, or not in its place")
        hold(row.get("seq") == seq, "rows/timeline.json", gap)
