"""People: who there is."""

from sqlalchemy import Engine, func, select

from domain.people import Actor
from store.models import PersonRow


def person(engine: Engine, name: str) -> Actor | None:
    """Who signs in under that name; None: nobody."""
    columns = (PersonRow.id, PersonRow.role, PersonRow.customers, PersonRow.department)
    with engine.connect() as connection:
        row = connection.execute(select(*columns).where(PersonRow.id == name)).one_or_none()
    return Actor(row.id, row.role, row.customers, row.department) if row else None


def headcount(engine: Engine) -> int:
    """How many people there are; 0: nobody could do anything."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(PersonRow)) or 0
