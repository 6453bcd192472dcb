"""`zhishou whatif`: what the same facts would have come to under another contract, or an edited pack."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from temporalio.client import WorkflowHistory

from cli.audit import Key, keys_in
from cli.bars import with_bar
from cli.exporting import own_keys
from cli.instants import instant
from cli.registry import registry
from cli.whatif_results import Results, print_report
from domain.what_if.living import Supposed
from evidence import container
from evidence.faults import EvidenceError
from evidence.verifying import verified
from gateway.what_if.asking import Wanted, what_if
from gateway.what_if.reading import in_archive, in_bundle
from gateway.what_if.supposing import Edited, supposed
from runtime.archive import Archive, public_keys
from runtime.errors import PlainError
from runtime.settings import Given
from store.registry.contracts import contract_by_id
from store.registry.records import Contract

_PACK = ".toml"
#: As a shell answers for a program that was told to stop.
_INTERRUPTED = 130

TermsId = Annotated[str, typer.Option("--contract", help="the other terms: a pack, or a customer's contract")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE...", help="bundles, else the archive is asked; and a pack's .toml, edited"),
]
Number = Annotated[list[str] | None, typer.Option("--number", help="this ticket of the archive; may be repeated")]
Level = Annotated[list[str] | None, typer.Option("--level", help="OLD=NEW: which level stands for which")]
Customer = Annotated[str | None, typer.Option(help="tickets of this customer")]
Under = Annotated[str | None, typer.Option(help="tickets opened under this contract or pack")]
Since = Annotated[str | None, typer.Option(help="received from this instant on")]
Before = Annotated[str | None, typer.Option(help="received before this instant")]
Out = Annotated[Path | None, typer.Option("--out", help="keep each result here; asked again, it goes on")]
Drills = Annotated[bool, typer.Option("--drills", help="drills instead of tickets")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON and nothing else")]


def whatif(
    contract: TermsId,
    file: Files = None,
    level: Level = None,
    number: Number = None,
    customer: Customer = None,
    under: Under = None,
    since: Since = None,
    before: Before = None,
    key: Key = None,
    out: Out = None,
    *,
    drills: Drills = False,
    as_json: AsJson = False,
) -> None:
    """Say which promises would have been met or breached under other terms. Nothing of a ticket is touched."""
    bundles = [each for each in file or [] if each.suffix != _PACK]
    try:
        wanted = Wanted(customer, under, _instant(since), _instant(before), drills)
        terms = _supposed(contract, [each for each in file or [] if each.suffix == _PACK], level or [])
    except ValueError as wrong:
        _refuse(str(wrong))
    named = bool(bundles or number)
    if named and wanted != Wanted():
        _refuse("tickets are named, or asked for by customer, contract and time, not both")
    tickets = _bundled(bundles, key) if bundles else _archived(number or [])
    among = None if named else wanted
    _report(tickets, among, terms, Results.of(terms, among, out), as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the histories of a ticket are. ``state``: names what is there of it by now."""

    number: str
    state: str
    histories: Callable[[], Sequence[WorkflowHistory]]


def _report(tickets: list[_Source], wanted: Wanted | None, terms: Supposed, results: Results, *, as_json: bool) -> None:
    """All that is found; of what is stopped, what has been found."""
    try:
        _ask_each(tickets, wanted, terms, results)
    except KeyboardInterrupt:
        print_report(results, as_json=as_json)
        out = results.out
        again = f"; the same command with --out {out} goes on" if out else "; with --out FILE it could go on later"
        print(f"stopped after {len(results.found)} tickets{again}", file=sys.stderr)
        raise typer.Exit(_INTERRUPTED) from None
    print_report(results, as_json=as_json)


def _ask_each(tickets: list[_Source], wanted: Wanted | None, terms: Supposed, results: Results) -> None:
    """One after the other; each result is kept at once."""
    waiting = [each for each in tickets if not results.has(each.number, each.state)]
    for each in with_bar(waiting, "推演 / what if"):
        found = asyncio.run(what_if(each.number, each.histories, terms, wanted))
        if found is not None:
            results.keep(found, each.state)


def _archived(numbers: list[str]) -> list[_Source]:
    given = Given()
    if not public_keys(given):
        raise PlainError("there is no archive here; name bundles of evidence")
    archive = Archive.of(given)
    archive.follow()
    asked = numbers or sorted(archive.index.numbers())
    return [_Source(each, _places(archive, each), partial(in_archive, archive, each)) for each in asked]


def _places(archive: Archive, number: str) -> str:
    return ",".join(map(str, archive.index.of(number)))


def _bundled(bundles: list[Path], key: Path | None) -> list[_Source]:
    keys = keys_in(key) if key else own_keys()
    found = []
    for bundle in bundles:
        try:
            told = verified(container.in_file(bundle), keys)
        except EvidenceError as fault:
            raise PlainError(f"{bundle}: {fault.place}: {fault.label.zh} / {fault.label.en}") from None
        runs = ",".join(run.leaf.sha256 for run in told.runs)
        found.append(_Source(told.number, runs, partial(in_bundle, told)))
    return found


def _supposed(word: str, packs: list[Path], levels: list[str]) -> Supposed:
    if len(packs) > 1:
        raise ValueError("one edited pack at a time")
    edited = Edited(packs[0].read_bytes(), packs[0].name) if packs else None
    named = {old.strip(): new.strip() for old, _, new in (each.partition("=") for each in levels)}
    return supposed(word, _contract, edited=edited, levels=named)


def _contract(word: str) -> Contract | None:
    """A customer's contract; only an installation that runs knows any."""
    with registry() as engine:
        return contract_by_id(engine, word)


def _instant(text: str | None) -> datetime | None:
    return None if text is None else instant(text)


def _refuse(reason: str) -> NoReturn:
    print(reason, file=sys.stderr)
    raise typer.Exit(2)
