"""Whoever comes to answer for a customer is told what its tickets wait for already."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from domain.contract.calendars import CHINA
from domain.matters.consents import ConsentChannel
from domain.people.actors import Actor, Role
from domain.ticket.opening import Customer
from domain.ticket.timeline import Happening
from store.models import Agreement, AgreementNewsRow, NotificationRow
from store.projections import project
from store.projections.newcomers import tell_newcomer
from store.registry import deputies, news, people
from store.registry.records import Deputyship, Person
from tests.store.samples import entry, first_batch, next_batch, opening, summary

CUSTOMER = "demo-sitech"
APPLICATION = {"title": "更换主控板", "plan": "今晚切换", "risk": "中断十分钟", "version": 1}
WAITING = summary(waits_for=("approval",), assignee="engineer")
TECH = Actor("tech", Role.CUSTOMER_APPROVER, (CUSTOMER,), "technical")
BUSINESS = Actor("business", Role.CUSTOMER_APPROVER, (CUSTOMER,), "business")


@pytest.fixture(autouse=True)
def no_other_news(engine: Engine) -> Iterator[None]:
    """What is untold is what the test brought, and nothing waits from one test to the next."""
    yield
    with engine.begin() as connection:
        connection.execute(delete(AgreementNewsRow))
        connection.exec_driver_sql("UPDATE ticket SET waits_for = '{}'")


def tell_all(engine: Engine) -> list[news.News]:
    """What the API's task does each second, of people."""
    found = [one for one in news.untold(engine) if one.kind is Agreement.PERSON]
    for one in found:
        tell_newcomer(engine, one.customer, one.about, datetime.now(UTC))
        news.note_told(engine, one)
    return found


def told(engine: Engine, number: str, person: str) -> list[NotificationRow]:
    """What somebody was told of a ticket."""
    meant = (NotificationRow.ticket == number, NotificationRow.recipient == person)
    with Session(engine, expire_on_commit=False) as session:
        return list(session.scalars(select(NotificationRow).where(*meant).order_by(NotificationRow.seq)))


def number() -> str:
    return f"NEW{uuid.uuid4().hex[:5]}".upper()


def newcomer(engine: Engine, role: Role, department: str | None = None) -> str:
    """Somebody new of the customer."""
    new = Person(f"p-{uuid.uuid4().hex[:8]}", "韩梅", role, department=department, customers=(CUSTOMER,))
    return people.add_person(engine, new).id


def deputed(engine: Engine, begins: datetime) -> None:
    """The contact stands in for the technical approver for a day."""
    day = begins.astimezone(CHINA).date()
    new = Deputyship(
        id="",
        customer=CUSTOMER,
        approver="tech",
        deputy="customer",
        starts_on=day,
        ends_on=day,
        named_by="tech",
        channel=ConsentChannel.WEB,
        recorded_by="tech",
        recorded_at=datetime.now(UTC),
    )
    deputies.name_deputy(engine, new, TECH)


