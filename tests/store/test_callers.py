"""Callers, customers and similar tickets: what whoever takes a report is shown while the caller speaks."""

from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.orm import Session

from domain.people.actors import Actor, Role
from domain.people.phones import phone
from domain.ticket.opening import Contact, Customer
from domain.ticket.stages import Stage
from store.models import CustomerRow, PersonRow, TicketRow
from store.paging import Window
from store.projections import project
from store.queries.callers import Caller, callers, customer, customers
from store.queries.filters import Wanted
from store.queries.similar import similar
from store.queries.tickets import Order, page
from store.telephone import callers as whose
from tests.store.samples import RECEIVED, entry, first_batch, next_batch, opening, summary

HOTLINE = Actor("hotline", Role.HOTLINE)
OTHER = Actor("other", Role.CUSTOMER_CONTACT, customers=("another",))
LIU = Contact("刘雅琴", "139 0000 1234")
NOW = RECEIVED + timedelta(days=10)

#: Ticket by ticket: whose it is, who called, and its title.
REPORTS = {
    "CALL2222": (Customer("demo-sitech", "江北通信"), LIU, "营业厅接口超时"),
    "CALL3333": (Customer("demo-sitech", "江北通信"), Contact("刘雅琴", "13900001234"), "打印机卡纸"),
    "CALL4444": (Customer(None, "路过的单位"), Contact("王强", "+86 139 0000 1234"), "营业厅接口返回错误"),
    "CALL5555": (Customer("demo-fuao", "富奥"), Contact("总机", "0532-8888 1234 转 801"), "营业厅接口响应慢"),
    "CALL6666": (Customer("demo-sitech", "江北通信"), LIU, "营业厅接口中断"),
}


@pytest.fixture(scope="module", autouse=True)
def reports(engine: Engine) -> None:
    for place, (number, (of, contact, title)) in enumerate(REPORTS.items()):
        at = RECEIVED + timedelta(minutes=place)
        report = opening(number, customer=of, contact=contact, title=title, description="无", received_at=at)
        project(engine, first_batch(number, opening=report))
    closed = summary(stage=Stage.CLOSED, closed_at=RECEIVED + timedelta(days=1), received_at=RECEIVED)
    project(engine, next_batch("CALL6666", entry(3), summary=closed))
    with Session(engine) as session, session.begin():
        session.add(PersonRow(id="zhao", name="赵敏", role=Role.CUSTOMER_CONTACT, customers=("demo-fuao",),
                              phone="0532 88881234"))  # fmt: skip
        session.add(CustomerRow(id="gone", name="注销单位", active=False))


def told(found: list[Caller]) -> list[tuple[bool, str, str | None, list[str]]]:
    return [(one.exact, one.name, one.customer, [row.number for row in one.open]) for one in found]


class TestACaller:
    @pytest.mark.parametrize("said", ["13900001234", "139-0000-1234", "＋86 139 0000 1234", "013900001234"])
    def test_is_known_by_the_number_however_it_is_written(self, engine: Engine, said: str):
        """With what of theirs is open; of several who share it, each."""
        assert told(callers(engine, HOTLINE, said)) == [
            (True, "刘雅琴", "demo-sitech", ["CALL3333", "CALL2222"]),
            (True, "王强", None, ["CALL4444"]),
        ]

    def test_of_a_switchboard_may_be_anybody_of_it(self, engine: Engine):
        """Exactly whose number it is comes first; the city or the extension may be missing."""
        assert told(callers(engine, HOTLINE, "053288881234")) == [
            (True, "赵敏", "demo-fuao", ["CALL5555"]),
            (False, "总机", "demo-fuao", ["CALL5555"]),
        ]
        assert {one.exact for one in callers(engine, HOTLINE, "88881234")} == {False}

    @pytest.mark.parametrize("said", ["13911111234", "00001234", "1", "不详"])
    def test_with_another_number_is_nobody(self, engine: Engine, said: str):
        """The end of a mobile number is nobody's; a digit alone neither."""
        assert callers(engine, HOTLINE, said) == []

    def test_is_not_whom_a_mail_alone_names(self, engine: Engine):
        """Whoever writes a mail writes any name and number below it: a missed call would be said to be theirs."""
        number = "13700007777"
        with Session(engine) as session, session.begin():
            about = {"role": Role.CUSTOMER_CONTACT, "customers": ("demo-fuao",), "phone": number}
            session.add(PersonRow(id="sun", name="孙莉", **about))
        written = {"customer": Customer(None, "邮件"), "contact": Contact("无需回电", number), "title": "邮件"}
        project(engine, first_batch("CALL7777", opening=opening("CALL7777", channel="mail", **written)))
        assert whose(engine, [number]) == {}
        assert told(callers(engine, HOTLINE, number)) == [
            (True, "孙莉", "demo-fuao", []),
            (True, "无需回电", None, ["CALL7777"]),
        ]
        with engine.begin() as connection:
            its = update(TicketRow).where(TicketRow.number == "CALL7777")
            connection.execute(its.values(customer_id="demo-xinhe", stage=Stage.CLOSED))
        assert whose(engine, [number]) == {number: "无需回电"}, "somebody has identified them"

    def test_exists_for_nobody_to_whom_the_tickets_do_not(self, engine: Engine):
        """The rows of other people's reports tell nothing."""
        assert callers(engine, OTHER, "13900001234") == []

    def test_is_found_by_the_search_for_text_too(self, engine: Engine):
        """With the country before it, which nobody wrote down."""
        found, _ = page(engine, HOTLINE, Wanted(text="+86 139 0000 1234"), Order.OLDEST, Window())
        assert [row.number for row in found] == ["CALL2222", "CALL6666", "CALL3333", "CALL4444"]


