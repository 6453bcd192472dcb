"""Addresses: where somebody is reached, from what the registry knows of them."""

from typing import Any

from sqlalchemy import Row, RowMapping, func, select
from sqlalchemy.orm import Session

from domain.audience.reaching import APPS, Addresses, Way
from store.models import IdentityRow, PersonRow

_BOUND = select(func.array_agg(IdentityRow.provider)).where(IdentityRow.person_id == PersonRow.id)
#: What is asked of a person.
COLUMNS = (PersonRow.email, PersonRow.phone, _BOUND.correlate(PersonRow).scalar_subquery().label("bound"))


def addresses(row: RowMapping | Row[*tuple[Any, ...]]) -> Addresses:
    """Of a row with `COLUMNS`."""
    told = row if isinstance(row, RowMapping) else row._mapping  # noqa: SLF001  # SQLAlchemy's name for it, public
    return Addresses(told["email"], told["phone"], frozenset(told["bound"] or ()))


def account(session: Session, person: str, way: Way) -> str | None:
    """What somebody is called in the product of an app; of several the one that was bound last."""
    of_product = select(IdentityRow.subject).where(IdentityRow.provider == APPS[way], IdentityRow.person_id == person)
    return session.scalar(of_product.order_by(IdentityRow.created_at.desc(), IdentityRow.subject).limit(1))
