"""Comparing: what of a ticket's promises would have been met or breached under other terms, and what changes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.contract.clauses import Kind
from domain.ticket import clocks
from domain.ticket.obligations import Obligation, State
from domain.ticket.ticket import Ticket
from domain.what_if.facts import Facts
from domain.what_if.living import Otherwise, Supposed, lived


class Result(StrEnum):
    """What came of a promise."""

    MET = "met"
    BREACHED = "breached"
    OPEN = "open"  # neither, where the facts end
    LET_GO = "let_go"  # superseded, waived or cancelled
    ABSENT = "absent"  # these terms promise nothing of the kind


_RESULTS = {
    State.MET: Result.MET,
    State.BREACHED: Result.BREACHED,
    State.PENDING: Result.OPEN,
    State.RUNNING: Result.OPEN,
    State.PAUSED: Result.OPEN,
    State.SUPERSEDED: Result.LET_GO,
    State.WAIVED: Result.LET_GO,
    State.CANCELLED: Result.LET_GO,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise as it stands where the facts end.

    Attributes:
        late_s: by so many seconds it was late, in time where negative; of what was never done, by then. None: nobody
            can say.
        rungs: the alarms that were raised, in percent.
    """

    kind: Kind
    clause: str
    state: State
    due_at: datetime | None
    met_at: datetime | None
    late_s: int | None
    rungs: tuple[int, ...]

    @property
    def result(self) -> Result:
        """What came of it."""
        return _RESULTS[self.state]


@dataclass(frozen=True, slots=True)
class Pair:
    """The same promise under both terms; None: it is none there."""

    key: str
    was: Outcome | None
    now: Outcome | None

    @property
    def kind(self) -> Kind:
        """What is promised."""
        return next(each.kind for each in (self.was, self.now) if each)

    @property
    def results(self) -> tuple[Result, Result]:
        """What came of it, and what would have."""
        return _result(self.was), _result(self.now)

    @property
    def changed(self) -> bool:
        """Whether something else would have come of it."""
        return self.results[0] is not self.results[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A ticket as it was, and as it would have been.

    Attributes:
        level_was, level_now: its level where the facts end.
        until: where the facts end.
        otherwise: the commands that are decided on otherwise.
    """

    number: str
    contract_was: str
    contract_now: str
    level_was: str | None
    level_now: str | None
    until: datetime
    promises: tuple[Pair, ...]
    otherwise: tuple[Otherwise, ...]

    @property
    def changed(self) -> bool:
        """Whether anything would have come of it that did not."""
        return bool(self.otherwise) or any(each.changed for each in self.promises)


class UnlikeError(Exception):
    """The facts, lived again under the very same terms, do not give what the histories say."""


def compared(facts: Facts, supposed: Supposed) -> Comparison:
    """What the histories say, and what would have come of the same facts.

    Raises:
        UnlikeError: what cannot even be lived again as it was is no ground for saying how else it could have been.
    """
    was = outcomes(facts.ended, facts.until)
    same = lived(facts)
    if same.otherwise or outcomes(same.ticket, facts.until) != was:
        raise UnlikeError(facts.opening.number)
    life = lived(facts, supposed)
    now = outcomes(life.ticket, facts.until)
    return Comparison(
        number=facts.opening.number,
        contract_was=facts.ended.terms.contract,
        contract_now=life.ticket.terms.contract,
        level_was=facts.ended.level,
        level_now=life.ticket.level,
        until=facts.until,
        promises=tuple(Pair(key, was.get(key), now.get(key)) for key in dict.fromkeys((*was, *now))),
        otherwise=life.otherwise,
    )


def outcomes(ticket: Ticket, until: datetime) -> dict[str, Outcome]:
    """What stands of each promise, by its key."""
    return {each.key: _outcome(ticket, each, until) for each in ticket.obligations}


def _outcome(ticket: Ticket, obligation: Obligation, until: datetime) -> Outcome:
    state = obligation.state(paused=clocks.stands_still(ticket, obligation))
    due, at = obligation.promise.due_at, obligation.met_at or until
    settled = due is not None and state in {State.MET, State.BREACHED}
    return Outcome(
        kind=obligation.kind,
        clause=obligation.promise.clause.id,
        state=state,
        due_at=due,
        met_at=obligation.met_at,
        late_s=round((at - due).total_seconds()) if settled and due else None,
        rungs=tuple(sorted(alarm.rung for alarm in obligation.alarms)),
    )


def _result(outcome: Outcome | None) -> Result:
    return outcome.result if outcome else Result.ABSENT


@dataclass(slots=True)
class Totals:
    """Of many tickets, added up one by one.

    Attributes:
        changed: tickets of which anything would have been otherwise.
        refused, accepted: commands that would have been refused, or accepted, and were not.
        results: how many promises of a kind came to what, and would have come to what.
    """

    tickets: int = 0
    changed: int = 0
    refused: int = 0
    accepted: int = 0
    results: Counter[tuple[Kind, Result, Result]] = field(default_factory=Counter)

    def add(self, ticket: Comparison) -> None:
        """One more."""
        self.tickets += 1
        self.changed += ticket.changed
        self.refused += sum(each.now is not None for each in ticket.otherwise)
        self.accepted += sum(each.now is None for each in ticket.otherwise)
        self.results.update((each.kind, *each.results) for each in ticket.promises)

    def counted(self, result: Result, kinds: Iterable[Kind]) -> tuple[int, int]:
        """How many promises of these kinds came to it, and how many would have."""
        wanted = set(kinds)
        of_them = [(was, now, many) for (kind, was, now), many in self.results.items() if kind in wanted]
        before = sum(many for was, _, many in of_them if was is result)
        return before, sum(many for _, now, many in of_them if now is result)

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of promise that there were, in their order."""
        there = {kind for kind, _, _ in self.results}
        return [kind for kind in Kind if kind in there]
