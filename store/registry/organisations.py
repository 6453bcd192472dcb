"""Organisations: the service company and vendors."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects.postgresql import insert

from store.models import OrganisationKind, OrganisationRow
from store.paging import Found, Window, records
from store.registry.administration import administration
from store.registry.faults import UnknownError, already_taken, refuse
from store.registry.record import Kind
from store.registry.records import Organisation
from store.registry.rules import organisation_faults
from store.registry.seen import require_seen

_COLUMNS = (OrganisationRow.id, OrganisationRow.name, OrganisationRow.kind)


def organisations(engine: Engine, window: Window) -> Found[Organisation]:
    """The service company and vendors, by id."""
    return records(engine, Organisation, select(*_COLUMNS), window, OrganisationRow.id)


def organisation(engine: Engine, id_: str) -> Organisation | None:
    """The organisation; None: there is none of that id."""
    with engine.connect() as connection:
        return _found(connection, id_)


def kinds(connection: Connection) -> dict[str, OrganisationKind]:
    """The kind of every organisation."""
    return dict(connection.execute(select(OrganisationRow.id, OrganisationRow.kind)).all())


def add_organisation(engine: Engine, new: Organisation) -> Organisation:
    """Keep a new organisation.

    Raises:
        InvalidError: its fields are wrong.
        ConflictError: the id is taken.
    """
    new = new.folded()
    refuse(organisation_faults(new))
    with administration(engine) as connection:
        statement = insert(OrganisationRow).values(asdict(new)).on_conflict_do_nothing()
        if connection.execute(statement).rowcount == 0:
            raise already_taken("id")
    return new


def change_organisation(
    engine: Engine, id_: str, changes: Mapping[str, Any], version: int | None = None
) -> Organisation:
    """Give an organisation another name; what it is stays; ``version``: as it was read.

    Raises:
        UnknownError: there is none of that id.
        InvalidError: its fields would be wrong.
        ConflictError: it has changed since it was read.
    """
    with administration(engine) as connection:
        before = _found(connection, id_)
        if before is None:
            raise UnknownError(id_)
        require_seen(connection, Kind.ORGANISATION, id_, version)
        after = replace(before, **changes).folded()
        refuse(organisation_faults(after))
        connection.execute(update(OrganisationRow).where(OrganisationRow.id == id_).values(name=after.name))
    return after


def _found(connection: Connection, id_: str) -> Organisation | None:
    row = connection.execute(select(*_COLUMNS).where(OrganisationRow.id == id_)).mappings().one_or_none()
    return Organisation(**row) if row else None
