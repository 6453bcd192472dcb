"""Names: what people and customers are called who are named by their ids, whether or not they are still there."""

from collections.abc import Iterable

from sqlalchemy import Engine, select

from store.models import CustomerRow, PersonRow

#: By id.
Names = dict[str, str]


def names(engine: Engine, ids: Iterable[str | None]) -> Names:
    """Of those people whom the registry knows."""
    return _names(engine, PersonRow, ids)


def customer_names(engine: Engine, ids: Iterable[str]) -> Names:
    """Of those customers that the registry knows."""
    return _names(engine, CustomerRow, ids)


def _names(engine: Engine, row: type[PersonRow | CustomerRow], ids: Iterable[str | None]) -> Names:
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    with engine.connect() as connection:
        rows = connection.execute(select(row.id, row.name).where(row.id.in_(wanted)))
        return {found.id: found.name for found in rows}
