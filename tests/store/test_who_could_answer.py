"""Who of a customer could answer an application, as an application is told."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from domain.people.actors import Role
from store.registry import customers, people
from store.registry.knowing import approvers
from store.registry.records import Person, RegisteredCustomer

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_two_people_are_two_whatever_their_accounts_are_called(engine: Engine):
    """Two accounts of one person are one, and nobody else is: an application to them would be refused."""
    customers.add_customer(engine, RegisteredCustomer("two", "两部门", {"technical": "信息科", "business": "医务处"}))
    for id_, department in (("two-tech", "technical"), ("two-biz", "business")):
        people.add_person(engine, Person(id_, id_, Role.CUSTOMER_APPROVER, department, ("two",)))
    assert approvers(engine, "two", NOW) == {"technical": ["two-tech"], "business": ["two-biz"]}
    people.change_person(engine, "two-biz", {"same_as": "two-tech"})
    assert approvers(engine, "two", NOW) == {"technical": ["two-biz"], "business": ["two-biz"]}
