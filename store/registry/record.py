"""The record of the registry: what changed, read by whoever watches those who change it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Engine, select

from store.models import RegistryChangeRow
from store.paging import Found, Window, records


class Kind(StrEnum):
    """What of the registry is on record, by the name of its table."""

    ORGANISATION = "organisation"
    PERSON = "person"
    CUSTOMER = "customer"
    DEPARTMENT = "department"
    CONTRACT = "contract"
    AUTHORISATION = "standing_authorisation"
    DEPUTY = "deputyship"
    SHIFT = "shift"
    IDENTITY = "identity"
    CONFIRMATION = "confirmation"
    TOKEN = "token"  # noqa: S105  # the name of a table
    SESSION = "session"
    LINK = "approval_link"
    ATTACHMENT = "upload"
    CHANNEL_RULE = "channel_rule"
    PREFERENCE = "preference"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one thing; see `store.models.registry_change`."""

    id: int
    at: datetime
    person: str | None
    way: str
    request: str | None
    kind: str
    about: str
    whom: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which changes; an empty filter lets all through.

    Attributes:
        person: who made them.
        whom: the person, customer or ticket that they concern.
        since: from then on; ``until``: before.
    """

    person: str | None = None
    whom: str | None = None
    kind: Kind | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None


_COLUMNS = tuple(getattr(RegistryChangeRow, one.name) for one in fields(Change))


def changes(engine: Engine, sought: Sought, window: Window) -> Found[Change]:
    """Changes, latest first."""
    statement = select(*_COLUMNS).where(*_filters(sought))
    return records(engine, Change, statement, window, RegistryChangeRow.id, falling=True)


def _filters(sought: Sought) -> Iterator[ColumnElement[bool]]:
    row = RegistryChangeRow
    for column, wanted in (
        (row.person, sought.person), (row.whom, sought.whom), (row.kind, sought.kind), (row.about, sought.about),
    ):  # fmt: skip
        if wanted is not None:
            yield column == wanted
    if sought.since is not None:
        yield row.at >= sought.since
    if sought.until is not None:
        yield row.at < sought.until
