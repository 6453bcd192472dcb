"""Everybody on duty at once: who is told does not hang on the hour at which the tests run."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete

from demo.people import PEOPLE
from domain.people.duty import DUTIES
from store.models import ShiftRow
from store.registry.records import Shift
from store.registry.roster import add_shift


def everybody_on_duty(engine: Engine) -> None:
    """In place of the demo's turns, from yesterday until tomorrow."""
    begins = datetime.now(UTC) - timedelta(days=1)
    with engine.begin() as connection:
        connection.execute(delete(ShiftRow))
    for id_, person in PEOPLE.items():
        if person.role in DUTIES:
            add_shift(engine, Shift(person.role, id_, begins, begins + timedelta(days=2)))
