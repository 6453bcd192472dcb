"""Views: what somebody keeps of lists of tickets, and what colleagues share with them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from domain.people.actors import Actor
from store import owned
from store.models import ViewRow


@dataclass(frozen=True, slots=True)
class View:
    """A view, as somebody has it. ``owner_name``: whose it is."""

    id: str
    owner: str
    owner_name: str
    name: str
    query: dict[str, Any]
    columns: tuple[str, ...]
    shared: bool
    position: int
    version: int


def views(engine: Engine, actor: Actor) -> list[View]:
    """Their own in their order; then what colleagues share, by name."""
    found = owned.listed(engine, ViewRow, actor, ViewRow.position, ViewRow.name)
    return [_view(row, name) for row, name in found]


def keeps(engine: Engine, actor: Actor, id_: str) -> bool:
    """Whether it is a view of theirs."""
    return owned.keeps(engine, ViewRow, actor, id_)


def add_view(engine: Engine, actor: Actor, given: Mapping[str, Any], now: datetime) -> View:
    """Keep another one; ``TooManyError``: they keep as many as they may."""
    return _view(*owned.add(engine, ViewRow, actor, given, now))


def change_view(engine: Engine, actor: Actor, id_: str, changes: Mapping[str, Any], now: datetime) -> View | None:
    """The changed view; None: they keep none of that id; ``StaleError``: it has been changed since."""
    changed = owned.change(engine, ViewRow, actor, id_, changes, now)
    return None if changed is None else _view(*changed)


def remove_view(engine: Engine, actor: Actor, id_: str) -> bool:
    """Keep it no longer; False: they keep none of that id."""
    return owned.remove(engine, ViewRow, actor, id_)


def _view(row: ViewRow, name: str) -> View:
    said = {each.name: getattr(row, each.name) for each in fields(View) if each.name != "owner_name"}
    return View(**said, owner_name=name)