class TestCustomers:
    def test_are_found_by_a_part_of_their_name_or_id(self, engine: Engine):
        """With contracts, whom to call, and how many tickets are open; not those from whom we take no report."""
        (found,) = customers(engine, HOTLINE, "DEMO-SITECH")
        assert (found.id, found.open) == ("demo-sitech", 2)
        assert [one.pack for one in found.contracts] == ["sitech"]
        assert found.contacts
        assert customers(engine, HOTLINE, "注销") == []
        assert len(customers(engine, HOTLINE, None)) > 1

    def test_are_looked_at_with_what_they_let_us_do(self, engine: Engine):
        """One from whom we take no report is not there."""
        found = customer(engine, HOTLINE, "demo-fuao", NOW)
        assert found is not None
        assert "赵敏" in {one.name for one in found.contacts}
        assert customer(engine, HOTLINE, "gone", NOW) is None


class TestSimilarTickets:
    def test_are_those_that_share_words_open_ones_first(self, engine: Engine):
        """Of the same customer; what was closed long ago does not come back."""
        found = similar(engine, HOTLINE, "营业厅接口报错", "demo-sitech", NOW)
        assert [(one.row.number, one.why) for one in found] == [
            ("CALL2222", ("营业厅接口",)),
            ("CALL6666", ("营业厅接口",)),
        ]
        later = similar(engine, HOTLINE, "营业厅接口报错", "demo-sitech", NOW + timedelta(days=60))
        assert [one.row.number for one in later] == ["CALL2222"]

    def test_are_of_everybody_where_nobody_knows_the_customer(self, engine: Engine):
        """But of nobody else for people outside."""
        found = {one.row.number for one in similar(engine, HOTLINE, "营业厅 接口", None, NOW)}
        assert found == {"CALL2222", "CALL4444", "CALL5555", "CALL6666"}
        assert similar(engine, OTHER, "营业厅 接口", None, NOW) == []


class TestTheMigration:
    def test_reads_numbers_as_the_domain_does(self, engine: Engine):
        """Who called before it is known again as who calls after it."""
        said = (
            *(
                "+86 138-0000 1234",
                "0086 13800001234",
                "8613800001234",
                "013800001234",
                "１３８００００１２３４",
                "不详",
            ),
            *("+86 532 8888 1234", "(0532) 8888 1234 转 801", "+86 400-810-1234", "+1 415 555 0100", "110"),
        )
        for place, each in enumerate(said):
            number = f"MIGR{2222 + place}"
            project(engine, first_batch(number, opening=opening(number, contact=Contact("王工", each))))
        migration = import_module("store.migrations.versions.0021_the_number_of_who_called")
        with engine.begin() as connection:
            connection.execute(text("UPDATE ticket SET contact_number = ''"))
            connection.exec_driver_sql(migration.DIGITS)
            rows = connection.execute(select(TicketRow.contact_phone, TicketRow.contact_number)).all()
        assert {row.contact_phone: row.contact_number for row in rows} == {
            row.contact_phone: phone(row.contact_phone).digits for row in rows
        }
