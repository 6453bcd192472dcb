"""Who is found in the registry: by words that are folded once, when they are written, whoever writes them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from domain.people.actors import Actor, Role
from store import searching
from store.imports import Form, importing
from store.models import CustomerRow, PersonRow, RegistryChangeRow
from store.paging import Window
from store.queries import callers
from store.registry import confirmations, customers, people
from store.registry.people import Wanted, change_person
from store.registry.records import Person, RegisteredCustomer
from tests.store.tables import csv

NOW = datetime.now(UTC)
DESK = Actor("hotline", Role.HOTLINE)


def found(engine: Engine, text: str) -> list[str]:
    return [one.id for one in people.people(engine, Wanted(text=text), Window()).items]


def found_customers(engine: Engine, text: str) -> list[str]:
    return [one.id for one in customers.customers(engine, Window(), text=text).items]


class TestAPerson:
    def test_is_found_by_what_is_new_of_them_and_by_nothing_else(self, engine: Engine):
        """By id, name, phone and mail, however these are typed."""
        people.add_person(engine, Person("found-1", "國華", Role.ENGINEER, phone="137 0000-4321"))
        assert [found(engine, said) for said in ("ｆｏｕｎｄ1", "国华", "１３７００００４３２１")] == [["found-1"]] * 3
        change_person(engine, "found-1", {"name": "國棟", "phone": None, "email": "GuoDong@example.com"})
        assert [found(engine, said) for said in ("国栋", "guodong@")] == [["found-1"]] * 2
        assert [found(engine, said) for said in ("国华", "13700004321")] == [[], []]
        noted = select(RegistryChangeRow.after).where(RegistryChangeRow.about == "found-1")
        with engine.connect() as connection:
            on_record = connection.scalars(noted.order_by(RegistryChangeRow.id)).all()
        assert on_record[-1] == {"name": "國棟", "email": "GuoDong@example.com"}, "what was typed, alone"
        assert all("searched" not in each and "searched_pairs" not in each for each in on_record)

    def test_is_found_by_a_mail_once_a_second_has_confirmed_it(self, engine: Engine):
        """Not by what somebody alone has asked for."""
        people.add_person(engine, Person("found-2", "某人", Role.ENGINEER))
        change_person(engine, "found-2", {"email": "asked-for@example.com"}, by="admin")
        assert found(engine, "asked-for") == []
        (waits,) = confirmations.waiting_for(engine, "found-2", NOW)
        confirmations.decide(engine, waits.id, Actor("found-2", Role.ENGINEER), NOW, confirmed=True)
        assert found(engine, "ASKED-FOR") == found(engine, "某人") == ["found-2"]

    def test_is_found_after_an_import(self, engine: Engine):
        importing.import_people(engine, csv("id,name,role", "found-3,藍天,engineer"), Form.CSV)
        assert found(engine, "蓝天") == ["found-3"]

    def test_is_asked_for_with_all_that_is_wanted_at_once(self, engine: Engine):
        people.add_person(engine, Person("found-4", "重名", Role.ENGINEER))
        people.add_person(engine, Person("found-5", "重名", Role.EXPERT))
        both = people.people(engine, Wanted(text="重名"), Window())
        experts = people.people(engine, Wanted(text="重名", role=Role.EXPERT), Window())
        assert [[one.id for one in each.items] for each in (both, experts)] == [["found-4", "found-5"], ["found-5"]]


class TestACustomer:
    def test_is_found_by_its_name_of_now(self, engine: Engine):
        customers.add_customer(engine, RegisteredCustomer("found-6", "東方"))
        assert found_customers(engine, "东方") == ["found-6"]
        customers.change_customer(engine, "found-6", {"name": "西方"})
        assert (found_customers(engine, "东方"), found_customers(engine, "FOUND6")) == ([], ["found-6"])

    def test_is_offered_first_whose_name_begins_with_it(self, engine: Engine):
        """However it is typed, and whatever its id begins with."""
        customers.add_customer(engine, RegisteredCustomer("a-7", "上海電信"))
        customers.add_customer(engine, RegisteredCustomer("z-7", "電信上海"))
        assert [one.id for one in callers.customers(engine, DESK, "电信")] == ["z-7", "a-7"]


@pytest.mark.parametrize(
    "search",
    [
        lambda engine: people.people(engine, Wanted(text="某"), Window()),
        lambda engine: customers.customers(engine, Window(), text="某"),
        lambda engine: callers.customers(engine, DESK, "某"),
    ],
    ids=["people", "customers", "customers at the desk"],
)
def test_a_search_folds_what_was_typed_and_no_row(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, search: Callable[[Engine], object]
):
    """Of a hundred thousand people each page of each search would fold them all."""
    typed: list[str] = []
    fold = searching.searchable

    def folded(text: str) -> str:
        typed.append(text)
        return fold(text)

    for module in (searching, callers):
        monkeypatch.setattr(module, "searchable", folded)
    search(engine)
    assert set(typed) == {"某"}


@pytest.mark.parametrize("row", [PersonRow, CustomerRow])
def test_what_is_found_by_is_as_it_would_be_folded_now(engine: Engine, row: type[PersonRow] | type[CustomerRow]):
    """Of the demo's rows, and of all that were written above."""
    names = [*row.FOUND_BY, "searched", "searched_pairs"]
    with engine.connect() as connection:
        rows = connection.execute(select(*(getattr(row, name) for name in names))).mappings().all()
    assert rows
    for each in rows:
        kept = {**each}
        assert kept | searching.searched_of(kept, row.FOUND_BY) == kept
