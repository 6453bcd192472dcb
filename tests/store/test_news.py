"""News of a customer reach every ticket that is theirs, also one that was becoming theirs when they came."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, update

from domain.people.actors import Role
from domain.ticket.opening import Customer
from domain.ticket.timeline import Happening
from store.models import AgreementNewsRow
from store.projections import project
from store.registry import customers, news
from store.registry.records import RegisteredCustomer
from tests.store.samples import entry, first_batch, next_batch, opening, summary

HOUR = timedelta(hours=1)


@pytest.fixture
def customer(engine: Engine) -> str:
    """One that was deactivated an hour ago, and the tickets in sight have been told, twice."""
    id_ = f"c-{uuid.uuid4().hex[:12]}"
    customers.add_customer(engine, RegisteredCustomer(id_, "某公司", {}))
    customers.change_customer(engine, id_, {"active": False})
    with engine.begin() as connection:
        its = AgreementNewsRow.customer == id_
        connection.execute(update(AgreementNewsRow).where(its).values(created_at=datetime.now(UTC) - HOUR))
    for _ in range(2):
        news.note_told(engine, *untold(engine, id_))
    assert untold(engine, id_) == []
    return id_


def untold(engine: Engine, customer: str) -> list[news.News]:
    return [one for one in news.untold(engine) if one.customer == customer]


def becomes_theirs(engine: Engine, customer: str, *, accepted_at: datetime, identified: bool) -> str:
    """A ticket comes into sight as the customer's now, which was accepted then."""
    number, theirs = uuid.uuid4().hex[:8].upper(), Customer(customer, "某公司")
    at = {"at": accepted_at, "recorded_at": accepted_at}
    if not identified:
        batch = first_batch(number, opening=opening(number, customer=theirs))
        project(engine, replace(batch, entries=(entry(1, Happening.OPENED, **at), *batch.entries[1:])))
        return number
    project(engine, first_batch(number, opening=opening(number, customer=Customer(None, "不详"))))
    project(engine, next_batch(number, entry(3, Happening.IDENTIFIED, **at), summary=summary(customer=theirs)))
    return number


class TestATicketThatBecomesACustomers:
    @pytest.mark.parametrize("identified", [False, True])
    def test_hears_what_changed_while_it_was_on_its_way(self, engine: Engine, customer: str, *, identified: bool):
        """It was accepted before the customer was gone, and came into sight long after the others were told."""
        number = becomes_theirs(engine, customer, accepted_at=datetime.now(UTC) - 2 * HOUR, identified=identified)
        (one,) = untold(engine, customer)
        assert news.open_tickets(engine, one) == [(number, customer)]
        for _ in range(2):
            news.note_told(engine, *untold(engine, customer))
        assert untold(engine, customer) == []

    @pytest.mark.parametrize("identified", [False, True])
    def test_hears_nothing_of_before_it_was_theirs(self, engine: Engine, customer: str, *, identified: bool):
        """That stood in its terms already, and the others are not told once more for nothing."""
        becomes_theirs(engine, customer, accepted_at=datetime.now(UTC), identified=identified)
        assert untold(engine, customer) == []

    def test_tells_nobody_once_more_that_they_answer_for_the_customer(self, engine: Engine, customer: str):
        """Whoever came to do so is asked by the ticket itself, as it comes into sight."""
        with engine.begin() as connection:
            news.note_person(connection, "tech", Role.CUSTOMER_APPROVER, [customer])
            connection.execute(update(AgreementNewsRow).where(AgreementNewsRow.customer == customer).values(told=2))
        becomes_theirs(engine, customer, accepted_at=datetime.now(UTC), identified=True)
        assert untold(engine, customer) == []

    def test_while_the_others_are_being_told_is_not_taken_for_told(self, engine: Engine, customer: str):
        """Whoever tells them had looked before it was in sight."""
        becomes_theirs(engine, customer, accepted_at=datetime.now(UTC) - 2 * HOUR, identified=True)
        (one,) = untold(engine, customer)
        news.note_told(engine, one)
        (again,) = untold(engine, customer)
        becomes_theirs(engine, customer, accepted_at=datetime.now(UTC) - 2 * HOUR, identified=True)
        news.note_told(engine, again)
        assert len(untold(engine, customer)) == 1
