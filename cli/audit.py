"""`zhishou audit`: evidence of a ticket in one file, and whether such a file holds.

What verifies needs no server and nothing of one: it is imported alone.
"""

import importlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from cryptography import x509

from domain.words.label import Label
from evidence import checkpoint, container, page, stamps
from evidence.bundle import CHECKPOINT
from evidence.faults import EvidenceError, hold
from evidence.log import Log
from evidence.notes import COSIGNATURE, PublicKey, is_name
from evidence.shelf import Folder
from evidence.stamps import Certificates
from evidence.verifying import Told, Verified, see_that_it_is_stamped, verified
from evidence.witness import Witness, serving
from runtime.errors import PlainError

app = typer.Typer(no_args_is_help=True, help="Evidence: export a ticket, verify what was exported.")

Since = Annotated[
    Path | None, typer.Option("--since", help="an earlier checkpoint, or bundle: the log has only grown since")
]
Shelved = Annotated[
    Path | None,
    typer.Option("--archive", help="the log's folder, for --since; else this installation's own"),
]
Key = Annotated[Path | None, typer.Option("--key", help="public keys, one a line, as `audit key` prints them")]
Witnesses = Annotated[
    list[str] | None,
    typer.Option("--witness", help="the key of a witness who must have cosigned, as `audit witness` prints it"),
]
Timestamps = Annotated[
    list[Path] | None,
    typer.Option(
        "--timestamp",
        help="root certificates, in PEM, of an authority who must have stamped all histories and attachments",
    ),
]
_ZIP = b"PK"
#: As which a command exits where all holds that is there, and something was erased on request.
_ERASED = 3
_REPLAYED = (
    "  重放 / replay: 结果、定时器、告知读模型的内容一致 / results, timers, what the read model was told: the same",
    "  发送人 / senders: 每条指令都有本系统的签名，或已被拒绝 / every command is vouched for, or was refused",
    "  告警 / alarms: 应发的都已按时发出，没有多发 / all that were due were raised, and no other",
    "  读模型 / read model: 工单、时间线、时限与历史一致 / ticket, timeline and promises are what the histories told",
)

_NOT_REPLAYED = "  未检查 / not checked: 用当前代码重放 / replay through today's code"
_RECORDED = "登记变更、附件 / changes of the registry, attachments"
_TOLD = "读模型中的工单、时间线、时限 / tickets, timelines and promises as people were shown them"
_NOT_SHOWN = "张已归档，读模型中没有 / archived, and not in the read model (zhishou rebuild --check)"

_GONE = "张的流程历史已应要求删除 / tickets whose histories were erased on request"


@app.command()
def export(
    number: Annotated[str, typer.Argument(help="the ticket's number")],
    out: Annotated[Path, typer.Option("--out", help="the file to write")],
) -> None:
    """Write all that is known of ticket NUMBER into one signed file: histories, proofs, timeline, attachments."""
    try:
        size = importlib.import_module("cli.exporting").write(number, out)
    except EvidenceError as fault:
        raise PlainError(_said(Label("证据不成立", "the evidence does not hold"), fault)) from None
    print(f"{out}  {size} bytes")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="what `audit export` wrote")],
    key: Key = None,
    since: Since = None,
    archive: Shelved = None,
    witness: Witnesses = None,
    timestamp: Timestamps = None,
) -> None:
    """Say whether all in FILE holds; else what does not, first of all. Needs no server and no network."""
    keys = keys_in(key) if key else importlib.import_module("cli.exporting").own_keys()
    try:
        told = verified(container.in_file(file), keys, _witnesses(witness))
        beside = [*_seen(witness), *_dated(told, timestamp), *_grown(told, keys, since, archive)]
    except EvidenceError as fault:
        print(_said(Label("不成立", "does not hold"), fault))
        raise typer.Exit(1) from None
    _say(told, [_NOT_REPLAYED], beside)


