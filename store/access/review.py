"""Upkeep: what an administrator should know about who can get in, and by what."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Select, func, select, union

from domain.people.actors import Role
from store.models import IdentityRow, PersonRow, TokenRow

#: A token that nobody used for so long is forgotten somewhere.
UNUSED = timedelta(days=90)
#: A token that ends later than this lasts longer than anybody remembers it.
SOON = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Standing:
    """Names of people, in their order; of tokens, with their owner in front."""

    administrators: tuple[str, ...]
    without_a_way_in: tuple[str, ...]
    unused_tokens: tuple[str, ...]
    long_tokens: tuple[str, ...]


def standing(engine: Engine, now: datetime) -> Standing:
    """As it is now."""
    live = (TokenRow.revoked_at.is_(None), TokenRow.expires_at > now)
    used = func.coalesce(TokenRow.last_used_at, TokenRow.created_at)
    token = (TokenRow.person_id + ": " + TokenRow.name).label("token")
    has_a_way = union(select(IdentityRow.person_id), select(TokenRow.person_id).where(*live))
    people = select(PersonRow.id).where(PersonRow.active).order_by(PersonRow.id)
    without = PersonRow.password_hash.is_(None) & PersonRow.id.not_in(has_a_way)
    return Standing(
        administrators=_words(engine, people.where(PersonRow.role == Role.ADMINISTRATOR)),
        without_a_way_in=_words(engine, people.where(without)),
        unused_tokens=_words(engine, select(token).where(*live, used < now - UNUSED).order_by(token)),
        long_tokens=_words(engine, select(token).where(*live, TokenRow.expires_at > now + SOON).order_by(token)),
    )


def people_called(engine: Engine, names: dict[str, str]) -> tuple[str, ...]:
    """Those active people whose id and name are these."""
    with engine.connect() as connection:
        rows = connection.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.active, PersonRow.id.in_(names)))
        return tuple(sorted(row.id for row in rows if names[row.id] == row.name))


def _words(engine: Engine, asked: Select[Any]) -> tuple[str, ...]:
    with engine.connect() as connection:
        return tuple(connection.scalars(asked))
