"""Who wrote a mail, or called, is named nowhere in the read model once that is erased, and is found before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from domain.audience.mail import unproven
from domain.audience.reaching import Way
from domain.people.actors import SYSTEM
from domain.ticket.opening import Contact, Customer
from domain.ticket.stages import Stage
from domain.ticket.timeline import Happening
from runtime.blobs import Blobs
from runtime.settings import Given
from store.erasing import concerned, erase
from store.kept import kept_of, kept_of_caller
from store.models import (
    Became,
    Delivered,
    DeliveryRow,
    EntryRow,
    MailboxRow,
    MailRow,
    NotificationRow,
    PersonRow,
    PhoneCallRow,
    TicketRow,
)
from store.projections import project
from tests.store.samples import RECEIVED, entry, first_batch, opening, spoken, summary

NUMBER, ADDRESS, NAME, PHONE = "UNT22222", "Zhao@Customer.example", "赵敏", "0532 8888 1234"
WRITER = f"{NAME} <{ADDRESS.lower()}>"
TOLD = "赵敏 报障"


@pytest.fixture
def told(engine: Engine) -> Iterator[Engine]:
    """A ticket of a mail that is over, a call, and a newsletter, all of one person; and of what people were told."""
    nobody, contact = Customer(None, WRITER), Contact(NAME, ADDRESS)
    report = opening(NUMBER, customer=nobody, contact=contact, channel="mail", opener=SYSTEM)
    report = opening(NUMBER, **{**_as(report), "description": unproven(WRITER, NAME, "存储掉线")})
    mailed = entry(3, Happening.MAILED, actor=SYSTEM, data={"writer": WRITER, "subject": "再说", "text": "还是不行"})
    closed = summary(received_at=RECEIVED, customer=nobody, contact=contact, stage=Stage.CLOSED, closed_at=RECEIVED)
    project(engine, first_batch(NUMBER, mailed, opening=report, summary=closed))
    with Session(engine) as session, session.begin():
        session.add(MailboxRow(name="untold", validity=1, next_uid=1, since=RECEIVED))
        session.flush()
        session.add_all([_mail("one", NUMBER, Became.OPENED), _mail("news", None, Became.NOISE)])
        session.add(_call())
        session.flush()
        session.add_all(_messages())
        session.flush()
        session.add_all(_delivery(id_) for id_ in ("untold-call", "untold-mail"))
    yield engine
    with engine.begin() as connection:
        for table, which in (
            (DeliveryRow, DeliveryRow.message.like("untold%")),
            (NotificationRow, NotificationRow.id.like("untold%")),
            (MailRow, MailRow.mailbox == "untold"),
            (MailboxRow, MailboxRow.name == "untold"),
            (PhoneCallRow, PhoneCallRow.id == "untold"),
        ):
            connection.execute(delete(table).where(which))


def _as(report: Any) -> dict[str, Any]:
    return {name: getattr(report, name) for name in ("customer", "contact", "channel", "opener")}


def _mail(id_: str, ticket: str | None, became: Became) -> MailRow:
    where = {"mailbox": "untold", "validity": 1, "uid": 1, "came_at": RECEIVED, "cut": False, "next_at": RECEIVED}
    who = {"sender": ADDRESS.lower(), "name": NAME, "message_id": f"{id_}@zhao-laptop", "subject": "存储"}
    return MailRow(id=f"untold-{id_}", ticket=ticket, became=became, done_at=RECEIVED, **where, **who)


def _call() -> PhoneCallRow:
    times = {"rang_at": RECEIVED, "ended_at": RECEIVED, "returned_at": RECEIVED + timedelta(minutes=1)}
    return PhoneCallRow(id="untold", number=PHONE, digits="053288881234", **times)


def _messages() -> Iterator[NotificationRow]:
    for id_, data, words in (
        ("untold-mail", {"mail": "untold-one"}, TOLD),
        ("untold-call", {"phone_call": "untold"}, f"漏接来电：{NAME} {PHONE}"),
    ):
        said = {"zh": words, "en": f"{words}."}
        yield spoken(id=id_, recipient="duty", happening=None, title=said, text=said, data=data, created_at=RECEIVED)


def _delivery(message: str) -> DeliveryRow:
    state = {"state": Delivered.SENT, "next_at": RECEIVED, "as_of": RECEIVED, "said": f"250 queued for {NAME}"}
    return DeliveryRow(message=message, channel=Way.MAIL, recipient="duty", created_at=RECEIVED, **state)


def said(engine: Engine) -> str:
    """All that stands in these tables of it."""
    found: list[Any] = []
    with engine.connect() as connection:
        for table, which in (
            (TicketRow, TicketRow.number == NUMBER),
            (EntryRow, EntryRow.ticket == NUMBER),
            (NotificationRow, NotificationRow.id.like("untold%")),
            (DeliveryRow, DeliveryRow.message.like("untold%")),
            (MailRow, MailRow.mailbox == "untold"),
            (PhoneCallRow, PhoneCallRow.id == "untold"),
        ):
            columns = [each for each in table.__table__.columns if each.name != "searched_pairs"]
            found += connection.execute(select(*columns).where(which)).all()
    return str(found)


def test_what_somebody_wrote_from_an_address_is_found_by_it(told: Engine):
    rows = kept_of_caller(told, "", ADDRESS)
    assert [row["number"] for row in rows["ticket"]] == [NUMBER]
    assert {row["id"] for row in rows["mail"]} == {"untold-one", "untold-news"}
    assert rows["phone_call"] == []
    of_call = kept_of_caller(told, PHONE)
    assert [row["id"] for row in of_call["phone_call"]] == ["untold"]
    assert [row["id"] for row in of_call["notification"]] == ["untold-call"]
    assert kept_of_caller(told, "", " ") == {}


def test_what_somebody_with_an_account_wrote_is_found_by_it(told: Engine):
    with told.begin() as connection:
        connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(email=ADDRESS))
        product = {"name": "wecom", "validity": 0, "next_uid": 0, "since": RECEIVED}
        connection.execute(insert(MailboxRow).values(product))
        chat = {
            "id": "untold-chat",
            "mailbox": "wecom",
            "sender": "customer@wecom",
            "raw": "未读".encode(),
            "became": None,
        }
        connection.execute(update(MailRow).where(MailRow.id == "untold-news").values(**chat))
    try:
        rows = kept_of(told, "customer")
        assert {row["id"] for row in rows["mail"]} >= {"untold-one", "untold-chat"}
        assert (NUMBER, 3) in {(row["ticket"], row["seq"]) for row in rows["entry"]}
    finally:
        with told.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(email=None))


def test_a_call_that_somebody_is_still_to_return_is_named_and_not_erased(told: Engine):
    now = datetime.now(UTC)
    with told.begin() as connection:
        waits = {"rang_at": now, "ended_at": now, "returned_at": None}
        connection.execute(update(PhoneCallRow).where(PhoneCallRow.id == "untold").values(waits))
    order = concerned(told, PHONE, ())
    assert order.calls == ((), ("untold",))


def test_whoever_wrote_and_called_is_named_nowhere_afterwards(told: Engine, tmp_path: Any):
    words = (NAME, ADDRESS, ADDRESS.lower(), PHONE, "053288881234", "zhao-laptop")
    before = said(told)
    assert all(word in before for word in words)
    order = concerned(told, PHONE, (), mail=ADDRESS)
    assert order.tickets.goes == (NUMBER,)
    blobs = Blobs(Given(home=tmp_path).uploads_folder)
    for _ in range(2):
        erase(told, blobs, order, "request 35", RECEIVED)
    after = said(told)
    assert not [word for word in words if word in after]
    assert "存储掉线" in after, "what people wrote stays"
