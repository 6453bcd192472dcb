"""Names: what the people are called whom tickets name by their ids, whether or not they are still there."""

from collections.abc import Iterable

from sqlalchemy import Engine, select

from store.models import PersonRow

#: By id.
Names = dict[str, str]


def names(engine: Engine, ids: Iterable[str | None]) -> Names:
    """Of those whom the registry knows."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    with engine.connect() as connection:
        rows = connection.execute(select(PersonRow.id, PersonRow.name).where(PersonRow.id.in_(wanted)))
        return {row.id: row.name for row in rows}
