"""What the registry knows of a command's people that no ticket can: asked once, when the command is taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, and_, func, or_, select

from domain.matters.calls import A_SHIFT
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.words.text import folded
from store.models import CustomerRow, PersonRow, ShiftRow
from store.registry.deputies import standing_in
from store.registry.roster import on_duty, serves


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a name stands for: the accounts that it can mean, and whether all of them are a customer's."""

    accounts: tuple[str, ...]
    is_the_customers: bool


def named(engine: Engine, word: str, customer: str | None) -> Named | None:
    """Who of this customer, by account or name, is meant; else who of anybody by account; None: nobody on record."""
    columns = (PersonRow.id, PersonRow.role, PersonRow.live_customers, PersonRow.also)
    matching = or_(PersonRow.id == word, PersonRow.name == folded(word))
    with engine.connect() as connection:
        found = connection.execute(select(*columns).where(matching, PersonRow.active).order_by(PersonRow.id)).all()
    theirs = [row for row in found if row.role in CUSTOMER_SIDE and customer in (row.live_customers or ())]
    if theirs:
        return Named(_accounts(theirs), is_the_customers=True)
    others = [row for row in found if row.id == word]
    return Named(_accounts(others), is_the_customers=False) if others else None


def _accounts(rows: Iterable[Any]) -> tuple[str, ...]:
    """All accounts of these people: whoever is meant is a person."""
    return tuple(sorted({account for row in rows for account in (row.id, *row.also)}))


def is_alone(engine: Engine, actor: Actor, roles: Iterable[Role], at: datetime) -> bool:
    """Whether by the roster the actor is on duty at that instant, and nobody else in any of these roles is."""
    there = {one.person for one in on_duty(engine, at) if one.duty in set(roles)}
    return bool(there & actor.accounts) and there <= actor.accounts


def is_there_next(engine: Engine, person: str, at: datetime) -> bool:
    """Whether the person is on duty at that instant or in the next shift; true where no roster is kept from then on.

    The next shift is the one that begins first after that instant, of those in the person's own role.
    """
    own = select(PersonRow.role).where(PersonRow.id == person).scalar_subquery()
    ahead = and_(ShiftRow.duty == own, ShiftRow.ends_at > at)
    following = select(func.min(ShiftRow.begins_at)).where(ahead, ShiftRow.begins_at > at).scalar_subquery()
    there = select(func.coalesce(ShiftRow.substitute, ShiftRow.person)).where(
        ahead, ShiftRow.begins_at <= func.coalesce(following, at)
    )
    with engine.connect() as connection:
        shifts = set(connection.scalars(there))
    return not shifts or person in shifts


def is_there_until(engine: Engine, actor: Actor, at: datetime) -> datetime | None:
    """When the duty ends that the actor is on at that instant, with what follows it without a gap within half a day;
    None: they are on none.
    """
    soon = (PersonRow.id.in_(actor.accounts), ShiftRow.ends_at > at, ShiftRow.begins_at <= at + A_SHIFT)
    statement = select(ShiftRow.begins_at, ShiftRow.ends_at).join(PersonRow, serves()).where(*soon)
    until = at
    with engine.connect() as connection:
        for begins_at, ends_at in connection.execute(statement.order_by(ShiftRow.begins_at)):
            if begins_at > until:
                break
            until = max(until, ends_at)
    return until if until > at else None


def approvers(engine: Engine, customer: str | None, at: datetime) -> dict[str, list[str]]:
    """Department by department, who of the customer could answer: its active approvers, and who stands in for one.

    Somebody with several accounts is there under one of them, whichever it is that they would use.
    """
    live = select(CustomerRow.id).where(CustomerRow.id == customer, CustomerRow.active).exists()
    of_theirs = (PersonRow.active, PersonRow.role.in_(CUSTOMER_SIDE), PersonRow.customers.contains([customer]), live)
    with engine.connect() as connection:
        columns = (PersonRow.id, PersonRow.role, PersonRow.department, PersonRow.also)
        people = connection.execute(select(*columns).where(*of_theirs)).all()
        stand_ins = standing_in(connection, customer, at)
    one = {row.id: min((row.id, *row.also)) for row in people}
    could = [(row.department or "", row.id) for row in people if row.role is Role.CUSTOMER_APPROVER]
    could += [(each.department, each.deputy) for each in stand_ins]
    return {name: sorted({one[id_] for department, id_ in could if department == name}) for name, _ in could}
