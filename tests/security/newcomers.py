"""People of whom no other test knows, their tokens and their browsers."""

import uuid
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.people.actors import Role
from runtime.sign_in_settings import Way
from store.access import sessions
from store.access.sessions import Browser, Lives
from store.access.tokens import issue
from store.models import PersonRow, TokenRow
from store.registry.people import person
from tests.served import Served

CUSTOMERS = ("demo-nuobida", "demo-sitech")


def newcomer(desk: Served, role: Role) -> str:
    """Somebody new of that role, of whom no other test knows."""
    id_ = f"n-{uuid.uuid4().hex[:12]}"
    side = role in {Role.CUSTOMER_APPROVER, Role.CUSTOMER_CONTACT}
    department = "technical" if role is Role.CUSTOMER_APPROVER else None
    with Session(desk.engine) as session, session.begin():
        customers = CUSTOMERS if side else ()
        session.add(PersonRow(id=id_, name=id_, role=role, customers=customers, department=department))
    return id_


def token_of(desk: Served, user: str) -> str:
    """A token of theirs, in clear."""
    return issue(desk.engine, user, name="test", lasts=timedelta(days=3), now=datetime.now(UTC))


def tokens_of(desk: Served, user: str) -> list[str]:
    """The ids of their tokens."""
    with Session(desk.engine) as session:
        return list(session.scalars(select(TokenRow.id).where(TokenRow.person_id == user)))


def session_of(desk: Served, user: str) -> sessions.Opened:
    """A browser of theirs."""
    actor = person(desk.engine, user)
    assert actor is not None
    browser = Browser("Firefox", "10.0.0.7", Way.PASSWORD)
    return sessions.begin(desk.engine, actor, browser, Lives(), datetime.now(UTC))
