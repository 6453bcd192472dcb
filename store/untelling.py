"""Untelling: what people were told of somebody is struck out of their messages, and of what mail servers said of these.

What has left the machine nobody here reaches.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from domain.words.label import Label
from store.models import DeliveryRow, NotificationRow
from store.models.base import table_of

_MESSAGE = table_of(NotificationRow)
_SAID = ("title", "text", "action", "about", "data")
_INSTEAD = "…"
_ERASED = Label("（已应要求删除）", "(erased on request)").as_json()


def strike_out(
    connection: Connection, which: ColumnElement[bool], words: Iterable[str], besides: Callable[[Any], Any]
) -> None:
    """These words, and what else a function leaves out of a document, stand in no such message any more."""
    asked = select(_MESSAGE.c.id, *(_MESSAGE.c[name] for name in _SAID)).where(which)
    for id_, *before in connection.execute(asked).all():
        after = [besides(_without(each, words)) for each in before]
        if after != before:
            values = dict(zip(_SAID, after, strict=True))
            connection.execute(update(_MESSAGE).where(_MESSAGE.c.id == id_).values(values))
    _forget_answers(connection, which)


def empty(connection: Connection, which: ColumnElement[bool]) -> None:
    """Such a message says that it was erased, and nothing else."""
    connection.execute(update(_MESSAGE).where(which).values(title=_ERASED, text=_ERASED, action=None))
    _forget_answers(connection, which)


def _forget_answers(connection: Connection, which: ColumnElement[bool]) -> None:
    """A server that takes a message, or refuses it, may repeat what is in it, and to whom it went."""
    its = DeliveryRow.message.in_(select(_MESSAGE.c.id).where(which))
    connection.execute(update(DeliveryRow).where(its, DeliveryRow.said.is_not(None)).values(said=None))


def _without(said: Any, words: Iterable[str]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(said, dict):
        return {name: _without(value, words) for name, value in said.items()}
    if isinstance(said, list):
        return [_without(each, words) for each in said]
    if isinstance(said, str):
        for word in words:
            said = said.replace(word, _INSTEAD)
    return said
