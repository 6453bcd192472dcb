"""Filters of lists: in SQL they say what a plain reading of the rows says, filter by filter and together."""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from domain.contract.clauses import Kind
from domain.matters.matter import Asked
from domain.people.actors import Actor, Role
from domain.people.phones import is_same, phone
from domain.ticket.obligations import State, is_open
from domain.ticket.opening import Contact, Customer
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from domain.ticket.work import Work
from store.models import EntryRow, ObligationRow, TicketRow
from store.paging import Place, Window
from store.projections import project
from store.queries import filters
from store.queries.filters import Wanted
from store.queries.tickets import OfLevel, Order, how_many, open_by_level, page
from tests.store.samples import RECEIVED, entry, first_batch, next_batch, obligation, opening, summary

DUTY = Actor("duty", Role.DUTY_MANAGER)
CUSTOMER = Actor("customer", Role.CUSTOMER_CONTACT, customers=("demo-fuao",))
PHONES = (
    "13800000000",
    "+86 138 0000 0000",
    "88881234",
    "0532-88881234",
    "（0532）8888 1234 转 801",
    "110",
    "+49 30 12345",
)
LEVELS = ("A", "B", "C", None)


def some(luck: random.Random, *choices: Any) -> Any:
    return luck.choice(choices)


def at(luck: random.Random) -> datetime:
    return RECEIVED + timedelta(minutes=luck.randrange(60))


def life(engine: Engine, luck: random.Random, number: str, merged_into: str | None = None) -> None:
    """A ticket in some state, as a projection could have left it; perhaps merged into one of before."""
    customer = Customer(some(luck, "demo-sitech", "demo-fuao", None), "客户")
    contact = Contact("王工", luck.choice(PHONES))
    report = opening(number, customer=customer, contact=contact, received_at=at(luck))
    drill, refused = luck.random() < 0.1, luck.random() < 0.3
    project(engine, first_batch(number, opening=report, drill=drill))
    happening = Happening.COMMAND_REFUSED if refused else Happening.NOTED
    stage, level, paused = luck.choice(list(Stage)), luck.choice(LEVELS), some(luck, None, "customer")
    waits_for = tuple(luck.sample(list(Asked), luck.randrange(3)))
    standing = summary(
        stage=stage,
        level=level,
        gravity=LEVELS.index(level) if level else None,
        assignee=some(luck, None, "engineer", "duty"),
        received_at=report.received_at,
        closed_at=at(luck) if stage is Stage.CLOSED else None,
        customer=customer,
        contact=contact,
        paused=paused,
        paused_until=at(luck) if paused else None,
        waits_for=waits_for,
        waits_since=at(luck) if waits_for else None,
        work=tuple(luck.sample(list(Work), luck.randrange(3))),
        merged_into=merged_into,
    )
    kinds = (Kind.RESPOND, Kind.RESTORE)
    promises = tuple(obligation(kind, state=luck.choice(list(State)), due_at=at(luck)) for kind in kinds)
    project(engine, next_batch(number, entry(3, happening), drill=drill, summary=standing, obligations=promises))


@pytest.fixture(scope="module")
def rows(engine: Engine) -> list[TicketRow]:
    """Sixty tickets."""
    luck = random.Random(7)
    for place in range(60):
        life(engine, luck, f"LIFE{place + 2222}", f"LIFE{place + 2221}" if place % 10 in {5, 6} else None)
    with Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(TicketRow).order_by(TicketRow.number)))


