"""Naming: what people are called whom a refusal names by account; the workflow that refuses knows no names.

Whoever is named is of the side of whom the refusal is for, so that their name may be known to all who read it.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.backend import Backend
from domain.doable import Offer
from domain.matters.applications import named_by
from domain.words.accounts import with_names
from domain.words.label import Label
from domain.words.refusals import Refusal
from store.decisions import RecordedDecision
from store.registry.names import names


async def decision_in_words(behind: Backend, decision: RecordedDecision) -> RecordedDecision:
    """A decision whose refusal says names."""
    words = Label.from_json(decision.detail or {})
    accounts = named_by(decision.reason, words)
    called = await behind.ask(names, accounts) if accounts else {}
    return replace(decision, detail=with_names(words, called).as_json()) if called else decision


async def offers_in_words(behind: Backend, found: Sequence[Offer]) -> tuple[Offer, ...]:
    """What could be done, with refusals that say names."""
    naming = {offer.kind: offer.refusal for offer in found if offer.refusal and _named_by(offer.refusal)}
    if not naming:
        return tuple(found)
    called = await behind.ask(names, [each for refusal in naming.values() for each in _named_by(refusal)])
    said = {kind: replace(refusal, words=with_names(refusal.words, called)) for kind, refusal in naming.items()}
    return tuple(replace(offer, refusal=said.get(offer.kind, offer.refusal)) for offer in found)


def _named_by(refusal: Refusal) -> list[str]:
    return named_by(refusal.code, refusal.words)