class TestAnApplicationThatWaits:
    def applied(self, engine: Engine, *, approved: Actor | None = None) -> str:
        """A ticket whose application waits; a department may have spoken already."""
        one = number()
        project(engine, first_batch(one, entry(3, Happening.MAJOR_APPLIED, data=APPLICATION), summary=WAITING))
        if approved is not None:
            said = {"version": 1, "department": approved.department}
            heard = entry(4, Happening.APPROVED, actor=approved, data=said)
            project(engine, next_batch(one, heard, summary=WAITING))
        return one

    def test_is_told_to_whoever_becomes_an_approver(self, engine: Engine):
        """In the words in which it was asked, as of now, once; who knew of it hears nothing again."""
        one = self.applied(engine)
        knew = told(engine, one, "business")
        new = newcomer(engine, Role.CUSTOMER_APPROVER, "business")
        assert [each.about for each in tell_all(engine)] == [new]
        (message,) = told(engine, one, new)
        (first,) = knew
        assert (message.title, message.text, message.action) == (first.title, first.text, first.action)
        assert message.created_at > first.created_at
        tell_newcomer(engine, CUSTOMER, new, datetime.now(UTC))
        tell_newcomer(engine, CUSTOMER, "business", datetime.now(UTC))
        assert [each.id for each in told(engine, one, new)] == [message.id]
        assert [each.id for each in told(engine, one, "business")] == [first.id]

    def test_is_told_to_nobody_whose_department_has_spoken(self, engine: Engine):
        one = self.applied(engine, approved=BUSINESS)
        new = newcomer(engine, Role.CUSTOMER_APPROVER, "business")
        other = newcomer(engine, Role.CUSTOMER_APPROVER, "technical")
        tell_all(engine)
        assert not told(engine, one, new)
        assert told(engine, one, other)

    def test_is_told_to_a_deputy_when_their_days_begin(self, engine: Engine):
        """In whose place; of one who begins tomorrow, not before."""
        one = self.applied(engine)
        before = told(engine, one, "customer")
        deputed(engine, datetime.now(UTC) + timedelta(days=1))
        assert not tell_all(engine)
        deputed(engine, datetime.now(UTC))
        assert [each.about for each in tell_all(engine)] == ["customer"]
        (message,) = told(engine, one, "customer")[len(before) :]
        assert message.text["zh"].startswith("您作为马俊峰（技术部门）的代理人收到此消息。")

    def test_is_told_to_whoever_gets_the_department_later(self, engine: Engine):
        """A change of somebody who was there already; one of their phone asks nothing."""
        one = self.applied(engine)
        new = newcomer(engine, Role.CUSTOMER_CONTACT)
        tell_all(engine)
        assert not told(engine, one, new)
        people.change_person(engine, new, {"phone": "13911110001"})
        assert not tell_all(engine)
        people.change_person(engine, new, {"role": Role.CUSTOMER_APPROVER, "department": "technical"})
        tell_all(engine)
        assert told(engine, one, new)


class TestAnotherQuestion:
    def test_is_told_to_whoever_becomes_a_contact_while_it_is_open(self, engine: Engine):
        """Of several parts the one that nobody has answered; of what was asked twice, what was asked last."""
        one = number()
        asked = (
            entry(3, Happening.PART_REQUESTED, data={"part": "P1", "text": "打印头"}),
            entry(4, Happening.PART_REQUESTED, data={"part": "P2", "text": "电源"}),
            entry(5, Happening.PART_AGREED, data={"part": "P1", "text": "可以"}),
            entry(6, Happening.REMOTE_REQUESTED, data={"scope": "日志", "text": "查原因"}),
            entry(7, Happening.REMOTE_REQUESTED, data={"scope": "数据库", "text": "查原因"}),
        )
        project(engine, first_batch(one, *asked, summary=summary(waits_for=("remote_grant", "part_agreement"))))
        new = newcomer(engine, Role.CUSTOMER_CONTACT)
        tell_all(engine)
        part, remote = told(engine, one, new)
        assert (part.seq, remote.seq) == (4, 7)
        assert (part.title["zh"], remote.title["zh"]) == ("请确认是否更换备件", "请答复远程授权申请")
        approver = newcomer(engine, Role.CUSTOMER_APPROVER, "technical")
        engineer = people.add_person(engine, Person(f"p-{uuid.uuid4().hex[:8]}", "赵强", Role.ENGINEER)).id
        tell_all(engine)
        assert not told(engine, one, approver)
        assert not told(engine, one, engineer)

    def test_is_told_to_the_people_of_the_customer_whose_report_it_turns_out_to_be(self, engine: Engine):
        """What was asked while nobody knew who called reached nobody; a corrected contact asks nobody again."""
        one, nobody = number(), Customer(None, "某单位")
        asked = entry(3, Happening.REMOTE_REQUESTED, data={"scope": "日志", "text": "查原因"})
        waits = summary(waits_for=("remote_grant",))
        unknown = {"opening": opening(one, customer=nobody), "summary": replace(waits, customer=nobody)}
        project(engine, first_batch(one, asked, **unknown))
        assert not told(engine, one, "customer")
        found = {"customer": CUSTOMER, "before": {"customer": None}}
        project(engine, next_batch(one, entry(4, Happening.IDENTIFIED, data=found), summary=waits))
        assert "customer" in {each.about for each in tell_all(engine)}
        assert "请答复远程授权申请" in [each.title["zh"] for each in told(engine, one, "customer")]
        corrected = {"customer": CUSTOMER, "before": {"customer": CUSTOMER}}
        project(engine, next_batch(one, entry(5, Happening.IDENTIFIED, data=corrected), summary=waits))
        assert not tell_all(engine)
