"""Approval links: a credential that opens one decision for one person, and says nothing to anybody else."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, event, text, update
from sqlalchemy.orm import Session

from demo.people import PEOPLE
from store.models import ApprovalLinkRow, PersonRow
from tests.links import APPLICATION, Letter, applied, apply, issued, letter, timeline
from tests.patience import PATIENCE_S
from tests.served import ANSWERING, Served, served

#: Headers of programs that open every link of a mail before its reader does.
SCANNERS = (
    {"User-Agent": "Mozilla/5.0 (compatible; SafeLinks)"},
    {"Purpose": "prefetch", "Sec-Purpose": "prefetch"},
    {"User-Agent": "WeChat/8.0", "Accept": "*/*"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
)


@pytest.fixture(scope="module")
def another(desk: Served) -> Iterator[Served]:
    """The same installation's API once more, as in another process."""
    with served(desk.settings) as running:
        yield running


@pytest.fixture
def number(desk: Served) -> str:
    """A major incident whose application waits for both departments."""
    return applied(desk)


def told(answer: httpx2.Response) -> tuple[int, str, dict[str, str]]:
    """All that an answer tells, but its own number and the time."""
    own = {"x-request-id", "date", "server"}
    return answer.status_code, answer.text, {name: value for name, value in answer.headers.items() if name not in own}


def asked(desk: Served, number: str) -> list[dict[str, Any]]:
    """What people brought about; a major incident brings a consultation by itself, in its own time (000-28)."""
    return [line for line in timeline(desk, number) if line["command_id"]]


def words(desk: Served) -> set[str]:
    """What no page may name that is not the holder's."""
    return {APPLICATION["title"], APPLICATION["plan"], *(who.name for who in PEOPLE.values())}


@contextmanager
def after_readings(many: int, phone: Letter, happens: Callable[[], object]) -> Iterator[None]:
    """What happens once, all of it, when so much was read to answer the letter's holder, who goes on afterwards."""
    turns = iter([*[None] * (many - 1), happens])

    def read(*_: Any) -> None:
        if ANSWERING.get() == phone.path and (due := next(turns, None)) is not None:
            due()

    event.listen(Engine, "after_cursor_execute", read)
    try:
        yield
    finally:
        event.remove(Engine, "after_cursor_execute", read)
    assert next(turns, "nothing") == "nothing", "it was not read so often"


class TestLooking:
    def test_decides_nothing_however_often_programs_do_it(self, desk: Served, number: str):
        """Twenty scanners of links, with GET and HEAD."""
        phone, before = letter(desk, number), asked(desk, number)
        for scanner in SCANNERS * 5:
            assert phone.look(**scanner).status_code == 200
            head = phone.look("HEAD", **scanner)
            assert (head.status_code, head.content) == (200, b"")
        assert asked(desk, number) == before
        with Session(desk.engine) as session:
            rows = session.query(ApprovalLinkRow).filter_by(ticket=number).all()
        assert [(row.used_at, row.command_id) for row in rows] == [(None, None)]
        assert phone.answer().status_code == 200

    @pytest.mark.parametrize("query", ["decision=approve&opinion=x", "opinion=x", "_method=POST&decision=approve"])
    def test_with_an_answer_in_the_address_decides_nothing(self, desk: Served, number: str, query: str):
        """Only the form answers."""
        phone = letter(desk, number)
        assert desk.stranger.get(f"{phone.path}?{query}").status_code == 200
        assert asked(desk, number)[-1]["happening"] == "major_applied"

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
    def test_in_any_other_way_is_no_way(self, desk: Served, number: str, method: str):
        """405."""
        assert letter(desk, number).look(method).status_code == 405