@app.command()
def replay(
    target: Annotated[str, typer.Argument(metavar="FILE|NUMBER", help="what `audit export` wrote, or a ticket")],
    key: Key = None,
    since: Since = None,
    archive: Shelved = None,
    witness: Witnesses = None,
    timestamp: Timestamps = None,
) -> None:
    """Verify it, replay it through today's code, and reckon again what was due. Exits with 0 only if all holds."""
    installed = importlib.import_module("cli.exporting")
    keys = keys_in(key) if key else installed.own_keys()
    try:
        data = container.in_file(Path(target)) if Path(target).exists() else installed.made(target)
        told = verified(data, keys, _witnesses(witness))
        beside = [*_seen(witness), *_dated(told, timestamp), *_grown(told, keys, since, archive)]
        for fault in filter(None, installed.judge(told).values()):
            raise fault
    except EvidenceError as fault:
        print(_said(Label("不成立", "does not hold"), fault))
        raise typer.Exit(1) from None
    _say(told, [_NOT_REPLAYED] if told.is_erased else _REPLAYED, beside)


@app.command()
def check() -> None:
    """Look through this installation's archive, and hold registry, attachments and the tickets' rows to it.

    Exits with 1 at a fault, with 3 where all holds but what was erased on request, which nothing can be held against.
    """
    installed = importlib.import_module("cli.exporting")
    try:
        print(f"成立 / holds: {installed.look_through()} 条 / entries")
        installed.hold_to_log()
        shown, missing, erased = installed.hold_rows()
    except EvidenceError as fault:
        print(_said(Label("不成立", "does not hold"), fault))
        raise typer.Exit(1) from None
    except PlainError:
        print(f"未检查 / not checked: {_RECORDED}; {_TOLD}")
        raise
    print(f"成立 / holds: {_RECORDED}")
    print(f"成立 / holds: {_TOLD}: {shown}" + (f", {missing} {_NOT_SHOWN}" if missing else ""))
    if erased:
        print(f"未检查 / not checked: {erased} {_GONE}")
        raise typer.Exit(_ERASED)


@app.command("key")
def show_keys() -> None:
    """Print the public keys by which this installation's evidence is verified, old ones too. Nothing has to run."""
    for each in importlib.import_module("cli.exporting").own_keys():
        print(each)


@app.command()
def rotate() -> None:
    """Sign evidence with a new key from the next sweep on. What old ones signed is verified by their public keys."""
    print(f"new key {importlib.import_module('cli.exporting').rotate_key()}; hand out what `zhishou audit key` prints")


@app.command("witness")
def run_witness(
    name: Annotated[str, typer.Option("--name", help="what the witness is called, for ever: example.org/witness")],
    folder: Annotated[Path, typer.Option("--folder", help="where its key lies, and what it has signed")],
    key: Annotated[Path, typer.Option("--key", help="the log's public keys, as `audit key` prints them")],
    host: Annotated[str, typer.Option("--host", help="where to listen")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="where to listen")] = 8090,
) -> None:
    """Cosign, on another machine, a log that only grows (C2SP tlog-witness). Prints its key, then serves."""
    witness = Witness(name, Folder(folder), keys_in(key))
    if not is_name(name):
        raise PlainError(f"{name!r} 不能作名称 / is no name of a key")
    server = serving(witness, host, port)
    print(f"{witness.public}\nhttp://{host}:{server.server_port}", flush=True)
    with suppress(KeyboardInterrupt):
        server.serve_forever()


def _witnesses(keys: list[str] | None) -> list[PublicKey]:
    try:
        return [PublicKey.parse(key, COSIGNATURE) for key in keys or ()]
    except EvidenceError as fault:
        raise PlainError(_said(Label("见证方的公钥不能用", "this is no key of a witness"), fault)) from None


def _seen(witnesses: list[str] | None) -> list[str]:
    return [f"  见证 / cosigned by: {each.name}" for each in _witnesses(witnesses)]


