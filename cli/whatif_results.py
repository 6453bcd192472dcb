"""What `zhishou whatif` found: kept line by line, so that a run that was stopped goes on; and as a table."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from domain.contract.labels import KINDS
from domain.what_if.comparing import Comparison, Outcome, Pair, Result, Totals
from domain.what_if.living import Otherwise, Supposed
from gateway.what_if.asking import LeftOut, Wanted
from gateway.what_if.telling import heard, told, totals_told
from runtime.errors import PlainError

_SUPPOSED = TypeAdapter(Supposed)
_WANTED = TypeAdapter[Wanted | None](Wanted | None)
_RESULTS = {
    Result.MET: "达成 / met",
    Result.BREACHED: "超时 / breached",
    Result.OPEN: "未了 / open",
    Result.LET_GO: "不再要求 / let go",
    Result.ABSENT: "无此时限 / none",
}


@dataclass
class Results:
    """What was found of each ticket, by its number.

    Attributes:
        question: names the terms that are supposed, whatever they are called, and which tickets are asked about.
        states: what there was of each ticket when it was asked about.
    """

    question: str
    out: Path | None
    found: dict[str, Comparison | LeftOut] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, supposed: Supposed, wanted: Wanted | None, out: Path | None) -> "Results":
        """Those that are kept in the file already, if there is one. ``wanted``: None where tickets are named."""
        question = hashlib.sha256(_SUPPOSED.dump_json(supposed) + _WANTED.dump_json(wanted)).hexdigest()
        results = cls(question, out)
        if out and out.exists():
            results._read(out)
        elif out:
            out.touch(0o600)
            results._write({"whatif": supposed.terms.contract, "version": supposed.terms.version, "question": question})
        return results

    def has(self, number: str, state: str) -> bool:
        """Whether it was found already, of what there is by now."""
        return self.states.get(number) == state

    def keep(self, found: Comparison | LeftOut, state: str) -> None:
        """One more, in the file too."""
        self.found[found.number], self.states[found.number] = found, state
        self._write(told(found) | {"state": state})

    @property
    def compared(self) -> list[Comparison]:
        """The tickets that could be compared."""
        return [each for each in self.found.values() if isinstance(each, Comparison)]

    @property
    def left_out(self) -> list[LeftOut]:
        """The others."""
        return [each for each in self.found.values() if isinstance(each, LeftOut)]

    @property
    def totals(self) -> Totals:
        """Of all that could be compared."""
        totals = Totals()
        for each in self.compared:
            totals.add(each)
        return totals

    def _write(self, line: dict[str, Any]) -> None:
        if self.out:
            with self.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def _read(self, out: Path) -> None:
        """Of a ticket that was asked about again the later line counts; a line that was cut off is asked for again."""
        text = out.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        lines = _objects(whole, out)
        if not lines or lines[0].get("question") != self.question:
            raise PlainError(f"{out} has results of another question: other terms, or other tickets; name another file")
        if whole != text:
            out.write_text(whole, encoding="utf-8")
        for line in lines[1:]:
            self.found[line["number"]], self.states[line["number"]] = heard(line), line["state"]


def _objects(lines: str, out: Path) -> list[dict[str, Any]]:
    try:
        found = [json.loads(line) for line in lines.splitlines()]
    except ValueError:
        found = [None]
    if not all(isinstance(each, dict) for each in found):
        raise PlainError(f"{out} is no file of results")
    return found


def print_report(results: Results, *, as_json: bool) -> None:
    """Totals, then each ticket that changes; or all of it as JSON."""
    if as_json:
        tickets, left_out = map(told, results.compared), map(told, results.left_out)
        document = {"totals": totals_told(results.totals), "tickets": [*tickets], "left_out": [*left_out]}
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return
    totals = results.totals
    print(
        f"工单 / tickets {totals.tickets}, 有变化 / changed {totals.changed}, 未推演 / left out {len(results.left_out)}"
    )
    print(f"指令 / commands: 会被拒绝 / refused {totals.refused}, 会被接受 / accepted {totals.accepted}")
    for line in _table(totals):
        print(line)
    for each in results.compared:
        if each.changed:
            print("\n".join(_ticket(each)))
    for left in results.left_out:
        print(f"{left.number}  {left.why.zh} / {left.why.en}")


def _table(totals: Totals) -> Iterator[str]:
    """Kind by kind: how many were met and breached, and how many would have been."""
    yield f"{'':<28}{'met':>8}{'->':>4}{'':<8}{'breached':>8}{'->':>4}"
    for kind in totals.kinds:
        met, breached = (totals.counted(result, [kind]) for result in (Result.MET, Result.BREACHED))
        yield f"{KINDS[kind].en:<28}{met[0]:>8}{'->':>4}{met[1]:<8}{breached[0]:>8}{'->':>4}{breached[1]:<8}".rstrip()


def _ticket(ticket: Comparison) -> Iterator[str]:
    was, now = _side(ticket.contract_was, ticket.level_was), _side(ticket.contract_now, ticket.level_now)
    yield f"{ticket.number}  {was} -> {now}"
    for each in ticket.promises:
        if each.changed:
            yield f"  {_promise(each)}"
    for otherwise in ticket.otherwise:
        yield f"  {_command(otherwise)}"


def _side(contract: str, level: str | None) -> str:
    return f"{contract} {level or '-'}"


def _promise(pair: Pair) -> str:
    was, now = (
        f"{_RESULTS[result]}{_when(outcome)}"
        for result, outcome in zip(pair.results, (pair.was, pair.now), strict=True)
    )
    return f"{KINDS[pair.kind].zh} / {KINDS[pair.kind].en}: {was} -> {now}"


def _when(outcome: Outcome | None) -> str:
    """The clause, and by how much it was late or in time."""
    if outcome is None:
        return ""
    if outcome.late_s is None:
        return f" ({outcome.clause})"
    minutes = outcome.late_s / 60
    return f" ({outcome.clause}, {minutes:+.0f} min)"


def _command(otherwise: Otherwise) -> str:
    said = f"{otherwise.kind}, {otherwise.actor.id}, {otherwise.at:%Y-%m-%d %H:%M}"
    if otherwise.now is None:
        return f"会被接受 / would be accepted: {said} ({otherwise.was})"
    why = otherwise.now.words
    return f"会被拒绝 / would be refused: {said} ({otherwise.now.code}): {why.zh} / {why.en}"