class TestALink:
    def test_that_opens_nothing_says_so_always_in_the_same_words(self, desk: Served, number: str):
        """Unknown, cut off, expired or revoked: nobody can tell which, nor that there ever was a ticket."""
        revoked = letter(desk, number)
        expired = letter(desk, number, "business", ago=timedelta(hours=3), lasts=timedelta(hours=2))
        used = letter(desk, number, "business", ago=timedelta(hours=3), lasts=timedelta(hours=4))
        assert used.answer().status_code == 200
        with desk.engine.begin() as connection:
            over = update(ApprovalLinkRow).where(ApprovalLinkRow.used_at.is_not(None), ApprovalLinkRow.ticket == number)
            connection.execute(over.values(expires_at=text("created_at")))
        live = letter(desk, number)
        dead = [
            Letter(desk, f"/a/{'x' * 43}"),
            Letter(desk, live.path[:-1]),
            Letter(desk, live.path + "A"),
            Letter(desk, "/a/%00"),
            Letter(desk, "/a/%27%20OR%201=1%20--"),
            revoked,
            expired,
            used,
        ]
        looks, answers = ([told(one.look()) for one in dead], [told(one.answer()) for one in dead])
        assert all(look == looks[0] for look in looks)
        assert all(answer == looks[0] for answer in answers)
        status, page, _ = looks[0]
        assert (status, "这个链接打不开了" in page) == (404, True)
        assert number not in page
        assert not [word for word in words(desk) if word in page]
        assert live.look().status_code == 200

    def test_is_for_one_version_of_the_application(self, desk: Served, number: str):
        """What was refused is over, and the next version needs a link of its own; nothing is said about others."""
        first = letter(desk, number)
        assert letter(desk, number, "business").answer("refuse", "内部理由").status_code == 200
        for answer in (first.look(), first.answer()):
            assert (answer.status_code, "不需要您答复" in answer.text) == (410, True)
            assert not [word for word in ("内部理由", "林秋月", number, "business", "业务部门") if word in answer.text]
        apply(desk, number, title="第二版")
        for answer in (first.look(), first.answer()):
            assert (answer.status_code, "第二版" in answer.text) == (410, False)
        assert asked(desk, number)[-1]["happening"] == "major_applied"
        assert "第二版" in letter(desk, number).look().text

    def test_is_for_one_ticket(self, desk: Served, number: str):
        """The other one is not touched, and not shown."""
        other = applied(desk, title="另一件事")
        phone = letter(desk, number)
        assert "另一件事" not in phone.look().text
        assert phone.answer().status_code == 200
        assert asked(desk, other)[-1]["happening"] == "major_applied"

    def test_is_worth_nothing_to_who_no_longer_acts_for_the_customer(self, desk: Served, number: str):
        """The same page as for an unknown one."""
        with Session(desk.engine) as session, session.begin():
            row = session.get_one(PersonRow, "tech")
            leaver = PersonRow(
                id=f"leaver-{number}", name="离任者", role=row.role, department="technical", customers=row.customers
            )
            session.add(leaver)
        phone = letter(desk, number, f"leaver-{number}")
        assert phone.look().status_code == 200
        with desk.engine.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id == f"leaver-{number}").values(customers=()))
        unknown = told(Letter(desk, "/a/unknown").look())
        assert told(phone.look()) == told(phone.answer()) == unknown

    def test_is_not_in_the_database(self, desk: Served, number: str):
        """Whoever reads the tables can approve nothing."""
        token = issued(desk, number).token
        assert len(token) >= 43  # 256 bits
        with desk.engine.connect() as connection:
            rows = connection.execute(text("SELECT approval_link::text FROM approval_link")).scalars().all()
        assert rows
        assert not [row for row in rows if token in row]

    def test_answered_by_twenty_taps_at_once_is_one_decision(self, desk: Served, number: str):
        """Both buttons; every tap is told the same."""
        phone, start = letter(desk, number), Barrier(20)

        def tap(turn: int) -> tuple[int, bool]:
            with httpx2.Client(base_url=desk.url, timeout=PATIENCE_S) as client:
                start.wait()
                form = {"decision": ("approve", "refuse")[turn % 2], "opinion": f"第 {turn} 次"}
                answer = client.post(phone.path, data=form)
                return answer.status_code, "您已表示同意" in answer.text

        with ThreadPoolExecutor(20) as people:
            answers = set(people.map(tap, range(20)))
        assert len(answers) == 1
        assert next(iter(answers))[0] == 200
        lines = [line for line in timeline(desk, number) if line["actor"]["id"] == "tech"]
        assert len(lines) == 1
        assert lines[0]["happening"] in {"approved", "refused"}

    @pytest.mark.parametrize("readings", range(1, 7))
    def test_answered_while_a_second_tap_is_on_its_way_tells_both_the_same(
        self, desk: Served, another: Served, number: str, readings: int
    ):
        """Of two processes: in one they wait for each other.

        Whatever the second one knows already: it is told the holder's own answer, not that nobody asks any more.
        """
        phone, first = letter(desk, number), []
        elsewhere = Letter(another, phone.path)
        with after_readings(readings, phone, lambda: first.append(elsewhere.answer("approve"))):
            second = phone.answer("refuse")
        assert [(tap.status_code, "您已表示同意" in tap.text) for tap in (*first, second)] == [(200, True)] * 2

    @pytest.mark.parametrize("readings", range(1, 6))
    def test_answered_while_its_holder_opens_it_again_is_never_somebody_elses_matter(
        self, desk: Served, number: str, readings: int
    ):
        """The page still asks, or tells the answer."""
        phone = letter(desk, number)
        with after_readings(readings, phone, lambda: phone.answer("approve")):
            look = phone.look()
        assert look.status_code == 200
        assert "您已表示同意" in look.text or APPLICATION["plan"] in look.text


