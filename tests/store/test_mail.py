"""Mail in the ledger: each once; which ticket it is about; whose it seems to be."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session
from temporalio.client import Client

from domain.audience.watch import Trouble
from gateway.watching import Watch
from store import erasing
from store.mail import arriving, tending, threads, waiting
from store.mail.arriving import Fetched, Place
from store.mail.tending import Done, Undone
from store.models import Became, ContractRow, MailboxRow, MailRow, NotificationRow, PersonRow, TicketRow
from store.projections import project
from store.watch.findings import open_subjects
from tests.store.samples import first_batch, spoken

NOW = datetime(2027, 3, 1, 8, tzinfo=UTC)
BOX, NUMBER, ADDRESS = "service@here", "MA222222", "zhang@customer.example"


def raw(id_: str = "one@x", body: str = "x", *, by: str = "mx1", date: str = "Mon, 1 Mar 2027 08:00:00 +0000") -> bytes:
    head = f"Received: by {by}\r\nMessage-ID: <{id_}>\r\nFrom: a@b.c\r\nDate: {date}\r\nSubject: s\r\n"
    return f"{head}\r\n{body}".encode()


@pytest.fixture
def box(engine: Engine) -> Iterator[Place]:
    """A mailbox that was set up just now."""
    with engine.begin() as connection:
        connection.execute(delete(MailRow))
        connection.execute(delete(MailboxRow))
    yield arriving.place(engine, BOX, 7, 5, NOW)
    with engine.begin() as connection:
        connection.execute(update(PersonRow).values(email=None))


@pytest.fixture(scope="module", autouse=True)
def ticket(engine: Engine) -> str:
    project(engine, first_batch(NUMBER))
    return NUMBER


def came(engine: Engine, at: Place, uid: int, mail: bytes, when: datetime = NOW) -> bool:
    return arriving.keep(engine, BOX, at, Fetched(uid, when, mail), NOW + timedelta(minutes=1))


def seen_to(engine: Engine, mail: bytes, became: Became, **more: object) -> str:
    id_ = arriving.identity(mail)
    tending.settle(engine, id_, Done(became, **more), NOW)  # type: ignore[arg-type]
    return id_


class TestAMailboxThatCannotBeRead:
    async def test_is_told_after_ten_minutes_until_it_can(self, engine: Engine, box: Place):
        async def found() -> set[str]:
            await Watch(engine, connect=_no_client, task_queue="none", mailbox=BOX).look_at_rows()
            return open_subjects(engine, Trouble.UNREAD)

        now = datetime.now(UTC)
        for minutes, is_told in ((9, False), (11, True)):
            with engine.begin() as connection:
                connection.execute(update(MailboxRow).values(failing_since=now - timedelta(minutes=minutes)))
            arriving.fails(engine, BOX, "MailboxLoginError", now)
            assert await found() == ({BOX} if is_told else set())
        arriving.was_read(engine, BOX, now)
        assert await found() == set()

    def test_is_told_though_it_was_never_read(self, engine: Engine, box: Place):
        """Its password was wrong from the start. Once it can be read, nothing is new at first."""
        arriving.fails(engine, "new@here", "MailboxLoginError", NOW)
        assert arriving.unread(engine, "new@here", NOW + timedelta(minutes=11)) == {"new@here": "MailboxLoginError"}
        later = NOW + timedelta(hours=1)
        assert arriving.place(engine, "new@here", 7, 5, later) == Place(7, 5, later)

    def test_is_nobodys_once_it_is_set_up_no_more(self, engine: Engine, box: Place):
        arriving.fails(engine, BOX, "MailboxLoginError", NOW)
        for name, left in ((BOX, {BOX: "MailboxLoginError"}), ("desk@here", {}), (None, {})):
            assert arriving.unread(engine, name, NOW + timedelta(minutes=11)) == left


async def _no_client() -> Client:
    raise ConnectionError


class TestAMail:
    def test_is_the_same_by_whichever_way_it_comes(self, engine: Engine, box: Place):
        assert came(engine, box, 5, raw())
        assert not came(engine, box, 6, raw(by="mx2")), "another copy"
        assert came(engine, box, 7, raw(body="y")), "an id that somebody else uses again suppresses nothing"

    def test_is_read_on_where_that_ended_unless_all_is_numbered_anew(self, engine: Engine, box: Place):
        came(engine, box, 5, raw())
        assert arriving.place(engine, BOX, 7, 9, NOW) == Place(7, 6, NOW)
        anew = arriving.place(engine, BOX, 8, 9, NOW)
        assert anew == Place(8, 1, NOW)
        assert not came(engine, anew, 1, raw())

    def test_of_before_the_mailbox_was_set_up_is_nobodys(self, engine: Engine, box: Place):
        assert not came(engine, box, 5, raw(), NOW - timedelta(days=1))
        assert came(engine, box, 6, raw(body="y"), NOW - timedelta(minutes=1)), "clocks differ"

    @pytest.mark.parametrize("id_", ["a\0b@x", "é@x", "a b@x"])
    def test_with_an_id_that_is_none_is_kept(self, engine: Engine, box: Place, id_: str):
        assert came(engine, box, 5, raw(id_))

    def test_is_tried_later_and_later_while_it_fails_and_after_what_is_new(self, engine: Engine, box: Place):
        came(engine, box, 5, raw())
        came(engine, box, 6, raw(body="y"), NOW + timedelta(minutes=1))
        first, second = arriving.identity(raw()), arriving.identity(raw(body="y"))
        now = NOW + timedelta(minutes=2)
        assert tending.due(engine, now) == [(first, True), (second, True)]
        begun = [tending.begin(engine, first, now) for _ in range(3)]
        assert [each.tries for each in begun if each] == [1, 2, 3]
        assert tending.due(engine, now) == [(second, True)]
        assert tending.due(engine, now + timedelta(hours=1)) == [(second, True), (first, False)]
        seen_to(engine, raw(), Became.NOISE)
        assert tending.begin(engine, first, now) is None

    def test_is_kept_as_it_came_where_nobody_can_read_it(self, engine: Engine, box: Place):
        came(engine, box, 5, raw())
        came(engine, box, 6, raw(body="y"))
        seen_to(engine, raw(), Became.UNREADABLE)
        seen_to(engine, raw(body="y"), Became.NOISE)
        with Session(engine) as session:
            assert sorted(row or b"" for row in session.scalars(select(MailRow.raw))) == [b"", raw()]


class TestWhatItIsAbout:
    def test_follows_from_a_mail_of_ours_or_one_of_theirs(self, engine: Engine, box: Place):
        with Session(engine) as session, session.begin():
            session.add(spoken(id="0f" * 16, ticket=NUMBER, recipient="duty", seq=1, created_at=NOW))
        came(engine, box, 5, raw("theirs@x"))
        seen_to(engine, raw("theirs@x"), Became.SAID, ticket=NUMBER, message_id="theirs@x")
        for refers in (["unknown@x", f"{'0f' * 16}@zhishou.example"], ["theirs@x"]):
            about = threads.about(engine, refers, "", "x@evil.example")
            assert about is not None
            assert (about.number, about.is_open) == (NUMBER, True)
        assert threads.about(engine, ["unknown@x"], "", ADDRESS) is None
        with engine.begin() as connection:
            connection.execute(delete(NotificationRow).where(NotificationRow.id == "0f" * 16))

    def test_follows_from_a_number_only_for_who_is_known_there(self, engine: Engine, box: Place):
        def found(sender: str) -> bool:
            by_subject = threads.about(engine, [], f"关于 {NUMBER} 的补充", sender)
            by_thread = threads.about(engine, [f"ticket.{NUMBER}@zhishou.example"], "", sender)
            assert (by_subject is None) == (by_thread is None)
            return by_subject is not None

        assert not found("")
        assert not found(ADDRESS)
        came(engine, box, 5, raw())
        seen_to(engine, raw(), Became.OPENED, ticket=NUMBER, sender=ADDRESS)
        assert found(ADDRESS)
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "engineer").values(email="Ours@zhishou.example"))
            connection.execute(update(PersonRow).where(PersonRow.id == "vendor").values(email="v@vendor.example"))
        assert found("ours@zhishou.example")
        assert not found("v@vendor.example")
        with engine.begin() as connection:
            connection.execute(update(TicketRow).where(TicketRow.number == NUMBER).values(vendors=("vendor",)))
        assert found("v@vendor.example"), "they have a case on it"

    def test_is_their_own_where_others_have_called_a_mail_the_same(self, engine: Engine, box: Place):
        """Whoever has a copy of a mail knows its id, and could draw what is answered to it onto a ticket of theirs."""
        for uid, sender in enumerate(("x@evil.example", ADDRESS, "y@evil.example"), 5):
            mail = raw("same@x", sender)
            came(engine, box, uid, mail)
            ticket = NUMBER if sender == ADDRESS else f"EV{uid}22222"
            seen_to(engine, mail, Became.OPENED, ticket=ticket, message_id="same@x", sender=sender)
        about = threads.about(engine, ["same@x"], "", ADDRESS)
        assert about is not None
        assert about.number == NUMBER

    def test_is_waited_for_where_that_came_before_and_never_in_a_circle(self, engine: Engine, box: Place):
        came(engine, box, 5, raw("first@x"))

        def waits(uid: int) -> bool:
            return threads.is_awaited(
                engine, ["first@x"], Undone("answer", b"", cut=False, came_at=NOW, uid=uid, tries=1)
            )

        assert waits(6), "in the same second"
        assert not waits(5)
        assert not waits(4)
        seen_to(engine, raw("first@x"), Became.NOISE)
        assert not waits(6)


class TestWhoWroteIt:
    def test_is_somebody_where_one_person_alone_has_the_address(self, engine: Engine, box: Place):
        with engine.begin() as connection:
            one = update(PersonRow).where(PersonRow.id == "customer")
            connection.execute(one.values(email=ADDRESS.upper(), customers=("demo-sitech",)))
        found = threads.writer(engine, ADDRESS, NOW)
        assert found is not None
        assert (found.id, found.customer, found.contract is not None) == ("customer", "demo-sitech", True)
        with engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == "tech").values(email=ADDRESS))
        assert threads.writer(engine, ADDRESS, NOW) is None
        assert threads.writer(engine, "", NOW) is None

    def test_is_of_no_customer_where_they_act_for_several(self, engine: Engine, box: Place):
        with engine.begin() as connection:
            several = ("demo-sitech", "demo-xinhe")
            connection.execute(
                update(PersonRow).where(PersonRow.id == "customer").values(email=ADDRESS, customers=several)
            )
        found = threads.writer(engine, ADDRESS, NOW)
        assert found is not None
        assert (found.customer, found.contract) == (None, None)

    def test_reports_under_the_contract_that_is_in_force(self, engine: Engine, box: Place):
        """Their customer has renewed: what has ended is on record still, and what follows is already."""
        ended, begins = {"ends_on": NOW.date() - timedelta(days=1)}, {"starts_on": NOW.date() + timedelta(days=9)}
        with engine.begin() as connection:
            one = update(PersonRow).where(PersonRow.id == "customer")
            connection.execute(one.values(email=ADDRESS, customers=("demo-fuao",)))
            for name, days in (("last", ended), ("next", begins)):
                row = {"id": f"mailed-{name}", "customer": "demo-fuao", "pack": "fuao", "switches": {}, "active": True}
                connection.execute(insert(ContractRow).values(row | days))
        found = threads.writer(engine, ADDRESS, NOW)
        assert found is not None
        assert found.contract == "demo-fuao-2026"


class TestAFlood:
    def test_is_counted_a_sender_and_told_once_an_hour(self, engine: Engine, box: Place):
        for nth in range(3):
            came(engine, box, 5 + nth, raw(f"{nth}@x"))
            seen_to(engine, raw(f"{nth}@x"), Became.OPENED, ticket=NUMBER if nth == 1 else "GONE2222", sender=ADDRESS)
        since = NOW - timedelta(hours=1)
        assert threads.opened_lately(engine, ADDRESS, since) == (3, NUMBER)
        assert threads.opened_lately(engine, "other@x", since) == (0, None)
        assert threads.opened_lately(engine, None, NOW) == (0, None)
        told = select(NotificationRow.recipient).where(NotificationRow.data == {"mail": ""})
        for minute in (0, 10):
            waiting.tell_of_flood(engine, NOW + timedelta(minutes=minute))
        with engine.connect() as connection:
            recipients = list(connection.scalars(told))
        assert len(recipients) == len(set(recipients)) > 0
        assert "duty" in recipients


def test_a_ticket_that_was_merged_is_what_it_went_on_as(engine: Engine, box: Place):
    project(engine, first_batch("MA333333"))
    with engine.begin() as connection:
        connection.execute(update(TicketRow).where(TicketRow.number == "MA333333").values(merged_into=NUMBER))
    came(engine, box, 5, raw())
    seen_to(engine, raw(), Became.SAID, ticket="MA333333", message_id="one@x")
    about = threads.about(engine, ["one@x"], "", "")
    assert about is not None
    assert about.number == NUMBER


def test_who_wrote_it_goes_with_the_contacts_of_its_ticket(engine: Engine, box: Place):
    came(engine, box, 5, raw())
    seen_to(engine, raw(), Became.OPENED, ticket=NUMBER, sender=ADDRESS, name="张三", subject="张三的机器")
    with engine.begin() as connection:
        erasing._erase_contacts(connection, NUMBER)
        columns = (MailRow.sender, MailRow.name, MailRow.subject, MailRow.message_id, MailRow.ticket)
        row = connection.execute(select(*columns)).one()
    assert tuple(row) == ("", "", "", "", NUMBER)
