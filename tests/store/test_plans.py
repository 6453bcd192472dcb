"""How the database reads lists of many: what finds few of them looks at few of them."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, text

from domain.matters.matter import Asked
from domain.people.actors import Actor, Role
from domain.ticket.opening import Contact
from domain.ticket.stages import Stage
from domain.ticket.work import Work
from store.models import TicketRow
from store.models.base import table_of
from store.paging import Window
from store.projections import project
from store.queries.callers import customers as offered
from store.queries.filters import Wanted
from store.queries.tickets import Order, how_many, page
from store.registry.customers import customers
from store.registry.people import Wanted as Whom
from store.registry.people import people
from tests.store.samples import RECEIVED, entry, first_batch, next_batch, opening, summary

DUTY = Actor("duty", Role.DUTY_MANAGER)
MANY, PEOPLE = 20_000, 5_000
#: One closed ticket that all others are made after, with its own number, caller and words.
LIKE = "PLAN2222"
OTHERWISE = {
    "number": "'BULK' || lpad(to_hex(n), 8, '0')",
    "received_at": "received_at - n * interval '1 minute'",
    "closed_at": "closed_at - n * interval '1 minute'",
    "updated_at": "updated_at - n * interval '1 minute'",
    "contact_number": "'137' || lpad(n::text, 8, '0')",
    "searched": "'一台打印机' || n",
    "searched_pairs": "ARRAY['一台', '台打', '打印', '印机']",
    "assignee": "'engineer' || n % 200",
    "customer_id": "'customer' || n % 500",
    "agreed_contract": "'contract' || n % 500",
}


@pytest.fixture(scope="module", autouse=True)
def many(engine: Engine) -> None:
    """Twenty thousand that are closed, and few that are not, such as a house has after some years."""
    for place, number in enumerate((LIKE, "PLAN3333", "PLAN4444")):
        contact = Contact("王工", f"1380000123{place}")
        project(engine, first_batch(number, opening=opening(number, contact=contact)))
    closed = summary(stage=Stage.CLOSED, closed_at=RECEIVED + timedelta(days=1))
    project(engine, next_batch(LIKE, entry(3), summary=closed))
    columns = [column.name for column in table_of(TicketRow).columns]
    made = ", ".join(OTHERWISE.get(name, name) for name in columns)
    each = f"FROM ticket, generate_series(1, {MANY}) AS n WHERE number = '{LIKE}'"
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO ticket ({', '.join(columns)}) SELECT {made} {each}"))
        connection.execute(text("ANALYZE ticket"))


@pytest.fixture
def asked(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """What the database is asked meanwhile."""
    said: list[tuple[str, Any]] = []

    def hear(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:
        said.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", hear)
    yield said
    event.remove(engine, "before_cursor_execute", hear)


def scanned(engine: Engine, statement: str, parameters: Any) -> set[str]:
    """The tables that are read from end to end."""
    with engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
        (plan,) = cursor.fetchone() or ("[]",)
    found: set[str] = set()
    rest = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while rest:
        step = rest.pop()
        rest += step.get("Plans", [])
        if step["Node Type"] == "Seq Scan":
            found.add(step["Relation Name"])
    return found


NOW = RECEIVED + timedelta(days=1)
FEW: dict[str, Wanted] = {
    "by number": Wanted(number=("PLAN3333", "PLAN4444")),
    "in somebody's hands": Wanted(mine="engineer7", open=True),
    "of an engineer": Wanted(assignee="engineer7"),
    "of a customer": Wanted(customer="customer7"),
    "of a contract": Wanted(contract="contract7"),
    "from a telephone": Wanted(phone="13700000777"),
    "by words": Wanted(text="核心交换机"),
    "by a number that is searched for": Wanted(text="137 0000 0777"),
    "open": Wanted(open=True),
    "open, of nobody": Wanted(open=True, unassigned=True),
    "open, with a broken promise": Wanted(open=True, breached=True),
    "open and paused": Wanted(open=True, paused=True),
    "in stages of work": Wanted(stage=(Stage.TRIAGE, Stage.ONSITE)),
    "due soon": Wanted(open=True, due_before=NOW),
    "overdue": Wanted(open=True, due_from=RECEIVED, due_before=NOW),
    "waiting for a customer": Wanted(waits_for=(Asked.APPROVAL,)),
    "waiting for people of ours": Wanted(work=(Work.SURVEY,)),
    "of some days": Wanted(received_from=RECEIVED - timedelta(hours=1)),
    "closed on some days": Wanted(closed_from=RECEIVED + timedelta(hours=23)),
}


@pytest.mark.parametrize("wanted", FEW.values(), ids=FEW)
@pytest.mark.parametrize(
    "ask",
    [
        lambda engine, wanted: page(engine, DUTY, wanted, Order.NEWEST, Window()),
        lambda engine, wanted: page(engine, DUTY, wanted, Order.DUE, Window()),
        lambda engine, wanted: how_many(engine, DUTY, wanted),
    ],
    ids=["newest first", "by due time", "how many"],
)
def test_of_many_tickets_no_list_of_few_reads_all(
    engine: Engine, asked: list[tuple[str, Any]], wanted: Wanted, ask: Callable[[Engine, Wanted], object]
):
    """However it is sorted, and where it is only counted."""
    ask(engine, wanted)
    questions = [*asked]
    assert questions
    for statement, parameters in questions:
        assert "ticket" not in scanned(engine, statement, parameters)


@pytest.mark.parametrize("order", list(Order))
def test_the_first_page_of_all_is_read_in_its_order(engine: Engine, asked: list[tuple[str, Any]], order: Order):
    """No list is sorted whole to show its head."""
    page(engine, DUTY, Wanted(), order, Window())
    ((statement, parameters),) = asked
    assert "ticket" not in scanned(engine, statement, parameters)


@pytest.fixture(scope="module")
def many_people(engine: Engine) -> None:
    """Of whom nothing is on record, for thousands of changes are none of what is measured here."""
    each = f"FROM generate_series(1, {PEOPLE}) AS n"
    said = "'某人', ARRAY['某人']"
    with engine.begin() as connection:
        for table in ("person", "customer"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER note_change"))
        columns = "id, name, role, customers, also, told_apart, searched, searched_pairs"
        person = f"'bulk' || n, '某人', 'engineer', '{{}}', '{{}}', '{{}}', {said}"
        connection.execute(text(f"INSERT INTO person ({columns}) SELECT {person} {each}"))
        customer = f"'bulk' || n, '某人', {said}"
        connection.execute(text(f"INSERT INTO customer (id, name, searched, searched_pairs) SELECT {customer} {each}"))
        for table in ("person", "customer"):
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER note_change"))
            connection.execute(text(f"ANALYZE {table}"))


@pytest.mark.parametrize(
    ("table", "search"),
    [
        ("person", lambda engine: people(engine, Whom(text="李建國"), Window())),
        ("customer", lambda engine: customers(engine, Window(), text="示範客戶")),
        ("customer", lambda engine: offered(engine, DUTY, "示範客戶")),
    ],
    ids=["people", "customers", "customers at the desk"],
)
@pytest.mark.usefixtures("many_people")
def test_of_many_people_and_customers_no_search_reads_all(
    engine: Engine, asked: list[tuple[str, Any]], table: str, search: Callable[[Engine], object]
):
    """Each page of it is one question."""
    search(engine)
    searched = [(statement, parameters) for statement, parameters in asked if "searched_pairs" in statement]
    ((statement, parameters),) = searched
    assert "LIMIT" in statement
    assert table not in scanned(engine, statement, parameters)
