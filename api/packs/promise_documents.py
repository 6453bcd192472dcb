"""Promises of a case that nobody has reported, as those get it who try one."""

from datetime import datetime

from api.http.documents import Document, WordsShown
from api.http.instants import Shown
from api.packs.documents import armed_by, kind_name
from domain.contract.clauses import Kind, budget_text
from domain.contract.explain import explain
from domain.contract.promises import Case, Promise
from domain.contract.terms import Terms


class PromiseDocument(Document):
    """A promise of a case, and when it would be due; ``due_at`` null: once something has armed it.

    ``provisional``: days off are counted that are not published yet. ``default``: the number is ours.
    """

    kind: Kind
    kind_name: WordsShown
    clause: str
    superseded: list[str]
    due_at: Shown | None
    budget: str | int
    counting: str
    calendar: str
    origin: str
    armed: str
    provisional: bool
    default: bool
    explanation: WordsShown

    @classmethod
    def of(cls, terms: Terms, case: Case, promise: Promise) -> "PromiseDocument":
        """With why it is due then."""
        return cls(
            kind=promise.clause.kind,
            kind_name=kind_name(terms.kind_names, promise.clause.kind),
            clause=promise.clause.id,
            superseded=list(promise.superseded),
            due_at=promise.due_at,
            budget=budget_text(promise.clause.budget),
            counting=promise.counting,
            calendar=promise.calendar,
            origin=promise.origin,
            armed=armed_by(promise.clause),
            provisional=promise.provisional,
            default=promise.default,
            explanation=WordsShown(**explain(terms, case, promise).as_json()),
        )


class PromisesDocument(Document):
    """What a contract would promise in a case that nobody has reported. ``covered``: whether it was in force then."""

    contract: str
    pack: str
    level: str | None
    received_at: Shown
    covered: bool
    items: list[PromiseDocument]

    @classmethod
    def of(cls, terms: Terms, case: Case, received_at: datetime, promised: list[Promise]) -> "PromisesDocument":
        """Of all promises of the case."""
        return cls(
            contract=terms.contract,
            pack=terms.pack,
            level=case.level,
            received_at=received_at,
            covered=terms.covered,
            items=[PromiseDocument.of(terms, case, each) for each in promised],
        )
