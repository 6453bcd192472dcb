"""Questions to the read model: who sees which tickets, filtered, sorted, and a page at a time."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from domain.audience import visibility
from domain.audience.authority import MAY_READ, concerns
from domain.people.actors import Actor, Role
from domain.ticket.obligations import State
from domain.ticket.opening import Customer
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from store.models import NotificationRow
from store.paging import Place, Window
from store.projections import project
from store.projections.notifications import notification_id
from store.queries.filters import Wanted
from store.queries.history import past_alarms, recorded_decision, timeline
from store.queries.inbox import inbox, mark_all_read, mark_read, unread
from store.queries.tickets import Order, breached, counts, opened_with, page, ticket
from tests.store.samples import RECEIVED, entry, first_batch, next_batch, obligation, opening, spoken, summary

ALL = Wanted()
DUTY = Actor("duty", Role.DUTY_MANAGER)
CUSTOMER = Actor("customer", Role.CUSTOMER_CONTACT, customers=("demo-fuao", "demo-sitech"))
OTHER = Actor("other", Role.CUSTOMER_CONTACT, customers=("another",))
VENDOR = Actor("vendor", Role.VENDOR)
OURS_OF_THAT_NAME = Actor("customer", Role.DUTY_MANAGER)

#: Ticket by ticket: customer, minutes after the first report, minutes until the first promise is due.
TICKETS: dict[str, tuple[str | None, int, int | None]] = {
    "LIST2222": ("demo-sitech", 0, 30),
    "LIST3333": ("demo-sitech", 1, None),
    "LIST4444": ("demo-fuao", 2, 10),
    "LIST5555": ("another", 3, 20),
    "LIST6666": (None, 4, None),
    "LIST7777": ("demo-sitech", 4, 20),
}


@pytest.fixture(scope="module", autouse=True)
def tickets(engine: Engine) -> None:
    for number, (customer, received, due) in TICKETS.items():
        at = RECEIVED + timedelta(minutes=received)
        report = opening(number, customer=Customer(customer, "客户"), title=f"标题 {number} 100%", received_at=at)
        due_at = None if due is None else RECEIVED + timedelta(minutes=due)
        project(engine, first_batch(number, opening=report, obligations=(obligation(due_at=due_at),)))
    changes = (entry(3, Happening.VENDOR_CASE_OPENED, data={"vendor": "vendor"}), entry(4, command_id="c"))
    broken = (obligation(state=State.BREACHED, due_at=RECEIVED),)
    standing = summary(stage=Stage.VENDOR, level="A", assignee="engineer", received_at=RECEIVED)
    project(engine, next_batch("LIST2222", *changes, summary=standing, obligations=broken))


def listed(engine: Engine, actor: Actor, wanted: Wanted = ALL, order: Order = Order.OLDEST) -> list[str]:
    """The numbers on the first page."""
    rows, _ = page(engine, actor, wanted, order, Window())
    return [row.number for row in rows]


class TestATicket:
    @pytest.mark.parametrize(("number", "role"), list(product(TICKETS, Role)))
    def test_exists_for_exactly_those_whom_it_concerns(self, engine: Engine, number: str, role: Role):
        """The row filter in SQL says the same as the domain, cell by cell."""
        customers = ("demo-sitech", "demo-fuao") if role.startswith("customer") else ()
        actor = Actor("vendor" if role is Role.VENDOR else "somebody", role, customers)
        vendors = ("vendor",) if number == "LIST2222" else ()
        expected = role in MAY_READ and concerns(actor, TICKETS[number][0], vendors)
        assert (ticket(engine, actor, number) is not None) is expected
        assert (number in listed(engine, actor)) is expected

    def test_keeps_what_it_was_opened_with(self, engine: Engine):
        """A repeat of the request finds it, also when the workflow is long forgotten."""
        key = opened_with(engine, "LIST2222")
        assert key is not None
        assert (key.key, key.body) == ("key of LIST2222", "body of LIST2222")
        assert opened_with(engine, "NOSUCH22") is None


class TestAList:
    @pytest.mark.parametrize(
        ("wanted", "expected"),
        [
            (Wanted(contract="sitech"), list(TICKETS)),
            (Wanted(contract="demo-sitech-2026"), list(TICKETS)),
            (Wanted(contract="fuao"), []),
            (Wanted(level=("A", "B")), ["LIST2222"]),
            (Wanted(stage=(Stage.VENDOR,)), ["LIST2222"]),
            (Wanted(state=(State.BREACHED,)), ["LIST2222"]),
            (Wanted(assignee="engineer"), ["LIST2222"]),
            (Wanted(customer="demo-fuao"), ["LIST4444"]),
            (Wanted(customer="demo-sitech", unassigned=True), ["LIST3333", "LIST7777"]),
            (Wanted(due_before=RECEIVED + timedelta(minutes=20)), ["LIST2222", "LIST4444"]),
            (Wanted(text="list33"), ["LIST3333"]),
            (Wanted(text="100%"), list(TICKETS)),
            (Wanted(text="1%0"), []),
            (Wanted(text="_IST"), []),
            (Wanted(text="13800"), list(TICKETS)),
            (Wanted(text="'; DROP TABLE ticket; --"), []),
            (Wanted(text="標題"), list(TICKETS)),
            (Wanted(text="138 0000 0000"), list(TICKETS)),
            (Wanted(text="１３８-0000"), list(TICKETS)),
            (Wanted(text="警"), list(TICKETS)),
        ],
    )
    def test_holds_what_is_asked_for(self, engine: Engine, wanted: Wanted, expected: list[str]):
        """Each filter narrows it; no character of a text is a wildcard."""
        assert listed(engine, DUTY, wanted) == expected

    @pytest.mark.parametrize("order", list(Order))
    def test_comes_in_pages_that_together_are_the_whole(self, engine: Engine, order: Order):
        """Nothing twice, nothing left out, also among equal and missing instants."""
        whole = listed(engine, DUTY, order=order)
        assert len(whole) == len(TICKETS)
        paged: list[str] = []
        after: Place | None = None
        while True:
            rows, after = page(engine, DUTY, ALL, order, Window(1, after))
            paged += [row.number for row in rows]
            if after is None:
                break
        assert paged == whole

    def test_by_due_time_begins_with_the_most_urgent_and_ends_with_what_owes_nothing(self, engine: Engine):
        """What is broken comes before what is not due yet."""
        expected = ["LIST2222", "LIST4444", "LIST5555", "LIST7777", "LIST3333", "LIST6666"]
        assert listed(engine, DUTY, order=Order.DUE) == expected


class TestCounts:
    def test_leave_out_what_does_not_exist_for_the_actor(self, engine: Engine):
        """A count of other people's tickets would tell about them."""
        assert counts(engine, DUTY)[Stage.TRIAGE] == 5
        assert counts(engine, CUSTOMER)[Stage.TRIAGE] == 3
        assert counts(engine, OTHER)[Stage.VENDOR] == 0
        assert (breached(engine, DUTY), breached(engine, OTHER)) == (1, 0)
        assert sum(counts(engine, VENDOR).values()) == 1