class TestAnAnswer:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ],
    )
    def test_from_another_sites_page_is_not_taken(self, desk: Served, number: str, headers: dict[str, str]):
        """403, and nothing has happened."""
        phone = letter(desk, number)
        assert phone.answer(**headers).status_code == 403
        assert asked(desk, number)[-1]["happening"] == "major_applied"

    @pytest.mark.parametrize("headers", [{"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}, {}])
    def test_from_the_page_itself_is_taken(self, desk: Served, number: str, headers: dict[str, str]):
        """A page that sends no referrer sends no origin either; older browsers say nothing more."""
        assert letter(desk, number).answer(**headers).status_code == 200

    @pytest.mark.parametrize(
        ("body", "headers", "status"),
        [
            (b'{"decision": "approve", "opinion": "x"}', {"Content-Type": "application/json"}, 422),
            (b"decision=approve&opinion=x", {"Content-Type": "text/plain"}, 422),
            (b"decision=approve&opinion=x", {}, 422),
            (b"decision=approve&opinion=%00", {"Content-Type": "application/x-www-form-urlencoded"}, 422),
            (b"decision=approve&opinion=%ff", {"Content-Type": "application/x-www-form-urlencoded"}, 422),
            (b"decision=approve&opinion=\xe4\xb8\xad", {"Content-Type": "application/x-www-form-urlencoded"}, 422),
            (b"&".join([b"a=b"] * 2000), {"Content-Type": "application/x-www-form-urlencoded"}, 422),
            (b"opinion=" + b"x" * 9000, {"Content-Type": "application/x-www-form-urlencoded"}, 413),
        ],
    )
    def test_that_is_no_form_of_ours_is_not_taken(
        self, desk: Served, number: str, body: bytes, headers: dict[str, str], status: int
    ):
        """And the question stands on the page again."""
        phone = letter(desk, number)
        answer = desk.stranger.post(phone.path, content=body, headers=headers)
        assert (answer.status_code, APPLICATION["plan"] in answer.text) == (status, True)
        assert asked(desk, number)[-1]["happening"] == "major_applied"

    def test_needs_no_session_and_starts_none(self, desk: Served, number: str):
        """The link is the credential; it opens nothing else."""
        phone = letter(desk, number)
        for answer in (phone.look(), phone.answer()):
            assert "set-cookie" not in answer.headers
        token = phone.path.removeprefix("/a/")
        assert desk.stranger.get("/api/tickets", headers={"Authorization": f"Bearer {token}"}).status_code == 401


class TestWhoGetsALink:
    @pytest.mark.parametrize("user", sorted(set(PEOPLE) - {"tech", "business"}))
    def test_is_nobody_but_an_approver(self, desk: Served, number: str, user: str):
        """Not who asks for the approval, nor anybody else of ours or of the customer's."""
        answer = desk.as_user(user).post(f"/api/tickets/{number}/approval-link", json={})
        # A contact may be somebody's deputy, and is asked for nothing as long as they are not.
        assert answer.status_code == (409 if user == "customer" else 403)
        assert "/a/" not in answer.text

    def test_is_no_approver_of_somebody_else(self, desk: Served):
        """404, as if the ticket did not exist."""
        foreign = str(desk.open("nuobida", customer={"name": "别家单位"}, level="I")["number"])
        answers = [desk.as_user("tech").post(f"/api/tickets/{n}/approval-link", json={}) for n in (foreign, "22222222")]
        assert [answer.status_code for answer in answers] == [404, 404]

    def test_learns_nothing_of_it_from_anything_else_that_can_be_read(self, desk: Served, number: str):
        """Ticket, timeline, inbox and decisions of all sides name no link."""
        token = issued(desk, number).token
        for user in PEOPLE:
            for path in (f"/api/tickets/{number}", f"/api/tickets/{number}/timeline", "/api/inbox"):
                answer = desk.as_user(user).get(path)
                assert token not in answer.text
                assert "/a/" not in answer.text
