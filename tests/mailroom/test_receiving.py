"""Mail in a real Dovecot: each becomes what it is, once, whatever dies meanwhile, and none holds up another."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from store.models import AttachmentRow, Became, EntryRow, TicketRow
from tests.mailroom.cases import ICS, PASSED
from tests.mailroom.conftest import Receiving, becomes, is_read, ledger
from tests.mailroom.dovecot import Dovecot
from tests.mailroom.writing import PNG, SENDER, encoded, mail, of_parts, part
from tests.patience import eventually
from tests.served import Served


def called(id_: str, raw: bytes) -> bytes:
    return raw.replace(b"<m1@customer.example>", f"<{id_}>".encode())


def ticket(desk: Served, number: str | None, user: str = "commercial") -> dict[str, Any]:
    eventually(lambda: desk.as_user(user).get(f"/api/tickets/{number}").status_code == 200, f"{number} is there")
    return dict(desk.as_user(user).get(f"/api/tickets/{number}").json())


def mailed(desk: Served, number: str | None) -> list[dict[str, Any]]:
    asked = (
        select(EntryRow.data).where(EntryRow.ticket == number, EntryRow.happening == "mailed").order_by(EntryRow.seq)
    )
    with desk.engine.connect() as connection:
        return list(connection.scalars(asked))


def files(desk: Served, number: str | None) -> dict[str, str]:
    with desk.engine.connect() as connection:
        asked = select(AttachmentRow.name, AttachmentRow.media_type).where(AttachmentRow.ticket == number)
        return {row.name: row.media_type for row in connection.execute(asked)}


class TestAReport:
    def test_of_somebody_whom_a_server_vouches_for_is_their_customers(self, reading: Served, post: Dovecot):
        post.put(called("known@x", mail("存储掉线了", subject=encoded("存储故障", "gb18030", "gb2312"), more=[PASSED])))
        row = becomes(reading, "known@x")
        assert row.became is Became.OPENED
        found = ticket(reading, row.ticket)
        assert (found["title"], found["description"], found["channel"]) == ("存储故障", "存储掉线了", "mail")
        assert found["customer"]["id"] is not None
        assert not post.flags()[0].count(b"Seen"), "nothing is changed in the mailbox"

    def test_of_whoever_only_says_so_is_nobodys_yet(self, reading: Served, post: Dovecot):
        post.put(called("spoofed@x", mail("我是张三", subject="urgent")))
        found = ticket(reading, becomes(reading, "spoofed@x").ticket)
        assert found["customer"]["id"] is None
        assert "来源未经核实" in found["description"]
        assert reading.as_user("customer").get(f"/api/tickets/{found['number']}").status_code == 404

    def test_brings_its_files_if_they_are_what_they_say(self, reading: Served, post: Dovecot):
        post.put(
            called(
                "files@x",
                of_parts(
                    part("见附件"),
                    part(PNG, "application/octet-stream; name=a.png", disposition="attachment"),
                    part(b"MZ\x90", "application/x-msdownload; name=a.exe", disposition="attachment"),
                    part(b"<script>", "image/png; name=b.png", disposition="attachment"),
                ),
            )
        )
        row = becomes(reading, "files@x")
        assert files(reading, row.ticket) == {"a.png": "image/png"}
        assert "a.exe、b.png" in ticket(reading, row.ticket)["description"]

    def test_that_is_long_is_whole_in_a_file(self, reading: Served, post: Dovecot):
        post.put(called("long@x", mail("很长的一段话。" * 2000, sender="long@customer.example")))
        row = becomes(reading, "long@x")
        assert len(ticket(reading, row.ticket)["description"]) <= 4000
        assert files(reading, row.ticket) == {"邮件全文.txt": "text/plain"}

    def test_waits_on_the_desk_until_somebody_of_ours_does_anything(self, reading: Served, post: Dovecot):
        post.put(
            *(called(f"{each}@x", mail("等人受理", sender=f"{each}@customer.example")) for each in ("waits", "said"))
        )
        row, said = becomes(reading, "waits@x"), becomes(reading, "said@x")
        there = {each["id"]: each for each in reading.as_user("commercial").get("/api/desk/mails").json()["items"]}
        assert there[row.id]["ticket"] == row.ticket
        assert reading.as_user("customer").get("/api/desk/mails").status_code == 403
        ticket(reading, row.ticket)
        assert reading.command("commercial", str(row.ticket), "note", text="已转工程师").status_code == 200
        for _ in range(2):
            taken = reading.as_user("hotline").post(f"/api/desk/mails/{said.id}/take")
            assert taken.json()["taken_by"] == "hotline"
        eventually(lambda: not {row.id, said.id} & waiting(reading), "nobody waits")


def waiting(desk: Served) -> set[str]:
    return {each["id"] for each in desk.as_user("commercial").get("/api/desk/mails").json()["items"]}


class TestAnAnswer:
    @pytest.fixture
    def number(self, reading: Served, post: Dovecot) -> str:
        id_ = f"first{datetime.now(UTC).timestamp()}@x"
        post.put(called(id_, mail(f"第一封 {id_}", more=[PASSED])))
        self.first = id_
        return str(ticket(reading, becomes(reading, id_).ticket)["number"])

    def test_goes_to_the_ticket_of_what_it_answers(self, reading: Served, post: Dovecot, number: str):
        quoted = '又掉线了\n\n在 2026-11-27 10:00:00，"值守" <a@b.c> 写道：\n旧的'
        answer = of_parts(
            part(quoted), part(PNG, "image/png; name=a.png"), subject="Re: x", more=[f"References: <{self.first}>"]
        )
        post.put(called(f"answer-{self.first}", answer))
        row = becomes(reading, f"answer-{self.first}")
        assert (row.became, row.ticket) == (Became.SAID, number)
        eventually(lambda: bool(mailed(reading, number)), "it stands on the ticket")
        (said,) = mailed(reading, number)
        assert (said["text"], said["vouched"]) == ("又掉线了", False)
        assert SENDER in said["writer"]
        assert len(said["attachments"]) == len(files(reading, number)) == 1

    def test_by_its_number_alone_goes_there_only_from_who_is_known_there(
        self, reading: Served, post: Dovecot, number: str
    ):
        post.put(
            called(f"theirs-{self.first}", mail("补充", subject=f"工单 {number}")),
            called(f"others-{self.first}", mail("补充", subject=f"工单 {number}", sender="x@evil.example")),
        )
        assert becomes(reading, f"theirs-{self.first}").ticket == number
        other = becomes(reading, f"others-{self.first}")
        assert (other.became, other.ticket == number) == (Became.OPENED, False)

    def test_does_nothing_but_speak(self, reading: Served, post: Dovecot, number: str):
        before = ticket(reading, number)
        post.put(
            called(
                f"agrees-{self.first}",
                mail("同意。批准。确认解决。", subject="Re: x", more=[f"In-Reply-To: <{self.first}>", PASSED]),
            )
        )
        becomes(reading, f"agrees-{self.first}")
        eventually(lambda: bool(mailed(reading, number)), "it stands on the ticket")
        after = ticket(reading, number)
        assert {name for name in before if before[name] != after[name]} <= {
            "seq",
            "version",
            "changed_at",
            "updated_at",
        }


class TestWhatNobodyWroteToUs:
    def test_opens_nothing(self, reading: Served, post: Dovecot):
        noise = {
            "away@x": mail(more=["Auto-Submitted: auto-replied"]),
            "news@x": mail(more=["List-Unsubscribe: <https://x>"]),
            "bounce@x": of_parts(part("550"), kind="report; report-type=delivery-status"),
            "meeting@x": mail(ICS.format("REQUEST"), type_="text/calendar"),
        }
        post.put(
            *(called(id_, raw) for id_, raw in noise.items()),
            called("behind@x", mail("真的报障", sender="behind@customer.example")),
        )
        assert becomes(reading, "behind@x").became is Became.OPENED
        assert {id_: becomes(reading, id_).became for id_ in noise} == dict.fromkeys(noise, Became.NOISE)
        assert {becomes(reading, id_).ticket for id_ in noise} == {None}

    def test_and_what_nobody_can_read_is_kept_told_and_holds_nothing_up(self, reading: Served, post: Dovecot):
        deep = "".join(f'--{n}\nContent-Type: multipart/mixed; boundary="{n + 1}"\n\n' for n in range(500))
        post.put(
            mail(deep, type_='multipart/mixed; boundary="0"'),
            called("after@x", mail("下一封", sender="after@customer.example")),
        )
        assert becomes(reading, "after@x").became is Became.OPENED
        eventually(lambda: any(row.became is Became.UNREADABLE for row in ledger(reading).values()), "it is told")
        lost = next(row for row in ledger(reading).values() if row.became is Became.UNREADABLE)
        assert lost.id in waiting(reading)


class TestEachOnce:
    def test_whatever_dies_in_between(self, desk: Served, post: Dovecot, receiver: Receiving, tmp_path: Path):
        with receiver():
            eventually(lambda: is_read(desk), "the mailbox is read")
        points = ("kept", "opened", "taken", "signalled")
        for point in points:
            (tmp_path / point).touch()
        mails = [called(f"once-{nth}@x", mail(f"第 {nth} 封", sender=f"s{nth}@customer.example")) for nth in range(4)]
        answer = called("once-answer@x", mail("答复", sender="s0@customer.example", more=["In-Reply-To: <once-0@x>"]))
        post.put(*mails, answer)
        for _ in points:
            with receiver(ZHISHOU_FAILPOINTS=str(tmp_path)) as process:
                eventually(lambda process=process: process.poll() is not None, "it dies")  # type: ignore[misc]
        with receiver():
            rows = [becomes(desk, f"once-{nth}@x") for nth in range(4)]
            said = becomes(desk, "once-answer@x")
        assert {row.became for row in rows} == {Became.OPENED}
        assert (said.became, said.ticket) == (Became.SAID, rows[0].ticket)
        eventually(lambda: len(mailed(desk, said.ticket)) == 1, "it stands there once")
        with desk.engine.connect() as connection:
            titles = select(TicketRow.number).where(
                TicketRow.description.contains("第 ") & (TicketRow.channel == "mail")
            )
            assert len(connection.execute(titles).all()) == 4

    def test_though_its_server_numbers_all_anew(self, desk: Served, post: Dovecot, receiver: Receiving):
        with receiver():
            eventually(lambda: is_read(desk), "the mailbox is read")
            post.put(called("numbered@x", mail("只算一次")))
            number = becomes(desk, "numbered@x").ticket
        before = len(ledger(desk))
        post.numbers_anew()
        post.put(called("numbered-later@x", mail("之后的", sender="later@customer.example")))
        with receiver():
            assert becomes(desk, "numbered-later@x").became is Became.OPENED
        assert len(ledger(desk)) == before + 1
        assert ledger(desk)["numbered@x"].ticket == number

    def test_and_what_lay_there_before_it_was_set_up_never(self, reading: Served, post: Dovecot):
        post.put(called("old@x", mail("去年的")), at=datetime.now(UTC) - timedelta(days=300))
        post.put(called("young@x", mail("现在的", sender="young@customer.example")))
        assert becomes(reading, "young@x").became is Became.OPENED
        assert "old@x" not in ledger(reading)


class TestAFlood:
    def test_of_one_sender_is_folded_into_their_last_ticket(self, reading: Served, post: Dovecot):
        post.put(*(called(f"flood-{nth}@x", mail(f"告警 {nth}", sender="alarm@customer.example")) for nth in range(13)))
        rows = [becomes(reading, f"flood-{nth}@x") for nth in range(13)]
        assert [row.became for row in rows] == [Became.OPENED] * 10 + [Became.FOLDED] * 3
        assert {row.ticket for row in rows[10:]} == {rows[9].ticket}