class TestATimeline:
    def test_shows_outsiders_nothing_internal_but_what_their_own_side_did(self, engine: Engine):
        """Notes of engineers, alarms and refusals stay in the service company."""
        said = (
            entry(3, Happening.NOTED),
            entry(4, Happening.NOTED, actor=CUSTOMER),
            entry(5, Happening.ALARM_RAISED, data={"rung": 50}),
            entry(6, Happening.COMMAND_REFUSED),
            entry(7, Happening.RESPONDED),
            entry(8, Happening.NOTED, actor=VENDOR),
        )
        project(engine, first_batch("TIME2222", *said))

        def seen(actor: Actor) -> list[int]:
            rows, _ = timeline(engine, actor, "TIME2222", Window())
            return [row.seq for row in rows]

        assert seen(DUTY) == [1, 2, 3, 4, 5, 6, 7, 8]
        assert seen(CUSTOMER) == [1, 2, 4, 7]
        assert seen(VENDOR) == [1, 8]

    @pytest.mark.parametrize("role", list(Role))
    def test_in_sql_is_the_one_of_the_domain_cell_by_cell(self, engine: Engine, role: Role):
        """Whoever did whatever: the row filter and ``domain.audience.visibility`` agree."""
        people = (DUTY, CUSTOMER, OTHER, VENDOR, Actor("rival", Role.VENDOR), Actor("viewer", role))
        done = [
            (happening, actor, {"vendor": vendor, "text": "x"})
            for happening, actor, vendor in product(Happening, people, ("viewer", "rival"))
            if happening is not Happening.TERMS_AGREED
        ]
        entries = [entry(seq, one[0], actor=one[1], data=one[2]) for seq, one in enumerate(done, start=3)]
        number = f"CELL{list(Role).index(role) + 2222}"
        project(engine, first_batch(number, *entries))
        viewer = Actor("viewer", role, customers=("demo-sitech",))
        there = [one for one in entries if visibility.entry(viewer, one.happening, one.actor, one.data) is not None]
        rows, _ = timeline(engine, viewer, number, Window(len(entries), (2,)))
        assert [row.seq for row in rows] == [one.seq for one in there]

    def test_comes_in_pages(self, engine: Engine):
        """The next one begins after the last entry of this one."""
        rows, last = timeline(engine, DUTY, "LIST2222", Window(3))
        assert ([row.seq for row in rows], last) == ([1, 2, 3], (3,))
        rows, last = timeline(engine, DUTY, "LIST2222", Window(3, last))
        assert ([row.seq for row in rows], last) == ([4], None)