class Plainly:
    """A ticket read as people read it, and what each filter means by that."""

    def __init__(self, engine: Engine) -> None:
        with Session(engine) as session:
            entries = session.execute(select(EntryRow.ticket, EntryRow.happening)).all()
            promises = session.execute(select(ObligationRow.ticket, ObligationRow.state)).all()
            reports = session.execute(select(TicketRow.merged_into, TicketRow.number, TicketRow.contact_phone)).all()
        self.refused = {ticket for ticket, happening in entries if happening is Happening.COMMAND_REFUSED}
        self.states = {(ticket, state) for ticket, state in promises}
        self.phones = {number: called_from for _, number, called_from in reports}
        self.merged = {into: number for into, number, _ in reports if into is not None}

    def callers(self, number: str) -> Iterator[str]:
        """From where it was reported, and each report that ended in it."""
        yield self.phones[number]
        if number in self.merged:
            yield from self.callers(self.merged[number])

    def means(self, row: TicketRow, name: str, value: Any) -> bool:
        rules: dict[str, Callable[[], bool]] = {
            "number": lambda: row.number in value,
            "contract": lambda: value in {row.contract, row.pack, row.agreed_contract},
            "level": lambda: row.level in value or f"{row.pack}:{row.level}" in value,
            "stage": lambda: row.stage in value,
            "state": lambda: any((row.number, state) in self.states for state in value),
            "due_from": lambda: row.next_due_at is not None and row.next_due_at >= value,
            "due_before": lambda: row.next_due_at is not None and row.next_due_at < value,
            "assignee": lambda: row.assignee == value,
            "mine": lambda: row.assignee == value,
            "unassigned": lambda: not value or row.assignee is None,
            "customer": lambda: row.customer_id == value,
            "phone": lambda: any(is_same(phone(one), phone(value)) is not False for one in self.callers(row.number)),
            "open": lambda: (row.stage is not Stage.CLOSED) is value,
            "breached": lambda: ((row.number, State.BREACHED) in self.states) is value,
            "paused": lambda: (row.paused is not None) is value,
            "waits_for": lambda: bool(set(row.waits_for) & set(value)),
            "work": lambda: bool(set(row.work) & set(value)),
            "refused": lambda: (row.number in self.refused) is value,
            "received_from": lambda: row.received_at >= value,
            "received_to": lambda: row.received_at < value,
            "closed_from": lambda: row.closed_at is not None and row.closed_at >= value,
            "closed_to": lambda: row.closed_at is not None and row.closed_at < value,
            "drill": lambda: row.drill is value,
        }
        return rules[name]()


def asked(luck: random.Random, rows: list[TicketRow]) -> dict[str, Any]:
    """Some filters, each with some value."""
    whole: dict[str, Any] = {
        "number": tuple(row.number for row in luck.sample(rows, 40)),
        "contract": some(luck, "sitech", "demo-sitech-2026", "xinhe"),
        "level": luck.choice((("A", "B"), ("sitech:C",), ("xinhe:A",), ("sitech:A", "C"))),
        "stage": tuple(luck.sample(list(Stage), 4)),
        "state": tuple(luck.sample(list(State), 2)),
        "due_from": at(luck),
        "due_before": at(luck),
        "assignee": "engineer",
        "mine": "duty",
        "unassigned": True,
        "customer": some(luck, "demo-sitech", "demo-fuao"),
        "phone": luck.choice(PHONES),
        "open": some(luck, True, False),
        "breached": some(luck, True, False),
        "paused": some(luck, True, False),
        "waits_for": tuple(luck.sample(list(Asked), 2)),
        "work": tuple(luck.sample(list(Work), 2)),
        "refused": some(luck, True, False),
        "received_from": at(luck),
        "received_to": at(luck),
        "closed_from": at(luck),
        "closed_to": at(luck),
        "drill": True,
    }
    return {name: whole[name] for name in luck.sample(list(whole), luck.choice((1, 1, 2, 2, 3)))}


def listed(engine: Engine, wanted: Wanted, order: Order = Order.NEWEST, actor: Actor = DUTY) -> list[str]:
    return [row.number for row in page(engine, actor, wanted, order, Window()).items]


def numbers(rows: Iterable[TicketRow]) -> set[str]:
    return {row.number for row in rows}


