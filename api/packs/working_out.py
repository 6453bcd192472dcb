"""Working out: when promises would be due in a case that nobody has reported. Nothing is recorded."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from api.http.facts import stated_facts
from api.http.levels import known_level
from api.http.problems import wrong_field
from api.packs.promise_documents import PromisesDocument
from api.packs.requests import WorkOut
from domain.contract.clauses import Origin
from domain.contract.promises import Case, promises
from domain.contract.terms import Terms
from domain.words.label import Label, one_of
from policies import load_pack, pack_ids
from store.registry.agreed import terms_under
from store.registry.contracts import contract_by_id


def work_out(reads: Engine, asked: WorkOut) -> PromisesDocument:
    """As a ticket would have them that is opened so; a Problem where the case names what there is not."""
    received_at = asked.received_at or datetime.now(UTC)
    if asked.fault_occurred_at is not None and asked.fault_occurred_at > received_at:
        raise wrong_field(
            "fault_occurred_at", Label("不能晚于受理时间（received_at）", "must not be later than received_at")
        )
    terms = _terms(reads, asked.contract, received_at)
    moments = {
        Origin.RECEIVED: received_at,
        Origin.FAULT: asked.fault_occurred_at,
        Origin.BOOKED: asked.booked_at,
    }
    case = Case(
        {origin: at for origin, at in moments.items() if at is not None},
        known_level("level", terms.pack, asked.level) if asked.level is not None else None,
        stated_facts(asked.facts),
    )
    return PromisesDocument.of(terms, case, received_at, list(promises(terms, case)))


def _terms(reads: Engine, word: str, received_at: datetime) -> Terms:
    """Of the contract that the word names, else of the pack."""
    contract = contract_by_id(reads, word)
    if contract is not None:
        return terms_under(contract, received_at)
    if word not in pack_ids():
        raise wrong_field("contract", one_of(pack_ids()))
    return load_pack(word).terms()
