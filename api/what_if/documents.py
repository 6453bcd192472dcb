"""What would have come of tickets, as it travels."""

from collections.abc import Sequence
from typing import Self

from api.http.documents import Document, WordsShown
from api.http.instants import Shown
from domain.contract.clauses import Kind
from domain.people.actors import Role
from domain.ticket.commands import CommandKind
from domain.ticket.obligations import State
from domain.what_if.comparing import Comparison, Result, Totals
from gateway.what_if.asking import LeftOut
from gateway.what_if.telling import told, totals_told


class OutcomeDocument(Document):
    """A promise as it stands where the facts end. ``late_s``: seconds too late, in time where negative."""

    clause: str
    state: State
    due_at: Shown | None
    met_at: Shown | None
    late_s: int | None
    rungs: list[int]


class PairDocument(Document):
    """The same promise then and now; null: there is none. ``results``: what came of it, and what would have."""

    key: str
    was: OutcomeDocument | None
    now: OutcomeDocument | None
    results: tuple[Result, Result]
    changed: bool


class SenderDocument(Document):
    """Who sent a command."""

    id: str
    role: Role


class WhyDocument(Document):
    """Why a command would be refused."""

    code: str
    words: WordsShown


class OtherwiseDocument(Document):
    """A command that would be decided on otherwise. ``was``: of its refusal then; ``now``: of the one instead."""

    command_id: str
    kind: CommandKind
    actor: SenderDocument
    at: Shown
    was: str | None
    now: WhyDocument | None


class ComparisonDocument(Document):
    """A ticket as it was and as it would have been, until its facts end."""

    number: str
    contract_was: str
    contract_now: str
    level_was: str | None
    level_now: str | None
    until: Shown
    promises: list[PairDocument]
    otherwise: list[OtherwiseDocument]
    changed: bool


class CountDocument(Document):
    """So many promises of a kind came to the one, and would have come to the other."""

    kind: Kind
    was: Result
    now: Result
    count: int


class TotalsDocument(Document):
    """Of all tickets. ``refused``, ``accepted``: commands that would have been, and were not."""

    tickets: int
    changed: int
    refused: int
    accepted: int
    promises: list[CountDocument]


class LeftOutDocument(Document):
    """A ticket of which nothing is supposed, and why."""

    number: str
    why: WordsShown


class WhatIfDocument(Document):
    """All tickets that were asked about."""

    totals: TotalsDocument
    tickets: list[ComparisonDocument]
    left_out: list[LeftOutDocument]

    @classmethod
    def of(cls, found: Sequence[Comparison | LeftOut]) -> Self:
        """Each in its order."""
        totals = Totals()
        compared = [each for each in found if isinstance(each, Comparison)]
        for each in compared:
            totals.add(each)
        return cls(
            totals=TotalsDocument.model_validate(totals_told(totals)),
            tickets=[ComparisonDocument.model_validate(told(each)) for each in compared],
            left_out=[LeftOutDocument.model_validate(told(each)) for each in found if isinstance(each, LeftOut)],
        )