class TestWhatSomebodySaw:
    def test_is_as_it_was_whatever_alarms_were_raised_since(self, engine: Engine):
        """By anything else it is not, be it before the alarm or behind it."""
        number, alarm = "SEEN2345", entry(4, Happening.ALARM_RAISED, data={"alarm": "rung"})
        project(engine, first_batch(number, entry(3), alarm))
        assert [past_alarms(engine, number, seen) for seen in (2, 3, 4, 9)] == [2, 4, 4, 9]
        project(engine, next_batch(number, entry(5)))
        assert [past_alarms(engine, number, seen) for seen in (3, 4, 5)] == [3, 4, 5]
        assert past_alarms(engine, "NONE2345", 3) == 3


class TestADecision:
    def test_is_found_by_its_command(self, engine: Engine):
        """On its own ticket only."""
        found = recorded_decision(engine, "LIST2222", "c")
        assert found is not None
        assert (found.accepted, found.seq) == (True, 4)
        assert recorded_decision(engine, "LIST3333", "c") is None


class TestTheInbox:
    def test_holds_what_somebody_was_told_newest_first(self, engine: Engine):
        """A page at a time."""
        to = {"to": "engineer2"}
        days = {seq: RECEIVED + timedelta(days=seq) for seq in (3, 4)}
        sent = [
            entry(seq, Happening.REASSIGNED, data=to, command_id=str(seq), recorded_at=day) for seq, day in days.items()
        ]
        project(engine, first_batch("BOX22222", *sent))
        engineer2 = Actor("engineer2", Role.ENGINEER)
        first, spot = inbox(engine, engineer2, Window(1))
        second, _ = inbox(engine, engineer2, Window(1, spot))
        assert [(row.ticket, row.seq) for row in (*first, *second)] == [("BOX22222", 4), ("BOX22222", 3)]
        assert "BOX22222" not in {row.ticket for row in inbox(engine, DUTY, Window()).items}

    def test_holds_nothing_that_is_hidden_from_its_owner(self, engine: Engine):
        """However a message came there."""
        project(engine, first_batch("BOX44444"))
        message = notification_id("BOX44444", 3, "customer")
        with Session(engine) as session, session.begin():
            session.add(spoken(id=message, ticket="BOX44444", seq=3, recipient="customer", created_at=RECEIVED))
        rows, _ = inbox(engine, CUSTOMER, Window())
        assert message not in {row.id for row in rows}
        assert not mark_read(engine, CUSTOMER, message, RECEIVED)
        assert mark_read(engine, OURS_OF_THAT_NAME, message, RECEIVED)

    def test_is_its_owners_alone(self, engine: Engine):
        """Nobody marks another's message as read."""
        project(engine, first_batch("BOX33333", entry(3, Happening.DISPATCHED, data={"to": "expert"})))
        expert = Actor("expert", Role.EXPERT)
        message = self.of_ticket(engine, expert, "BOX33333")
        assert not mark_read(engine, DUTY, message.id, RECEIVED)
        assert mark_read(engine, expert, message.id, RECEIVED)
        assert mark_read(engine, expert, message.id, RECEIVED + timedelta(hours=1))
        assert self.of_ticket(engine, expert, "BOX33333").read_at == RECEIVED

    def test_is_read_up_to_the_newest_message_that_its_owner_saw(self, engine: Engine):
        """What came since stays unread; nobody reads another's by it."""
        auditor = Actor("auditor", Role.AUDITOR)
        sent = [
            spoken(id=f"seen-{place}", recipient="auditor", created_at=RECEIVED + timedelta(minutes=place))
            for place in range(4)
        ]
        with Session(engine) as session, session.begin():
            session.add_all(sent)
        assert unread(engine, auditor) == 4
        assert not mark_all_read(engine, DUTY, "seen-2", RECEIVED)
        assert mark_all_read(engine, auditor, "seen-2", RECEIVED)
        assert [row.id for row in inbox(engine, auditor, Window(), unread=True).items] == ["seen-3"]
        assert len(inbox(engine, auditor, Window()).items) == 4
        assert unread(engine, auditor) == 1

    def of_ticket(self, engine: Engine, actor: Actor, number: str) -> NotificationRow:
        """The one message about a ticket that somebody has."""
        (message,) = [row for row in inbox(engine, actor, Window()).items if row.ticket == number]
        return message
