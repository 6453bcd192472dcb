"""What roles are told of that stands on no ticket, in the database."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from domain.audience.mail import FLOOD
from domain.people.actors import Role
from store.models import NotificationRow
from store.projections.roles import News, tell_roles
from store.registry import roster
from store.registry.records import Shift

#: Hours of their own: of a gap one is told once an hour.
_FAR = datetime(2031, 3, 4, 3, tzinfo=UTC)


def gaps(engine: Engine, at: datetime) -> list[tuple[str, str]]:
    row = NotificationRow
    told = select(row.recipient, row.grounds["gap"].astext).where(row.grounds.has_key("gap"), row.created_at == at)
    with engine.connect() as connection:
        return [(person, role) for person, role in connection.execute(told)]


def tell(engine: Engine, about: str, at: datetime) -> None:
    with engine.begin() as connection:
        tell_roles(connection, [Role.HOTLINE], [News(about, FLOOD)], at)


def test_that_nobody_of_a_role_is_on_duty_is_told_to_the_duty_manager_once_an_hour(engine: Engine):
    """001-34: a call that nobody took, for nobody was there, says so to who plans the roster."""
    for about in ("one call", "another"):
        tell(engine, about, _FAR)
    assert gaps(engine, _FAR) == [("duty", "hotline")]


def test_whoever_is_on_duty_is_told_and_no_gap(engine: Engine):
    there = _FAR + timedelta(hours=3)
    roster.add_shift(engine, Shift(Role.HOTLINE, "hotline", there - timedelta(hours=1), there + timedelta(hours=1)))
    tell(engine, "a call at noon", there)
    assert gaps(engine, there) == []
