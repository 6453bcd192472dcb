"""Phrases: texts that somebody keeps to write them again, and those that colleagues share with them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from domain.people.actors import Actor
from store import owned
from store.models import PhraseRow


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, as somebody has it. ``owner_name``: whose it is."""

    id: str
    owner: str
    owner_name: str
    title: str
    text: str
    kinds: tuple[str, ...]
    shared: bool
    version: int


def phrases(engine: Engine, actor: Actor) -> list[Phrase]:
    """Their own, then what colleagues share, each by title."""
    found = owned.listed(engine, PhraseRow, actor, PhraseRow.title)
    return [_phrase(row, name) for row, name in found]


def keeps(engine: Engine, actor: Actor, id_: str) -> bool:
    """Whether it is a phrase of theirs."""
    return owned.keeps(engine, PhraseRow, actor, id_)


def add_phrase(engine: Engine, actor: Actor, given: Mapping[str, Any], now: datetime) -> Phrase:
    """Keep another one; ``TooManyError``: they keep as many as they may."""
    return _phrase(*owned.add(engine, PhraseRow, actor, given, now))


def change_phrase(engine: Engine, actor: Actor, id_: str, changes: Mapping[str, Any], now: datetime) -> Phrase | None:
    """The changed phrase; None: they keep none of that id; ``StaleError``: it has been changed since."""
    changed = owned.change(engine, PhraseRow, actor, id_, changes, now)
    return None if changed is None else _phrase(*changed)


def remove_phrase(engine: Engine, actor: Actor, id_: str) -> bool:
    """Keep it no longer; False: they keep none of that id."""
    return owned.remove(engine, PhraseRow, actor, id_)


def _phrase(row: PhraseRow, name: str) -> Phrase:
    said = {each.name: getattr(row, each.name) for each in fields(Phrase) if each.name != "owner_name"}
    return Phrase(**said, owner_name=name)