class TestAnyFilters:
    def test_let_through_what_a_plain_reading_lets_through(self, engine: Engine, rows: list[TicketRow]):
        """Alone and together; and the count is that of the list."""
        plainly, luck = Plainly(engine), random.Random(11)
        met: set[str] = set()
        for _ in range(250):
            given = asked(luck, rows)
            expected = {
                row.number
                for row in rows
                if all(plainly.means(row, name, value) for name, value in ({"drill": False} | given).items())
            }
            assert set(listed(engine, Wanted(**given))) == expected, given
            met |= set(given) if expected and len(expected) < len(rows) else set()
        assert met == set(asked_names()) - {"text"}

    def test_never_let_through_what_does_not_exist_for_the_asker(self, engine: Engine, rows: list[TicketRow]):
        """Whatever a customer asks, the answer is of their own tickets."""
        luck, own = random.Random(13), numbers(row for row in rows if row.customer_id == "demo-fuao")
        for _ in range(60):
            wanted = Wanted(**asked(luck, rows))
            found = listed(engine, wanted, actor=CUSTOMER)
            assert set(found) == set(listed(engine, wanted)) & own
            assert how_many(engine, CUSTOMER, wanted) == [len(found)]


def asked_names() -> list[str]:
    return list(filters.Wanted.__dataclass_fields__)


class TestByGravity:
    def test_the_gravest_come_first_then_what_is_due_first(self, engine: Engine, rows: list[TicketRow]):
        """What nobody has classified, and what owes nothing, comes last."""
        far = RECEIVED + timedelta(days=999)
        whole = sorted(
            (row for row in rows if not row.drill),
            key=lambda row: (9 if row.gravity is None else row.gravity, row.next_due_at or far, row.number),
        )
        assert listed(engine, Wanted(), Order.GRAVITY) == [row.number for row in whole]

    @pytest.mark.parametrize("order", list(Order))
    def test_and_otherwise_pages_together_are_the_whole(self, engine: Engine, rows: list[TicketRow], order: Order):
        """Nothing twice, nothing left out, however many stand at one place."""
        whole, paged, after = listed(engine, Wanted(), order), list[str](), None
        while True:
            place: Place | None
            found, place = page(engine, DUTY, Wanted(), order, Window(7, after))
            paged += [row.number for row in found]
            if place is None:
                break
            after = place
        assert paged == whole
        assert len(whole) == len([row for row in rows if not row.drill])


class TestHowMany:
    def test_is_told_up_to_a_number_and_then_that_there_are_more(self, engine: Engine, rows: list[TicketRow]):
        """A count of everything would read everything."""
        one = Wanted(number=(next(row.number for row in rows if not row.drill),))
        assert how_many(engine, DUTY, Wanted(), one, up_to=5) == [6, 1]

    def test_are_open_by_level_says_so_without_rehearsals(self, engine: Engine, rows: list[TicketRow]):
        """The gravest first; what nobody has classified last."""
        still = [row for row in rows if row.stage is not Stage.CLOSED and not row.drill]
        expected = [OfLevel("sitech", each, len([row for row in still if row.level == each])) for each in LEVELS]
        assert open_by_level(engine, DUTY) == expected
        own = sum(each.tickets for each in open_by_level(engine, CUSTOMER))
        assert own == len([row for row in still if row.customer_id == "demo-fuao"])


class TestTheNextDue:
    def test_is_of_those_that_can_still_be_acted_on(self, engine: Engine):
        """As the domain says it of one, the projection finds it; what stands still falls due at no known time."""
        luck = random.Random(17)
        for place in range(120):
            number, stage = f"OPEN{place + 2222}", luck.choice(list(Stage))
            kind, state = (
                luck.choice((Kind.RESPOND, Kind.REPORT)),
                luck.choice([one for one in State if one != State.PAUSED]),
            )
            met = RECEIVED if luck.random() < 0.5 else None
            promise = obligation(kind, state=state, met_at=met)
            project(engine, first_batch(number, summary=summary(stage=stage), obligations=(promise,)))
            with Session(engine) as session:
                due = session.get_one(TicketRow, number).next_due_key
            assert (due is not None) == is_open(kind, state, is_met=met is not None, is_work=stage.is_work), promise
