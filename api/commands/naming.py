"""Naming: what people are called whom a refusal names by account; the workflow that refuses knows no names.

Whoever is named is of the side of whom the refusal is for, so that their name may be known to all who read it.
"""

from collections.abc import Sequence
from dataclasses import replace

from api.backend import Backend
from domain.doable import Offer
from domain.words.accounts import accounts_in, with_names
from domain.words.label import Label
from store.decisions import RecordedDecision
from store.registry.names import names


async def decision_in_words(behind: Backend, decision: RecordedDecision) -> RecordedDecision:
    """A decision whose refusal says names."""
    words = Label.from_json(decision.detail or {})
    accounts = accounts_in(words)
    called = await behind.ask(names, accounts) if accounts else {}
    return replace(decision, detail=with_names(words, called).as_json()) if called else decision


async def offers_in_words(behind: Backend, found: Sequence[Offer]) -> tuple[Offer, ...]:
    """What could be done, with refusals that say names."""
    accounts = [each for offer in found if offer.refusal for each in accounts_in(offer.refusal.words)]
    called = await behind.ask(names, accounts) if accounts else {}
    return tuple(
        replace(offer, refusal=replace(offer.refusal, words=with_names(offer.refusal.words, called)))
        if offer.refusal and called
        else offer
        for offer in found
    )
