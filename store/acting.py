"""Acting: whoever changes something still holds the right to it in the very transaction that does."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from domain.people.actors import Actor
from store.models import ApprovalLinkRow, PersonRow, SessionRow, TokenRow
from store.models.person import acted_for, may_enter

#: Held by whoever changes the registry or somebody's access, until the end of the transaction.
_LOCK = 0x7A68_7265
#: The option of an engine under which its transactions act for somebody.
_ACTING = "zhishou_acting"


class NotAnyMoreError(Exception):
    """The person may not enter any more, or what they showed opens nothing any more."""


class OtherRightsError(Exception):
    """The person has other rights than when they were let in."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, with the rights that they were let in with, and by what they were let in.

    Attributes:
        token: the id of the token that they showed.
        session: the id of the session of their browser.
        link: the hash of the approval link that they hold.
        password: the hash of the password that they proved to know.
        request: the id of the request, as the log has it.
        alone: no other change of the registry or of somebody's access runs beside it.
    """

    actor: Actor
    token: str | None = None
    session: str | None = None
    link: str | None = None
    password: str | None = None
    request: str | None = None
    alone: bool = True


def acting_for(engine: Engine, acting: Acting, *, alone: bool = True) -> Engine:
    """The engine, each transaction of which begins with the question whether the actor may still act."""
    return engine.execution_options(**{_ACTING: replace(acting, alone=alone)})


def acting_of(engine: Engine) -> Acting | None:
    """For whom its transactions act."""
    acting: Acting | None = engine.get_execution_options().get(_ACTING)
    return acting


def acting_on(connection: Connection) -> Acting | None:
    """For whom the transaction acts."""
    acting: Acting | None = connection.get_execution_options().get(_ACTING)
    return acting


def begin(connection: Connection) -> None:
    """What every transaction begins with: where it acts for somebody, their right holds until it ends.

    In one order: the lock, then the person, then what they showed. So two who change each other do not wait for
    each other for ever.

    Raises:
        NotAnyMoreError: they may not enter any more.
        OtherRightsError: they have other rights by now.
    """
    acting = acting_on(connection)
    if acting is None:
        return
    if acting.alone:
        change_alone(connection)
    require(connection, acting, held=True)
    said = {"zhishou.person": acting.actor.id, "zhishou.request": acting.request or "", "zhishou.way": _way(acting)}
    connection.execute(select(*(func.set_config(name, value, True) for name, value in said.items())))


def change_alone(connection: Connection) -> None:
    """No other change of the registry or of somebody's access runs beside this one."""
    connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def require(connection: Connection, acting: Acting, *, held: bool = False) -> None:
    """Refuse whoever may not act any more; ``held``: nobody changes that until the transaction ends.

    Raises:
        NotAnyMoreError: they may not enter any more.
        OtherRightsError: they have other rights by now.
    """
    person = connection.execute(_held(_PERSON.where(PersonRow.id == acting.actor.id), held=held)).one_or_none()
    if person is None or acting.password not in {None, person.password_hash}:
        raise NotAnyMoreError
    customers = acted_for(person.customers, person.live_customers)
    if not may_enter(person.role, customers, active=person.active):
        raise NotAnyMoreError
    now = datetime.now(UTC)
    for row, key, shown in _shown(acting):
        live = (key == shown, row.revoked_at.is_(None), row.expires_at > now)
        if connection.execute(_held(select(key).where(*live), held=held)).one_or_none() is None:
            raise NotAnyMoreError
    rights = (person.role, customers, person.department, tuple(person.also))
    actor = acting.actor
    if rights != (actor.role, actor.customers, actor.department, actor.also):
        raise OtherRightsError


_PERSON = select(
    PersonRow.active,
    PersonRow.password_hash,
    PersonRow.role,
    PersonRow.customers,
    PersonRow.live_customers,
    PersonRow.department,
    PersonRow.also,
)


def _shown(acting: Acting) -> list[tuple[Any, Any, str]]:
    ways = (
        (TokenRow, TokenRow.id, acting.token),
        (SessionRow, SessionRow.id, acting.session),
        (ApprovalLinkRow, ApprovalLinkRow.hash, acting.link),
    )
    return [(row, key, shown) for row, key, shown in ways if shown is not None]


def _way(acting: Acting) -> str:
    words = {"token": acting.token, "session": acting.session, "link": acting.link, "password": acting.password}
    return next((word for word, shown in words.items() if shown), "provider")


def _held(statement: Any, *, held: bool) -> Any:  # noqa: ANN401  # a statement of any shape
    return statement.with_for_update(read=True) if held else statement