def _dated(told: Verified, roots: list[Path] | None) -> list[str]:
    """Since when histories and attachments are there, by whoever is believed; else what is said, whoever says it."""
    if roots:
        known = {file: _certificates(file) for file in roots}
        stamped = {file: see_that_it_is_stamped(told, certificates) for file, certificates in known.items()}
        return [f"  时间戳 / stamped: {at:%Y-%m-%d %H:%M:%S} UTC, {file}" for file, at in stamped.items()]
    found = [stamps.said(each.answer, each.note) for each in told.stamped]
    unknown = "未核实机构 / authority not checked: --timestamp"
    return [f"  时间戳 / stamp: {each.at:%Y-%m-%d %H:%M:%S} UTC, {each.authority}, {unknown}" for each in found]


def _certificates(file: Path) -> Certificates:
    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError):
        raise PlainError(f"{file} 不是 PEM 证书 / has no certificates in PEM") from None


def _grown(told: Verified, keys: list[PublicKey], since: Path | None, archive: Path | None) -> list[str]:
    """The log continues what it was at an earlier checkpoint, if one is given."""
    if since is None:
        if archive is not None:
            raise PlainError("--archive 须与 --since 一起使用 / --archive is for --since; give both")
        return []
    data = container.in_file(since)
    parts = container.read(data) if data.startswith(_ZIP) else {CHECKPOINT: data}
    hold(CHECKPOINT in parts, str(since), Label("这不是证据包，也不是检查点", "this is no bundle, and no checkpoint"))
    earlier = checkpoint.opened(parts[CHECKPOINT], keys)
    shelf = Folder(archive) if archive else importlib.import_module("cli.exporting").own_archive()
    Log(shelf, told.state.origin, keys).has_been(earlier, told.state)
    return [f"  延续 / continues: {earlier.size} 条 / entries, {since}"]


def keys_in(file: Path) -> list[PublicKey]:
    """The keys of a file; lines that begin with # are for people."""
    lines = [line for line in file.read_text().splitlines() if line.strip() and not line.startswith("#")]
    try:
        return [PublicKey.parse(line) for line in lines]
    except EvidenceError as fault:
        raise PlainError(_said(Label(f"{file} 不能用", f"{file} is of no use"), fault)) from None


def _say(told: Verified, replayed: Sequence[str], beside: Sequence[str]) -> None:
    """All that holds; where some of it was erased, which nothing can hold against anything, the exit says so."""
    print("\n".join([*_report(told), *replayed, *beside]))
    if told.rows["erased"]:
        raise typer.Exit(_ERASED)


def _report(told: Verified) -> list[str]:
    state, counted = told.state, {name: len(rows) for name, rows in told.rows.items()}
    return [
        f"成立 / holds: {told.number}, {told.made_at}",
        f"  签名 / signed by: {told.key}",
        f"  日志 / log: {state.origin}, {state.size} 条 / entries",
        *(f"  历史 / history: {_run(run)}" for run in told.runs),
        f"  时间线 / timeline: {counted['timeline']}",
        f"  时限 / promises: {counted['promises']}",
        f"  通知 / told: {counted['told']}",
        f"  附件 / attachments: {told.attachments}",
        *(f"  未检查 / not checked: 时间戳 {each} 已损坏或丢失 / a stamp damaged or gone" for each in told.damaged),
        *map(_erased, told.rows["erased"]),
    ]


def _erased(row: Mapping[str, Any]) -> str:
    what = page.ERASED[row["what"]]
    called = f"{what.zh} / {what.en} {row['about']}".rstrip()
    return (
        f"  已应要求删除，未检查 / erased on request, not checked: {called}, {row['erased_at'][:10]}: {row['reason']}"
    )


def _run(run: Told) -> str:
    leaf = run.leaf
    end = leaf.terminal or f"停在事件 {leaf.events} / open at event {leaf.events}"
    return f"{leaf.workflow} {leaf.run}, {leaf.events} 个事件 / events, {end}"


def _said(what: Label, fault: EvidenceError) -> str:
    return f"{what.zh}：{fault.place}：{fault.label.zh} / {what.en}: {fault.place}: {fault.label.en}"
